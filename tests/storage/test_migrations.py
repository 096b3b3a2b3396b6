"""The steps lead to the schema the program uses, and back and forth without loss."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

import storage.migrations
from storage.migrating import is_current, migrate
from storage.store import connect
from storage.tables import metadata


def test_the_steps_lead_to_the_tables_of_the_program(engine: Engine) -> None:
    with engine.connect() as db:
        context = MigrationContext.configure(db, opts={"compare_server_default": False})
        assert compare_metadata(context, metadata) == []


def test_migrating_again_changes_nothing(engine: Engine) -> None:
    assert is_current(engine)
    migrate(engine)
    assert is_current(engine)


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_several_may_start_at_once_on_an_empty_database(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    if kind == "postgresql":
        url = request.getfixturevalue("new_postgres")
        emptied = connect(url)
        with emptied.begin() as db:
            db.execute(text("DROP SCHEMA public CASCADE"))
            db.execute(text("CREATE SCHEMA public"))
        emptied.dispose()

    begin = "import sys; from bot.app import open_store; open_store(sys.argv[1]).close()"
    command = [sys.executable, "-c", begin, url]
    starting = [subprocess.Popen(command, cwd=Path.cwd()) for _ in range(3)]  # noqa: S603 - ours
    assert [one.wait(60) for one in starting] == [0, 0, 0]
    engine = connect(url)
    assert is_current(engine)
    engine.dispose()


def test_there_is_one_newest_step() -> None:
    folder = next(iter(storage.migrations.__path__))
    assert len(ScriptDirectory(folder).get_heads()) == 1
