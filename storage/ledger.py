"""Appending to the books: an entry, its postings and the balances beside them, all or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Column, bindparam, insert, update

from bot.domain.calendar import local_day
from bot.domain.ledger import Entry, EntryKind, Posting, deposit, hand_over
from bot.domain.money import Money
from bot.domain.people import Member, Person
from bot.ports import Conflict
from storage.reading import Reading
from storage.tables import balance, entry, group, posting

_move = (
    update(balance)
    .where(
        balance.c.group_id == bindparam("in_group"),
        balance.c.account == bindparam("of"),
        balance.c.member == bindparam("whose"),
    )
    .values(rupiah=balance.c.rupiah + bindparam("by"))
)
_next = {
    number.name: update(group)
    .where(group.c.id == bindparam("this"))
    .values({number.name: number + 1})
    .returning(number - 1)
    for number in (group.c.next_member, group.c.next_claim, group.c.next_entry)
}


def next_number(books: Reading, group_id: int, number: Column[int]) -> int:
    """The next number of its kind in a group; the group's other writers wait until we are done."""
    return int(books.db.execute(_next[number.name], {"this": group_id}).scalar_one())


def book_deposit(books: Reading, who: Member, amount: Money, day: date, by: Person) -> Entry:
    """Book money a member gave the holder. Raises Conflict when nobody holds the celengan."""
    holder = books.group(who.group).holder
    if holder is None:
        raise Conflict("nobody holds the celengan")
    postings = deposit(who.number, holder, amount)
    return _append(books, EntryKind.DEPOSIT, who, amount, day, postings, by)


def book_hand_over(books: Reading, taker: Member, giver: int, amount: Money, by: Person) -> Entry:
    """Book the box going from one holder to the next."""
    day = local_day(books.now, books.group(taker.group).zone)
    postings = hand_over(giver, taker.number, amount)
    return _append(books, EntryKind.HAND_OVER, taker, amount, day, postings, by)


def _append(
    books: Reading,
    kind: EntryKind,
    who: Member,
    amount: Money,
    day: date,
    postings: Sequence[Posting],
    by: Person,
) -> Entry:
    number = next_number(books, who.group, group.c.next_entry)
    row = {
        "group_id": who.group,
        "number": number,
        "kind": kind,
        "day": day,
        "member": who.number,
        "rupiah": amount.rupiah,
        "recorded_by": by.id,
        "recorded_at": books.now,
    }
    books.db.execute(insert(entry), row)
    sides = [
        {
            "group_id": who.group,
            "entry": number,
            "account": one.account.kind,
            "member": one.account.member,
            "rupiah": one.amount.rupiah,
        }
        for one in postings
    ]
    books.db.execute(insert(posting), sides)
    for one in postings:
        _add(books, who.group, one)
    return Entry(who.group, number, kind, day, who.number, amount)


def _add(books: Reading, group_id: int, side: Posting) -> None:
    account = {"of": side.account.kind, "whose": side.account.member}
    moved = books.db.execute(_move, {"in_group": group_id, **account, "by": side.amount.rupiah})
    if moved.rowcount == 0:
        first = {"account": side.account.kind, "member": side.account.member}
        books.db.execute(
            insert(balance), {"group_id": group_id, **first, "rupiah": side.amount.rupiah}
        )
