"""A database with entries of before is brought forward: they are booked again, and sealed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, text

from storage.migrating import migrate
from storage.store import connect
from storage.verifying import verify

_BEFORE = (
    "INSERT INTO person (id, name, sapaan, met_at) VALUES (1, 'Rina', 'Bu', '2026-11-23')",
    (
        "INSERT INTO savings_group (id, name, place, zone, code, holder, opened_at, next_member,"
        " next_claim, next_entry) VALUES (1, 'Melati', 'x', 'WIB', 'ABC', 1, '2026-11-23', 2, 2, 3)"
    ),
    "INSERT INTO member (group_id, number, person, joined_at) VALUES (1, 1, 1, '2026-11-23')",
    *(
        f"INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by, recorded_at)"  # noqa: S608
        f" VALUES (1, {number}, 'deposit', '2026-11-23', 1, {rupiah}, 1, '2026-11-23 02:00:00.000000')"
        for number, rupiah in ((1, 1000), (2, 500))
    ),
    (
        "INSERT INTO posting (group_id, entry, account, member, rupiah) VALUES (1, 1, 'cash', 1, 1000),"
        " (1, 1, 'savings', 1, -1000), (1, 2, 'cash', 1, 500), (1, 2, 'savings', 1, -500)"
    ),
    (
        "INSERT INTO balance (group_id, account, member, rupiah) VALUES (1, 'cash', 1, 1500),"
        " (1, 'savings', 1, -1500)"
    ),
    (
        "INSERT INTO claim (group_id, number, member, rupiah, day, confirmer, state, made_at, entry)"
        " VALUES (1, 1, 1, 1000, '2026-11-23', 1, 'received', '2026-11-23', 1)"
    ),
)


@pytest.fixture
def empty(empty_url: str) -> Iterator[Engine]:
    engine = connect(empty_url)
    yield engine
    engine.dispose()


def test_what_was_booked_before_is_sealed(empty: Engine) -> None:
    migrate(empty, "0010")
    with empty.connect() as connection:
        for statement in _BEFORE:
            connection.execute(text(statement))
        connection.commit()
    migrate(empty)
    with empty.connect() as connection:
        found = verify(connection)
        kept = connection.execute(text("SELECT number, entry, state FROM claim")).all()
        cash = connection.execute(text("SELECT rupiah FROM balance WHERE account = 'cash'"))
        assert cash.scalar_one() == 1500
    assert (found.entries, found.wrong) == (2, ())
    assert [tuple(row) for row in kept] == [(1, 1, "received")]
