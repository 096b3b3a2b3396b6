"""Faults of the driver under the statements that go to it straight, and connections that are lost."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from psycopg import errors
from sqlalchemy import text
from sqlalchemy.exc import OperationalError

from bot.domain.ledger import Entry, deposit
from bot.domain.money import Money
from bot.ports import Conflict, Unavailable
from storage import store
from storage.driver import execute, named
from storage.ledger import append, chain_of
from tests.storage.conftest import DAY, MONDAY, Kept


def test_what_the_database_refuses_is_a_conflict_and_changes_nothing(kept: Kept) -> None:
    before = kept.save(kept.sari, 5_000)

    def again() -> None:
        with kept.store.transaction() as books:
            chain = chain_of(books, kept.group.id)._replace(next_entry=before.number)
            draft = deposit(kept.sari.number, kept.rina.number, Money(5_000), DAY)
            append(books, chain, kept.rina.person, [draft])

    with pytest.raises(Conflict):
        again()
    assert kept.save(kept.sari, 1_000).number == before.number + 1


def _lose(kept: Kept) -> Entry:
    """Book while the server throws the booking connection out; what that gave."""
    with kept.store.transaction() as books:
        mine = books.db.scalar(text("SELECT pg_backend_pid()"))
        with kept.store.transaction() as others:
            others.db.execute(text("SELECT pg_terminate_backend(:mine, 5000)"), {"mine": mine})
        draft = deposit(kept.sari.number, kept.rina.number, Money(5_000), DAY)
        (booked,) = append(books, chain_of(books, kept.group.id), kept.rina.person, [draft])
        return booked


@pytest.fixture
def served(kept: Kept) -> Kept:
    if kept.store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite is a file, with no connection to lose")
    return kept


def test_a_lost_connection_is_told_and_the_next_one_works(served: Kept) -> None:
    with pytest.raises(Unavailable):
        _lose(served)
    assert served.save(served.sari, 1_000).number == 1


def test_one_lost_while_it_rested_is_noticed_before_it_is_used(
    served: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    everybody = (
        "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity"
        " WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    with served.store.transaction() as books, served.store.transaction() as others:
        mine = books.db.scalar(text("SELECT pg_backend_pid()"))
        assert others.db.scalar(text("SELECT pg_backend_pid()")) != mine
    with served.store.transaction() as books:
        books.db.execute(text(everybody))
    monkeypatch.setattr(store, "RESTED", 0)
    with served.store.transaction() as books, served.store.transaction() as others:
        assert books.saved(served.sari) == others.saved(served.sari) == Money(0)


def test_who_is_faster_and_who_is_away_have_other_names() -> None:
    for fault in (errors.DeadlockDetected("x"), errors.SerializationFailure("x")):
        assert isinstance(named(fault), Conflict)
        assert str(named(fault)) == fault.sqlstate
    assert isinstance(named(sqlite3.OperationalError("database is locked")), Unavailable)
    assert str(named(errors.AdminShutdown("x"))) == "AdminShutdown"


def test_a_file_held_by_another_writer_is_unavailable(kept: Kept) -> None:
    url = kept.store.engine.url
    if url.get_backend_name() != "sqlite":
        pytest.skip("on PostgreSQL writers of different groups do not wait")
    other = store.connect(url.set(query={"timeout": "0.01"}).render_as_string())
    with kept.store.transaction(), pytest.raises(Unavailable, match="OperationalError"):
        store.SqlStore(other, lambda: MONDAY).invite_mentor("Dewi")
    other.dispose()


@pytest.fixture
def begun(tmp_path: Path) -> Iterator[tuple[str, sqlite3.Connection]]:
    """The address of a file that another process is writing for the first time, and its connection."""
    file = tmp_path / "new.db"
    with closing(sqlite3.connect(file, isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        other.execute("CREATE TABLE theirs (thing)")
        yield f"sqlite:///{file}", other


def test_a_file_somebody_else_is_beginning_is_waited_for(
    begun: tuple[str, sqlite3.Connection],
) -> None:
    url, other = begun
    ends = threading.Timer(0.2, other.commit)
    ends.start()
    with store.connect(url).begin() as db:
        assert execute(db, "SELECT count(*) FROM theirs").fetchone() == (0,)
        assert execute(db, "PRAGMA journal_mode").fetchone() == ("wal",)
    ends.join()


def test_it_is_not_waited_for_longer_than_agreed(begun: tuple[str, sqlite3.Connection]) -> None:
    url, _ = begun
    began = time.monotonic()
    with pytest.raises(OperationalError, match="locked"):
        store.connect(f"{url}?timeout=0.05").connect()
    assert time.monotonic() - began < store.BUSY_SECONDS / 2


def test_a_mistake_of_ours_is_not_taken_for_the_databases(kept: Kept) -> None:
    with kept.store.snapshot() as db, pytest.raises(db.dialect.loaded_dbapi.ProgrammingError):
        execute(db, "SELECT 1", (1,))
