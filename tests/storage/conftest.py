"""A seeded group to book in, on either database."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import Connection, TextClause, text

from bot.cast import seed
from bot.domain import changes
from bot.domain.changes import Change
from bot.domain.ledger import Draft, Entry, reversal
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.ports import Happened
from storage.ledger import append, chain_of
from storage.store import SqlStore, connect
from tests.playing import codes

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
DAY = date(2026, 11, 23)


@dataclass(frozen=True)
class Kept:
    """Melati and its people: Rina holds the celengan, Sari and Ani save, Dewi leads."""

    store: SqlStore
    group: Group
    rina: Member
    sari: Member
    ani: Member

    def save(self, who: Member, rupiah: int) -> Entry:
        """A deposit the holder wrote down."""
        with self.store.transaction() as books:
            line = ((who, Money(rupiah)),)
            written = changes.DepositsRecorded(self.group, self.rina, DAY, line)
            (happened,) = books.record(written)
            entry = books.entry(self.group.id, int(happened.facts["entry"]))
            assert entry is not None
            return entry

    def record(self, change: Change) -> list[Happened]:
        """Write down what was agreed, in a transaction of its own; what came of it."""
        with self.store.transaction() as books:
            return list(books.record(change))

    def book(self, *drafts: Draft) -> list[Entry]:
        """Entries on the holder's word."""
        with self.store.transaction() as books:
            return append(books, chain_of(books, self.group.id), self.rina.person, drafts)

    def bend(self, *statements: str | TextClause) -> None:
        """Change the past, as whoever owns the database can who takes the rules away first."""
        with self.store.engine.connect() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("COMMIT")
                connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
                connection.exec_driver_sql("BEGIN")
            _let_me(connection)
            for statement in statements:
                connection.execute(text(statement) if isinstance(statement, str) else statement)
            connection.commit()


_CONSTRAINTS = {
    "entry": ("fk_entry_group_id_reverses", "ck_entry_kind", "ck_entry_positive"),
    "posting": ("ck_posting_moves_something",),
}


def _let_me(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        for table in ("entry", "posting", "balance", "savings_group"):
            connection.execute(text(f"ALTER TABLE {table} DISABLE TRIGGER ALL"))
        for table, names in _CONSTRAINTS.items():
            for name in names:
                connection.execute(text(f"ALTER TABLE {table} DROP CONSTRAINT IF EXISTS {name}"))
        return
    connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
    for name in connection.scalars(text("SELECT name FROM sqlite_master WHERE type = 'trigger'")):
        connection.execute(text(f"DROP TRIGGER {name}"))


@pytest.fixture
def kept(database_url: str) -> Iterator[Kept]:
    """The seeded group, in an empty set of books."""
    store = SqlStore(connect(database_url), lambda: MONDAY, codes())
    group = seed(store, store.invite_mentor("Dewi"), "practice", str.lower)
    with store.transaction() as books:
        rina, sari, ani = books.members(group.id)
    yield Kept(store, group, rina, sari, ani)
    store.close()


@pytest.fixture
def booked(kept: Kept) -> Kept:
    """Sari put in 1.000 (entry 1), Ani 2.000 (2), Sari's was undone (3) and put in anew (4)."""
    first = kept.save(kept.sari, 1_000)
    kept.save(kept.ani, 2_000)
    kept.book(reversal(first, DAY))
    kept.save(kept.sari, 1_000)
    return kept
