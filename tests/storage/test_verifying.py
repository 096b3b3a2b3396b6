"""Somebody with the database password takes the triggers away and changes the past: it is seen."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy import text

from bot.domain.calendar import Zone
from bot.domain.chain import canonical, seal
from bot.domain.changes import GroupOpened
from bot.domain.ledger import deposit, reversal, withdrawal
from bot.domain.money import Money
from storage.migrations.rules import waive
from storage.verifying import verify
from tests.storage.conftest import DAY, MONDAY, Kept

#: What the operator does, and the entry and field that are named.
TAMPERED = {
    "an amount": (["UPDATE entry SET rupiah = 900 WHERE number = 2"], 2, "rupiah"),
    "an amount, and its postings too": (
        [
            "UPDATE entry SET rupiah = 900 WHERE number = 2",
            "UPDATE posting SET rupiah = 900 WHERE entry = 2 AND rupiah > 0",
            "UPDATE posting SET rupiah = -900 WHERE entry = 2 AND rupiah < 0",
        ],
        2,
        "rupiah",
    ),
    "a day": (["UPDATE entry SET day = '2026-11-20' WHERE number = 2"], 2, "day"),
    "a kind": (["UPDATE entry SET kind = 'share_out' WHERE number = 4"], 4, "kind"),
    "whom it is about": (["UPDATE entry SET member = 2 WHERE number = 2"], 2, "member"),
    "whose word it was": (
        ["UPDATE entry SET recorded_by = (SELECT max(id) FROM person) WHERE number = 2"],
        2,
        "recorded_by",
    ),
    "when it was": (
        ["UPDATE entry SET recorded_at = '2026-11-23 01:00:00.000000' WHERE number = 2"],
        2,
        "seal",
    ),
    "whose savings": (
        ["UPDATE posting SET member = 2 WHERE entry = 2 AND account = 'savings'"],
        2,
        "posting",
    ),
    "one posting": (["UPDATE posting SET rupiah = 1 WHERE entry = 2 AND rupiah > 0"], 2, "postings"),
    "a seal": (["UPDATE entry SET seal = replace(seal, '0', '1') WHERE number = 2"], 2, "seal"),
    "postings taken out": (["DELETE FROM posting WHERE entry = 2"], 2, "postings"),
    "an entry taken out": (
        ["DELETE FROM posting WHERE entry = 4", "DELETE FROM entry WHERE number = 4"], 4, "number"
    ),
    "an entry taken out and the rest moved up": (
        [
            "DELETE FROM posting WHERE entry = 4",
            "DELETE FROM entry WHERE number = 4",
            "UPDATE posting SET entry = 4 WHERE entry = 5",
            "UPDATE entry SET number = 4 WHERE number = 5",
            "UPDATE savings_group SET next_entry = 5",
        ],
        4,
        "seal",
    ),
    "the last taken out": (
        ["DELETE FROM posting WHERE entry = 5", "DELETE FROM entry WHERE number = 5"], 5, "number"
    ),
    "the last taken out and the count too": (
        [
            "DELETE FROM posting WHERE entry = 5",
            "DELETE FROM entry WHERE number = 5",
            "UPDATE savings_group SET next_entry = 5",
        ],
        4,
        "head",
    ),
    "one put in at the end": (
        [
            "INSERT INTO posting SELECT group_id, 6, account, member, rupiah FROM posting WHERE entry = 1",
            ("INSERT INTO entry SELECT group_id, 6, kind, day, member, rupiah, recorded_by, recorded_at,"
            " NULL, seal FROM entry WHERE number = 1"),
            "UPDATE savings_group SET next_entry = 7",
        ],
        6,
        "seal",
    ),
    "two in the other order": (
        [
            "UPDATE posting SET entry = CASE entry WHEN 1 THEN 1002 ELSE 1001 END WHERE entry < 3",
            "UPDATE entry SET number = CASE number WHEN 1 THEN 1002 ELSE 1001 END WHERE number < 3",
            "UPDATE posting SET entry = entry - 1000 WHERE entry > 1000",
            "UPDATE entry SET number = number - 1000 WHERE number > 1000",
        ],
        1,
        "seal",
    ),
    "a balance": (
        ["UPDATE balance SET rupiah = -1 WHERE account = 'savings' AND member = 3"],
        5,
        "balance savings 3",
    ),
    "the entry a balance follows": (
        ["UPDATE balance SET entry = 9 WHERE account = 'savings' AND member = 3"],
        5,
        "balance savings 3",
    ),
    "a balance made up": (
        ["INSERT INTO balance SELECT group_id, account, 9, 5, 5 FROM balance WHERE account = 'cash'"],
        5,
        "balance cash 9",
    ),
    "postings without an entry": (
        ["INSERT INTO posting SELECT group_id, 9, account, member, rupiah FROM posting WHERE entry = 1"],
        9,
        "postings",
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


def test_books_that_nobody_bent_are_found_right(booked: Kept) -> None:
    with booked.store.snapshot() as connection:
        found = verify(connection)
    assert (found.groups, found.entries, found.wrong) == (1, 5, ())


@pytest.mark.parametrize("name", TAMPERED)
def test_what_was_bent_is_named(booked: Kept, name: str) -> None:
    statements, entry, field = TAMPERED[name]
    booked.bend(*statements)
    with booked.store.snapshot() as connection:
        (wrong,) = verify(connection).wrong
    assert (wrong.name, wrong.entry, wrong.field) == ("Melati", entry, field)


def test_a_value_nobody_can_read_is_named_and_other_groups_are_looked_at(booked: Kept) -> None:
    booked.bend("UPDATE entry SET day = 'infinity' WHERE number = 2")
    with booked.store.transaction() as books:
        (dewi,) = books.mentors(booked.group.id)
        books.record(GroupOpened(dewi, "Mawar", "Binjai", Zone.WIB, None))
    with booked.store.snapshot() as connection:
        found = verify(connection)
    assert found.groups == 2
    assert [(one.name, one.field) for one in found.wrong] == [("Melati", "a value")]


def test_an_entry_against_the_rules_is_found_however_well_it_is_sealed(booked: Kept) -> None:
    too_much = withdrawal(booked.sari.number, booked.rina.number, Money(4_000), DAY)
    with booked.store.engine.begin() as connection:
        waive(connection)
    (entry,) = booked.book(too_much)
    with booked.store.engine.begin() as connection:
        ends = text("UPDATE savings_group SET next_entry = 7, head = :seal")
        connection.execute(ends, {"seal": entry.seal})
    with booked.store.snapshot() as connection:
        (wrong,) = verify(connection).wrong
    assert (wrong.entry, wrong.field, wrong.found) == (6, "below zero", "against the rules")


def test_entries_of_no_group_are_found(booked: Kept) -> None:
    booked.bend("DELETE FROM posting", "DELETE FROM balance", "DELETE FROM savings_group")
    with booked.store.snapshot() as connection:
        (wrong,) = verify(connection).wrong
    assert (wrong.group, wrong.field) == (booked.group.id, "group")


def test_a_changed_field_is_told_with_what_it_was(booked: Kept) -> None:
    booked.bend("UPDATE entry SET day = '2026-11-20' WHERE number = 2")
    with booked.store.snapshot() as connection:
        (wrong,) = verify(connection).wrong
    assert (wrong.found, wrong.sealed) == ("2026-11-20", "2026-11-23")


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
