"""Somebody with the database password takes the triggers away and changes the past: it is seen."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import text

from bot.domain.calendar import Zone
from bot.domain.chain import canonical, seal
from bot.domain.changes import GroupOpened
from bot.domain.ledger import deposit, reversal, to_bank, withdrawal
from bot.domain.money import Money
from storage.migrations.rules import waive
from storage.verifying import Head, Wrong, verify
from tests.storage.conftest import DAY, MONDAY, Kept

Cases = dict[str, tuple[list[str], tuple[Any, ...]]]

_SHOWN = (
    "INSERT INTO statement (group_id, day, member, rupiah, last_entry)"
    " SELECT id, '2026-11-28', {member}, {rupiah}, {last_entry} FROM savings_group"
)

_FOURTH = "UPDATE entry SET {} WHERE number = 4"
#: What stands for bytes that are no text.
_READ_AS = "\N{REPLACEMENT CHARACTER}"

#: What the operator does; the entry and field that are named, what stands there and what should.
TAMPERED = {
    "an amount": (
        ["UPDATE entry SET rupiah = 900 WHERE number = 2"],
        (2, "rupiah", "900", "2000 posted"),
    ),
    "an amount, and its postings too": (
        [
            "UPDATE entry SET rupiah = 900 WHERE number = 2",
            "UPDATE posting SET rupiah = 900 WHERE entry = 2 AND rupiah > 0",
            "UPDATE posting SET rupiah = -900 WHERE entry = 2 AND rupiah < 0",
        ],
        (2, "rupiah", "900", "2000"),
    ),
    "a day": (
        ["UPDATE entry SET day = '2026-11-20' WHERE number = 2"],
        (2, "day", "2026-11-20", "2026-11-23"),
    ),
    "a kind": (
        ["UPDATE entry SET kind = 'share_out' WHERE number = 4"],
        (4, "kind", "share_out", "withdrawal"),
    ),
    "whom it is about": (
        ["UPDATE entry SET member = 2 WHERE number = 2"],
        (2, "member", "2", "3"),
    ),
    "whose word it was": (
        ["UPDATE entry SET recorded_by = (SELECT max(id) FROM person) WHERE number = 2"],
        (2, "recorded_by", "4", "2"),
    ),
    "when it was": (
        ["UPDATE entry SET recorded_at = '2026-11-23 01:00:00.000000' WHERE number = 2"],
        (2, "seal", "b517a679", "another entry or another order"),
    ),
    "whose savings": (
        ["UPDATE posting SET member = 2 WHERE entry = 2 AND account = 'savings'"],
        (2, "posting", "savings 2", "savings 3"),
    ),
    "one posting": (
        ["UPDATE posting SET rupiah = 1 WHERE entry = 2 AND rupiah > 0"],
        (2, "postings", "2 postings that sum to -1999", "two that sum to zero"),
    ),
    "a seal": (
        ["UPDATE entry SET seal = replace(seal, '0', '1') WHERE number = 2"],
        (2, "seal", "b517a679", "another entry or another order"),
    ),
    "postings taken out": (
        ["DELETE FROM posting WHERE entry = 2"],
        (2, "postings", "0 postings that sum to 0", "two that sum to zero"),
    ),
    "an entry taken out": (
        [
            "DELETE FROM posting WHERE entry = 4",
            "DELETE FROM entry WHERE number = 4",
        ],
        (4, "number", "number 5 stands here", "4"),
    ),
    "an entry taken out and the rest moved up": (
        [
            "DELETE FROM posting WHERE entry = 4",
            "DELETE FROM entry WHERE number = 4",
            "UPDATE posting SET entry = 4 WHERE entry = 5",
            "UPDATE entry SET number = 4 WHERE number = 5",
            "UPDATE savings_group SET next_entry = 5",
        ],
        (4, "seal", "1652ffa8", "another entry or another order"),
    ),
    "the last taken out": (
        [
            "DELETE FROM posting WHERE entry = 5",
            "DELETE FROM entry WHERE number = 5",
        ],
        (5, "number", "4 entries", "5 entries"),
    ),
    "the last taken out and the count too": (
        [
            "DELETE FROM posting WHERE entry = 5",
            "DELETE FROM entry WHERE number = 5",
            "UPDATE savings_group SET next_entry = 5",
        ],
        (4, "head", "1652ffa88f9e78fef5ab847027066b400e0afb2f8e87e42f9a9cfb4087b4891f", "3f678c8c733f17c0b9ad71587f67600f295e1dc80dcfa13b8f5092ed9bf8c966"),
    ),
    "one put in at the end": (
        [
            ("INSERT INTO posting SELECT group_id, 6, account, member, rupiah FROM posting"
            " WHERE entry = 1"),
            ("INSERT INTO entry SELECT group_id, 6, kind, day, member, rupiah, recorded_by,"
            " recorded_at, NULL, seal FROM entry WHERE number = 1"),
            "UPDATE savings_group SET next_entry = 7",
        ],
        (6, "seal", "107232cc", "another entry or another order"),
    ),
    "two in the other order": (
        [
            ("UPDATE posting SET entry = CASE entry WHEN 1 THEN 1002 ELSE 1001 END WHERE"
            " entry < 3"),
            ("UPDATE entry SET number = CASE number WHEN 1 THEN 1002 ELSE 1001 END WHERE"
            " number < 3"),
            "UPDATE posting SET entry = entry - 1000 WHERE entry > 1000",
            "UPDATE entry SET number = number - 1000 WHERE number > 1000",
        ],
        (1, "seal", "b517a679", "another entry or another order"),
    ),
    "a balance": (
        ["UPDATE balance SET rupiah = -1 WHERE account = 'savings' AND member = 3"],
        (5, "balance savings 3", "-1", "-1500"),
    ),
    "the entry a balance follows": (
        ["UPDATE balance SET entry = 9 WHERE account = 'savings' AND member = 3"],
        (5, "balance savings 3", "9", "4"),
    ),
    "a balance made up": (
        [
            ("INSERT INTO balance SELECT group_id, account, 9, 5, 5 FROM balance WHERE"
            " account = 'cash'"),
        ],
        (5, "balance cash 9", "5", "0"),
    ),
    "postings without an entry": (
        [
            ("INSERT INTO posting SELECT group_id, 9, account, member, rupiah FROM posting"
            " WHERE entry = 1"),
        ],
        (9, "postings", "without an entry", ""),
    ),
    "one posting without an entry": (
        [
            ("INSERT INTO posting SELECT group_id, 9, account, member, 5 FROM posting"
            " WHERE entry = 4 AND account = 'cash'"),
        ],
        (9, "postings", "without an entry", ""),
    ),
    "postings of nothing": (
        ["UPDATE posting SET rupiah = 0 WHERE entry = 2"],
        (2, "rupiah", "2000", "0 posted"),
    ),
    "an entry of nothing": (
        [
            "UPDATE posting SET rupiah = 0 WHERE entry = 2",
            "UPDATE entry SET rupiah = 0 WHERE number = 2",
        ],
        (2, "a value", "cannot be read", ""),
    ),
    "an entry taken out, its postings left": (
        ["DELETE FROM entry WHERE number = 2"],
        (2, "postings", "without an entry", ""),
    ),
    "a kind nobody knows": (
        ["UPDATE entry SET kind = 'gift' WHERE number = 2"],
        (2, "kind", "gift", ""),
    ),
    "a day four hundred days before": (
        ["UPDATE entry SET day = '2025-10-19' WHERE number = 2"],
        (2, "day", "2025-10-19", "2026-11-23"),
    ),
    "a day four hundred days after": (
        ["UPDATE entry SET day = '2027-12-28' WHERE number = 2"],
        (2, "day", "2027-12-28", "2026-11-23"),
    ),
    "a day further away than we look": (
        ["UPDATE entry SET day = '2025-10-18' WHERE number = 2"],
        (2, "seal", "b517a679", "another entry or another order"),
    ),
    "whose box": (
        ["UPDATE posting SET member = 3 WHERE entry = 2 AND account = 'cash'"],
        (2, "posting", "cash 3", "cash 1"),
    ),
    "a balance taken out": (
        ["DELETE FROM balance WHERE account = 'savings' AND member = 3"],
        (5, "balance savings 3", "0", "-1500"),
    ),
    "a day that never comes": (
        [_FOURTH.format("day = 'infinity'")], (4, "day", "cannot be read", "")
    ),
    "closed while there is money": (
        ["UPDATE savings_group SET closed_at = '2026-11-24 00:00:00.000000'"],
        (5, "closed_at", "closed with money left", ""),
    ),
    "what she was shown": (
        [_SHOWN.format(member=3, rupiah=2_000, last_entry=4)],
        (4, "statement 2026-11-28 3", "2000", "1500"),
    ),
    "what she was shown after an entry that never was": (
        [_SHOWN.format(member=3, rupiah=1_500, last_entry=9)],
        (9, "statement 2026-11-28 3", "of an entry that is not there", ""),
    ),
}  # fmt: skip

#: SQLite reads these as if they were right, or says that it is away.
ON_SQLITE: Cases = {
    "a day by its week": ([_FOURTH.format("day = '2026-W48-1'")], (4, "day", "'2026-W48-1'")),
    "an hour with a seventh digit": (
        [_FOURTH.format("recorded_at = recorded_at || '9'")],
        (4, "recorded_at", "'2026-11-23 02:00:00.0000009'"),
    ),
    "no day of any month": ([_FOURTH.format("day = '2026-13-45'")], (4, "day", "'2026-13-45'")),
    "an hour of another zone": (
        [_FOURTH.format("recorded_at = recorded_at || '+07:00'")],
        (4, "recorded_at", "'2026-11-23 02:00:00.000000+07:00'"),
    ),
    "nothing, as a text": ([_FOURTH.format("reverses = ''")], (4, "reverses", "''")),
    "a number, as bytes": ([_FOURTH.format("member = x'33'")], (4, "member", "b'3'")),
    "a count, as a word": (["UPDATE savings_group SET next_entry = 'x'"], (5, "savings_group next_entry", "'x'")),
    "half a rupiah": (
        ["UPDATE balance SET rupiah = rupiah + 0.5 WHERE account = 'savings' AND member = 3"],
        (5, "balance rupiah", "-1499.5"),
    ),
    "a kind that is no text": ([_FOURTH.format("kind = CAST(x'ff' AS TEXT)")], (4, "kind", _READ_AS)),
    "a seal that is no text": (
        [_FOURTH.format("seal = CAST(x'ff' AS TEXT)")], (4, "seal", _READ_AS, "another entry or another order")
    ),
    "an account that is no text": (
        ["UPDATE posting SET account = CAST(x'ff' AS TEXT) WHERE entry = 4 AND rupiah > 0"],
        (4, "a value", "cannot be read"),
    ),
}  # fmt: skip

#: What else PostgreSQL lets its owner do.
ON_POSTGRESQL: Cases = {
    "a day before our time": ([_FOURTH.format("day = '0044-03-15 BC'")], (4, "day", "cannot be read")),
    **{
        f"no {column}": (
            [f"ALTER TABLE entry ALTER {column} DROP NOT NULL", _FOURTH.format(f"{column} = NULL")],
            (4, column, "cannot be read"),
        )
        for column in ("day", "recorded_at", "kind")
    },
    "two balances of one account": (
        [
            "CREATE TABLE below () INHERITS (balance)",
            "INSERT INTO below SELECT * FROM ONLY balance WHERE account = 'cash'",
            "UPDATE ONLY balance SET rupiah = 99000 WHERE account = 'cash'",
        ],
        (5, "balance cash 1", "stands there twice"),
    ),
}  # fmt: skip


@pytest.fixture
def booked(kept: Kept) -> Kept:
    first = kept.save(kept.sari, 1_000)
    kept.save(kept.ani, 2_000)
    kept.book(reversal(first, DAY))
    kept.book(withdrawal(kept.ani.number, kept.rina.number, Money(500), DAY))
    kept.save(kept.sari, 3_000)
    return kept


def found(kept: Kept) -> list[Wrong]:
    with kept.store.snapshot() as connection:
        return list(verify(connection).wrong)


def test_books_that_nobody_bent_are_found_right(booked: Kept) -> None:
    with booked.store.snapshot() as connection:
        read = verify(connection)
    assert (read.groups, read.entries, read.wrong) == (1, 5, ())


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_bent_is_named(booked: Kept, name: str) -> None:
    statements, named = TAMPERED[name]
    booked.bend(*statements)
    assert found(booked) == [Wrong(booked.group.id, "Melati", *named)]


@pytest.mark.parametrize(
    ("there", "name"),
    [*(("sqlite", name) for name in ON_SQLITE), *(("postgresql", name) for name in ON_POSTGRESQL)],
)
def test_what_only_one_database_lets_stand_is_named(booked: Kept, there: str, name: str) -> None:
    if booked.store.engine.dialect.name != there:
        pytest.skip(f"only {there} lets it stand")
    statements, named = (ON_SQLITE if there == "sqlite" else ON_POSTGRESQL)[name]
    booked.bend(*statements)
    assert found(booked) == [Wrong(booked.group.id, "Melati", *named)]


def test_a_name_that_is_no_text_hides_nothing(booked: Kept) -> None:
    if booked.store.engine.dialect.name != "sqlite":
        pytest.skip("PostgreSQL keeps no such text")
    booked.bend(
        "UPDATE savings_group SET name = CAST(x'ff' AS TEXT)",
        "UPDATE entry SET kind = 'gift' WHERE number = 2",
    )
    named = (2, "kind", "gift", "")
    assert found(booked) == [Wrong(booked.group.id, _READ_AS, *named)]


@pytest.mark.parametrize(("last_entry", "rupiah"), [(0, 0), (3, 2_000), (5, 1_500)])
def test_what_she_was_shown_rightly(booked: Kept, last_entry: int, rupiah: int) -> None:
    booked.bend(_SHOWN.format(member=3, rupiah=rupiah, last_entry=last_entry))
    assert found(booked) == []


def test_what_she_was_shown_does_not_hide_where_the_chain_breaks(booked: Kept) -> None:
    booked.bend(
        _SHOWN.format(member=3, rupiah=9, last_entry=2),
        "UPDATE entry SET kind = 'gift' WHERE number = 4",
    )
    assert found(booked) == [Wrong(booked.group.id, "Melati", 4, "kind", "gift", "")]


def test_what_stood_at_the_bank_is_named(booked: Kept) -> None:
    booked.book(to_bank(booked.rina.number, Money(1), DAY))
    assert found(booked) == []
    booked.bend("UPDATE posting SET account = 'difference' WHERE entry = 6 AND account = 'bank'")
    named = (6, "posting", "difference 0", "bank 0")
    assert found(booked) == [Wrong(booked.group.id, "Melati", *named)]


def test_a_balance_of_nothing_may_be_there(booked: Kept) -> None:
    booked.bend(
        "INSERT INTO balance SELECT group_id, account, 9, 0, 0 FROM balance WHERE entry = 4"
    )
    assert found(booked) == []


def test_a_balance_that_came_to_nothing_is_not_missing(booked: Kept) -> None:
    booked.book(withdrawal(booked.ani.number, booked.rina.number, Money(1_500), DAY))
    booked.bend("DELETE FROM balance WHERE account = 'savings' AND member = 3")
    named = (6, "balance savings 3", "0", "6")
    assert found(booked) == [Wrong(booked.group.id, "Melati", *named)]


def test_a_value_nobody_can_read_is_named_and_other_groups_are_looked_at(booked: Kept) -> None:
    booked.bend("UPDATE entry SET day = 'infinity' WHERE number = 2")
    with booked.store.transaction() as books:
        (dewi,) = books.mentors(booked.group.id)
        books.record(GroupOpened(dewi, "Mawar", "Binjai", Zone.WIB, None))
        first = books.entry(booked.group.id, 1)
    with booked.store.snapshot() as connection:
        read = verify(connection)
    assert first is not None
    assert read.heads[0] == Head(booked.group.id, "Melati", 1, first.seal)
    assert [(one.name, one.entries, one.seal) for one in read.heads[1:]] == [("Mawar", 0, "")]
    unread = (2, "day", "cannot be read")
    assert list(read.wrong) == [Wrong(booked.group.id, "Melati", *unread)]


def test_an_entry_against_the_rules_is_found_however_well_it_is_sealed(booked: Kept) -> None:
    too_much = withdrawal(booked.sari.number, booked.rina.number, Money(4_000), DAY)
    with booked.store.engine.begin() as connection:
        waive(connection)
    (entry,) = booked.book(too_much)
    with booked.store.engine.begin() as connection:
        ends = text("UPDATE savings_group SET next_entry = 7, head = :seal")
        connection.execute(ends, {"seal": entry.seal})
    broken = (6, "below zero", "against the rules")
    assert found(booked) == [Wrong(booked.group.id, "Melati", *broken)]


def test_entries_of_no_group_are_found(booked: Kept) -> None:
    booked.bend("DELETE FROM posting", "DELETE FROM balance", "DELETE FROM savings_group")
    assert found(booked) == [Wrong(booked.group.id, "", 0, "group", "is not there")]


def test_the_bytes_are_unambiguous_and_the_zone_does_not_matter() -> None:
    draft = deposit(2, 1, Money(1_000), DAY)
    assert canonical("", 1, 11, draft, 1, MONDAY) != canonical("", 11, 1, draft, 1, MONDAY)
    there = MONDAY.astimezone(timezone(timedelta(hours=7)))
    assert seal("", 1, 1, draft, 1, MONDAY) == seal("", 1, 1, draft, 1, there)


def test_the_form_of_a_seal_never_changes() -> None:
    at = datetime.fromisoformat("2026-11-23T02:00:00.000001+00:00")
    assert seal("", 1, 1, deposit(2, 1, Money(1_000), DAY), 3, at) == (
        "fc425e3d65ed3cb7571008eb783c90f77d7ec09242461338cbe8854d8f9eeb8e"
    )
