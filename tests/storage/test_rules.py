"""The rules of the books, tried with bare SQL: the database refuses, whatever the program does."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from bot.domain.ledger import reversal, withdrawal
from bot.domain.money import Money
from bot.ports import Conflict
from tests.storage.conftest import DAY, Kept

_ENTRY = (
    "INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by, recorded_at,"
    " reverses, seal) SELECT group_id, {number}, '{kind}', day, {member}, {rupiah}, recorded_by,"
    " recorded_at, {reverses}, 'x' FROM entry WHERE number = 1"
)


def _entry(
    number: int, kind: str = "deposit", member: int = 2, rupiah: int = 500, reverses: str = "NULL"
) -> str:
    return _ENTRY.format(number=number, kind=kind, member=member, rupiah=rupiah, reverses=reverses)


_POSTING = (
    "INSERT INTO posting (group_id, entry, account, member, rupiah)"
    " SELECT id, {entry}, '{account}', {member}, {rupiah} FROM savings_group"
)


def _posting(entry: int, account: str, member: int, rupiah: int) -> str:
    return _POSTING.format(entry=entry, account=account, member=member, rupiah=rupiah)


def _moved(entry: int, cash: int, savings: int, member: int = 2) -> list[str]:
    return [_posting(entry, "cash", 1, cash), _posting(entry, "savings", member, savings)]


#: What is tried in one transaction, after Sari put in 1.000 (entry 1), Ani 2.000 (entry 2), and
#: Sari's was undone (entry 3) and put in anew (entry 4).
FORBIDDEN = {
    "more cash than is owed": [*_moved(5, 500, -400), _entry(5)],
    "an entry without postings": [_entry(5)],
    "an entry with one posting": [_posting(5, "cash", 1, 500), _entry(5)],
    "postings without an entry": _moved(5, 500, -500),
    "an entry before its postings": [_entry(5), *_moved(5, 500, -500)],
    "an amount other than what is moved": [*_moved(5, 500, -500), _entry(5, rupiah=600)],
    "a posting of nothing": [*_moved(5, 0, 0), _entry(5)],
    "an unknown kind": [*_moved(5, 500, -500), _entry(5, kind="gift")],
    "a later posting to a booked entry": [_posting(1, "difference", 0, 5)],
    "two later postings that balance": [_posting(1, "difference", 0, 5), _posting(1, "bank", 0, -5)],
    "a number left out": [*_moved(6, 500, -500), _entry(6)],
    "a number given twice": [_entry(4)],
    "another amount": ["UPDATE entry SET rupiah = 5 WHERE number = 1"],
    "another day": ["UPDATE entry SET day = '2026-01-01'"],
    "another seal": ["UPDATE entry SET seal = 'x' WHERE number = 1"],
    "another posting": ["UPDATE posting SET rupiah = rupiah * 2"],
    "a posting moved to another member": ["UPDATE posting SET member = 3 WHERE account = 'savings'"],
    "an entry deleted": ["DELETE FROM entry WHERE number = 4"],
    "postings deleted": ["DELETE FROM posting WHERE entry = 4", "DELETE FROM entry WHERE number = 4"],
    "an entry written over": [f"{_entry(4)} ON CONFLICT (group_id, number) DO UPDATE SET rupiah = 1"],
    "a posting written over": [
        (f"{_posting(1, 'cash', 1, 5)} WHERE true"
        " ON CONFLICT (group_id, entry, account, member) DO UPDATE SET rupiah = 5")
    ],
    "more out than she has": [*_moved(5, -1001, 1001), _entry(5, "withdrawal", rupiah=1001)],
    "more from the bank than is there": [
        _posting(5, "bank", 0, -1), _posting(5, "cash", 1, 1), _entry(5, "from_bank", 1, 1)
    ],
    "a box below nothing": [
        _posting(5, "cash", 1, -3001), _posting(5, "bank", 0, 3001), _entry(5, "to_bank", 1, 3001)
    ],
    "undone twice": [*_moved(5, -1000, 1000), _entry(5, "reversal", rupiah=1000, reverses="1")],
    "undone by half": [*_moved(5, -500, 500), _entry(5, "reversal", rupiah=500, reverses="4")],
    "undone on another member": [
        *_moved(5, -1000, 1000, member=3), _entry(5, "reversal", 3, 1000, reverses="4")
    ],
    "undone the wrong way round": [
        *_moved(5, 1000, -1000), _entry(5, "reversal", rupiah=1000, reverses="4")
    ],
    "undone with something besides": [
        *_moved(5, -1000, 1000), _posting(5, "bank", 0, 7), _posting(5, "difference", 0, -7),
        _entry(5, "reversal", rupiah=1007, reverses="4"),
    ],
    "an undoing undone": [*_moved(5, 1000, -1000), _entry(5, "reversal", rupiah=1000, reverses="3")],
    "an undoing of nothing": [*_moved(5, 500, -500), _entry(5, "reversal")],
    "a deposit that undoes": [*_moved(5, -1000, 1000), _entry(5, rupiah=1000, reverses="4")],
    "another balance": ["UPDATE balance SET rupiah = rupiah - 1000 WHERE account = 'savings'"],
    "another balance with a later entry's word": [
        "UPDATE balance SET rupiah = rupiah - 1000, entry = entry + 1 WHERE account = 'savings'"
    ],
    "a balance deleted": ["DELETE FROM balance"],
    "a balance made up": [
        ("INSERT INTO balance (group_id, account, member, rupiah, entry)"
        " SELECT id, 'savings', 1, -9000, 4 FROM savings_group")
    ],
    "entries counted anew": ["UPDATE savings_group SET next_entry = 1, head = ''"],
    "another head": ["UPDATE savings_group SET head = 'x'"],
}  # fmt: skip

#: SQLite lets these words bend constraints; PostgreSQL does not know them.
BENT = {
    "an entry replaced": [_entry(4).replace("INSERT", "INSERT OR REPLACE", 1)],
    "an undoing replaced": [
        *_moved(5, -1000, 1000),
        _entry(5, "reversal", rupiah=1000, reverses="1").replace("INSERT", "INSERT OR REPLACE", 1),
    ],
    "a posting replaced": [_posting(1, "cash", 1, 5).replace("INSERT", "INSERT OR REPLACE", 1)],
    "a balance replaced": [
        (
            "INSERT OR REPLACE INTO balance (group_id, account, member, rupiah, entry)"
            " SELECT id, 'savings', 2, 0, 0 FROM savings_group"
        )
    ],
    "more out than she has, the check ignored": [
        *_moved(5, -1001, 1001),
        _entry(5, "withdrawal", rupiah=1001).replace("INSERT", "INSERT OR IGNORE", 1),
    ],
    "an entry deleted by updating": ["UPDATE OR REPLACE entry SET number = 1 WHERE number = 2"],
    "a group replaced": ["INSERT OR REPLACE INTO savings_group SELECT * FROM savings_group"],
}


@pytest.fixture
def booked(kept: Kept) -> Kept:
    first = kept.save(kept.sari, 1_000)
    kept.save(kept.ani, 2_000)
    kept.book(reversal(first, DAY))
    kept.save(kept.sari, 1_000)
    return kept


def _refused(kept: Kept, statements: list[str]) -> bool:
    """Whether it was refused as against the rules, and nothing of it stayed."""
    before = _everything(kept)
    try:
        with kept.store.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except IntegrityError:
        return _everything(kept) == before
    return False


def _everything(kept: Kept) -> list[list[tuple[object, ...]]]:
    with kept.store.engine.connect() as connection:
        return [
            sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))  # noqa: S608
            for table in ("posting", "balance")
        ] + [
            [
                tuple(row)
                for row in connection.execute(
                    text("SELECT number, rupiah, seal FROM entry ORDER BY number")
                )
            ]
        ]


def test_the_database_refuses(booked: Kept) -> None:
    let_through = [name for name, tried in FORBIDDEN.items() if not _refused(booked, tried)]
    assert let_through == []


def test_sqlite_refuses_bent_words(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "sqlite":
        pytest.skip("words only SQLite knows")
    assert [name for name, tried in BENT.items() if not _refused(booked, tried)] == []


def test_postgresql_refuses_truncation(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "postgresql":
        pytest.skip("a word only PostgreSQL knows")
    assert _refused(booked, ["TRUNCATE posting, entry CASCADE"])


def test_what_is_allowed_is_let_through(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        for statement in [*_moved(5, -1000, 1000), _entry(5, "withdrawal", rupiah=1000)]:
            connection.execute(text(statement))
    with booked.store.transaction() as books:
        assert books.saved(booked.sari) == Money(0)


def test_the_program_is_told_why(booked: Kept) -> None:
    too_much = withdrawal(booked.sari.number, booked.rina.number, Money(9_000), DAY)
    with pytest.raises(Conflict, match=r"below zero|no_negative"):
        booked.book(too_much)


def test_balances_follow_the_entries(booked: Kept) -> None:
    booked.book(withdrawal(booked.ani.number, booked.rina.number, Money(500), DAY))
    with booked.store.transaction() as books:
        assert books.saved(booked.sari) == Money(1_000)
        assert books.saved(booked.ani) == Money(1_500)
        assert books.in_box(booked.group) == Money(2_500)


def test_an_entry_is_dated_as_every_other_row_is(
    kept: Kept, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Entries are written past SQLAlchemy's types; wherever the machine stands they look the same."""
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    time.tzset()
    try:
        kept.save(kept.sari, 10_000)
    finally:
        monkeypatch.undo()
        time.tzset()
    asked = "SELECT day, recorded_at, joined_at FROM entry, member WHERE member.number = 2"
    with kept.store.engine.connect() as connection:
        day, recorded_at, joined_at = connection.execute(text(asked)).one()
    assert str(day) == "2026-11-23"
    assert recorded_at == joined_at
