"""Appending to the books: an entry with its postings, sealed into its group's chain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Column, bindparam, insert, select, update
from sqlalchemy.exc import IntegrityError

from bot.domain.chain import seal
from bot.domain.ledger import Draft, Entry
from bot.domain.people import Person
from bot.ports import Conflict
from storage.ledger_tables import entry, posting
from storage.reading import Reading
from storage.tables import group

# Whoever appends holds the group's row, so entries of one group are sealed one after the other.
_chain = (
    select(group.c.next_entry, group.c.head, group.c.holder)
    .where(group.c.id == bindparam("this"))
    .with_for_update(key_share=True)
)
_add_posting, _add_entry = insert(posting), insert(entry)
_next = {
    number.name: update(group)
    .where(group.c.id == bindparam("this"))
    .values({number.name: number + 1})
    .returning(number - 1)
    for number in (
        group.c.next_member,
        group.c.next_claim,
        group.c.next_payout,
        group.c.next_dispute,
        group.c.next_report,
    )
}


def next_number(books: Reading, group_id: int, number: Column[int]) -> int:
    """The next number of its kind in a group; the group's other writers wait until we are done."""
    return int(books.db.execute(_next[number.name], {"this": group_id}).scalar_one())


def holder_now(books: Reading, group_id: int) -> int:
    """Who holds the celengan, until we are done. Raises Conflict when nobody does."""
    holder = books.one(_chain, this=group_id).holder
    if holder is None:
        raise Conflict("nobody holds the celengan")
    return int(holder)


def append(books: Reading, group_id: int, by: Person, drafts: Sequence[Draft]) -> list[Entry]:
    """Book ``drafts`` in their order, on ``by``'s word. Raises Conflict where the rules refuse.

    Balances and the head of the chain are moved by the database itself, when an entry is inserted.
    """
    last = books.one(_chain, this=group_id)
    entries: list[Entry] = []
    rows: list[dict[str, Any]] = []
    head = last.head
    for number, one in enumerate(drafts, start=last.next_entry):
        head = seal(head, group_id, number, one, by.id, books.now)
        entries.append(_entry(group_id, number, one, by, head))
        rows.append(
            {
                "group_id": group_id,
                "number": number,
                "kind": one.kind,
                "day": one.day,
                "member": one.member,
                "rupiah": one.amount.rupiah,
                "recorded_by": by.id,
                "recorded_at": books.now,
                "reverses": one.reverses,
                "seal": head,
            }
        )
    try:
        books.db.execute(_add_posting, [side for one in entries for side in _sides(one)])
        books.db.execute(_add_entry, rows)
    except IntegrityError as fault:
        raise Conflict(str(fault.orig)) from fault
    return entries


def _entry(group_id: int, number: int, one: Draft, by: Person, sealed: str) -> Entry:
    return Entry(
        group_id,
        number,
        one.kind,
        one.day,
        one.member,
        one.amount,
        one.into,
        one.out_of,
        by.id,
        one.reverses,
        sealed,
    )


def _sides(one: Entry) -> tuple[dict[str, Any], dict[str, Any]]:
    where = {"group_id": one.group, "entry": one.number}
    return (
        {
            **where,
            "account": one.into.kind,
            "member": one.into.member,
            "rupiah": one.amount.rupiah,
        },
        {
            **where,
            "account": one.out_of.kind,
            "member": one.out_of.member,
            "rupiah": -one.amount.rupiah,
        },
    )
