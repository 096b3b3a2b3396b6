"""The rules of the books, tried with bare SQL: the database refuses, whatever the program does."""

from __future__ import annotations

import time

import pytest
from sqlalchemy import text

from bot.domain.ledger import withdrawal
from bot.domain.money import Money
from bot.ports import Conflict
from tests.storage.bare_sql import GROUP, entry, moved, posting, refused
from tests.storage.conftest import DAY, Kept

#: What is tried in one transaction, after Sari put in 1.000 (entry 1), Ani 2.000 (entry 2), and
#: Sari's was undone (entry 3) and put in anew (entry 4).
FORBIDDEN = {
    "more cash than is owed": [*moved(5, 500, -400), entry(5)],
    "an entry without postings": [entry(5)],
    "an entry with one posting": [posting(5, "cash", 1, 500), entry(5)],
    "postings without an entry": moved(5, 500, -500),
    "an entry before its postings": [entry(5), *moved(5, 500, -500)],
    "an amount other than what is moved": [*moved(5, 500, -500), entry(5, rupiah=600)],
    "a posting of nothing": [*moved(5, 0, 0), entry(5)],
    "an unknown kind": [*moved(5, 500, -500), entry(5, kind="gift")],
    "a later posting to a booked entry": [posting(1, "difference", 0, 5)],
    "two later postings that balance": [posting(1, "difference", 0, 5), posting(1, "bank", 0, -5)],
    "a number left out": [*moved(6, 500, -500), entry(6)],
    "a number given twice": [entry(4)],
    "another amount": ["UPDATE entry SET rupiah = 5 WHERE number = 1"],
    "another day": ["UPDATE entry SET day = '2026-01-01'"],
    "another seal": ["UPDATE entry SET seal = 'x' WHERE number = 1"],
    "another posting": ["UPDATE posting SET rupiah = rupiah * 2"],
    "a posting moved to another member": ["UPDATE posting SET member = 3 WHERE account = 'savings'"],
    "an entry deleted": ["DELETE FROM entry WHERE number = 4"],
    "postings deleted": ["DELETE FROM posting WHERE entry = 4", "DELETE FROM entry WHERE number = 4"],
    "an entry written over": [f"{entry(4)} ON CONFLICT (group_id, number) DO UPDATE SET rupiah = 1"],
    "a posting written over": [
        (f"{posting(1, 'cash', 1, 5)} WHERE true"
        " ON CONFLICT (group_id, entry, account, member) DO UPDATE SET rupiah = 5")
    ],
    "more out than she has": [*moved(5, -1001, 1001), entry(5, "withdrawal", rupiah=1001)],
    "more from the bank than is there": [
        posting(5, "bank", 0, -1), posting(5, "cash", 1, 1), entry(5, "from_bank", 1, 1)
    ],
    "a box below nothing": [
        posting(5, "cash", 1, -3001), posting(5, "bank", 0, 3001), entry(5, "to_bank", 1, 3001)
    ],
    "undone twice": [*moved(5, -1000, 1000), entry(5, "reversal", rupiah=1000, reverses="1")],
    "undone by half": [*moved(5, -500, 500), entry(5, "reversal", rupiah=500, reverses="4")],
    "undone on another member": [
        *moved(5, -1000, 1000, member=3), entry(5, "reversal", 3, 1000, reverses="4")
    ],
    "undone the wrong way round": [
        *moved(5, 1000, -1000), entry(5, "reversal", rupiah=1000, reverses="4")
    ],
    "undone with something besides": [
        *moved(5, -1000, 1000), posting(5, "bank", 0, 7), posting(5, "difference", 0, -7),
        entry(5, "reversal", rupiah=1007, reverses="4"),
    ],
    "an undoing undone": [*moved(5, 1000, -1000), entry(5, "reversal", rupiah=1000, reverses="3")],
    "an undoing of nothing": [*moved(5, 500, -500), entry(5, "reversal")],
    "a deposit that undoes": [*moved(5, -1000, 1000), entry(5, rupiah=1000, reverses="4")],
    "another balance": ["UPDATE balance SET rupiah = rupiah - 1000 WHERE account = 'savings'"],
    "another balance with a later entry's word": [
        "UPDATE balance SET rupiah = rupiah - 1000, entry = entry + 1 WHERE account = 'savings'"
    ],
    "a balance deleted": ["DELETE FROM balance"],
    "a balance made up": [
        ("INSERT INTO balance (group_id, account, member, rupiah, entry)"
        " SELECT id, 'savings', 1, -9000, 4 FROM savings_group")
    ],
    "an entry with three postings": [
        *moved(5, 500, -1500), posting(5, "savings", 1, 1000), entry(5, rupiah=1500)
    ],
    "an entry with four postings": [
        *moved(5, 500, -500), posting(5, "bank", 0, 7), posting(5, "difference", 0, -7),
        entry(5, rupiah=507),
    ],
    "an entry of no day": [*moved(5, 500, -500), entry(5).replace(" day, 2", " '9999-12-31', 2", 1)],
    "an entry of no hour": [
        *moved(5, 500, -500), entry(5).replace(" recorded_at, NULL", " '2201-01-01 00:00:00', NULL", 1)
    ],
    "a group that begins in the middle": [GROUP.format(id=50, next_entry=7, head="h")],
    "closed with money left": ["UPDATE savings_group SET closed_at = '2026-11-23 02:00:00'"],
    "a member who is somebody else": ["UPDATE member SET person = 1 WHERE number = 3"],
    "members who change places": [
        "UPDATE member SET number = 9 WHERE number = 1", "UPDATE member SET number = 1 WHERE number = 2"
    ],
    "entries counted anew": ["UPDATE savings_group SET next_entry = 1, head = ''"],
    "another head": ["UPDATE savings_group SET head = 'x'"],
}  # fmt: skip

#: SQLite lets these words bend constraints; PostgreSQL does not know them.
BENT = {
    "an entry replaced": [entry(4).replace("INSERT", "INSERT OR REPLACE", 1)],
    "an undoing replaced": [
        *moved(5, -1000, 1000),
        entry(5, "reversal", rupiah=1000, reverses="1").replace("INSERT", "INSERT OR REPLACE", 1),
    ],
    "a posting replaced": [posting(1, "cash", 1, 5).replace("INSERT", "INSERT OR REPLACE", 1)],
    "a balance replaced": [
        (
            "INSERT OR REPLACE INTO balance (group_id, account, member, rupiah, entry)"
            " SELECT id, 'savings', 2, 0, 0 FROM savings_group"
        )
    ],
    "more out than she has, the check ignored": [
        *moved(5, -1001, 1001),
        entry(5, "withdrawal", rupiah=1001).replace("INSERT", "INSERT OR IGNORE", 1),
    ],
    "an entry deleted by updating": ["UPDATE OR REPLACE entry SET number = 1 WHERE number = 2"],
    "a group replaced": ["INSERT OR REPLACE INTO savings_group SELECT * FROM savings_group"],
    "another group in its place": [
        GROUP.format(id=50, next_entry=1, head=""),
        "UPDATE OR REPLACE savings_group SET id = 1 WHERE id = 50",
    ],
    "another group in its row": [
        GROUP.format(id=50, next_entry=1, head=""),
        "UPDATE OR REPLACE savings_group SET rowid = 1 WHERE id = 50",
    ],
    "a group deleted": ["DELETE FROM savings_group"],
    "a member replaced": [
        ("INSERT OR REPLACE INTO member (group_id, number, person, joined_at)"
        " SELECT group_id, 3, 1, joined_at FROM member WHERE number = 2")
    ],
    "half a rupiah": [*moved(5, 0.5, -0.5), entry(5, rupiah=0.5)],
    "more than any number": [
        posting(5, "difference", 98, "9e999"), posting(5, "difference", 99, "-9e999"),
        entry(5, rupiah="9e999"),
    ],
    "an hour written otherwise": [
        *moved(5, 500, -500), entry(5).replace(" recorded_at, NULL", " recorded_at || '+07:00', NULL", 1)
    ],
    "a day by its week": [*moved(5, 500, -500), entry(5).replace(" day, 2", " '2026-W48-1', 2", 1)],
}  # fmt: skip


def test_the_database_refuses(booked: Kept) -> None:
    let_through = [name for name, tried in FORBIDDEN.items() if not refused(booked, tried)]
    assert let_through == []


def test_sqlite_refuses_bent_words(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "sqlite":
        pytest.skip("words only SQLite knows")
    assert [name for name, tried in BENT.items() if not refused(booked, tried)] == []


def test_closed_books_stay_closed(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        for number, member, rupiah in ((5, 2, 1000), (6, 3, 2000)):
            for statement in [
                *moved(number, -rupiah, rupiah, member), entry(number, "share_out", member, rupiah)
            ]:  # fmt: skip
                connection.execute(text(statement))
        connection.execute(text("UPDATE savings_group SET closed_at = '2026-11-23 02:00:00'"))
    assert refused(booked, ["UPDATE savings_group SET closed_at = NULL"])
    assert refused(booked, [*moved(7, 500, -500), entry(7)])


def test_what_is_allowed_is_let_through(booked: Kept) -> None:
    with booked.store.engine.begin() as connection:
        for statement in [*moved(5, -1000, 1000), entry(5, "withdrawal", rupiah=1000)]:
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
