"""Appending to the books: an entry with its postings, sealed into its group's chain."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from sqlalchemy import Column, bindparam, update

from bot.domain.chain import seal
from bot.domain.ledger import Draft, Entry
from bot.domain.people import Person
from bot.ports import Conflict
from storage.driver import execute
from storage.reading.base import Reading
from storage.tables import group

# Every deposit passes here, so these go to the driver as they are.
# Whoever appends holds the group's row, so entries of one group are sealed one after the other.
_CHAIN = (
    "SELECT id, next_entry, head, holder, sharing_since IS NOT NULL FROM savings_group WHERE id = ?"
)
POSTINGS = (
    "INSERT INTO posting (group_id, entry, account, member, rupiah)"
    " VALUES (?, ?, ?, ?, ?), (?, ?, ?, ?, ?)"
)
ENTRY = (
    "INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by, recorded_at,"
    " reverses, seal) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_PG_CHAIN = f"{_CHAIN} FOR NO KEY UPDATE".replace("?", "%s")
PG_ENTRY = f"WITH sides AS ({POSTINGS}) {ENTRY}".replace("?", "%s")  # one way there and back
_next = {
    number.name: update(group)
    .where(group.c.id == bindparam("this"))
    .values({number.name: number + 1})
    .returning(number - 1, group.c.sharing_since)  # SQLite 3.40 errs on IS NOT NULL here
    for number in (
        group.c.next_member,
        group.c.next_claim,
        group.c.next_payout,
        group.c.next_dispute,
        group.c.next_report,
    )
}

#: Why it is too late for some things.
_SHARING = "the group is sharing out"


def next_number(books: Reading, group_id: int, number: Column[int]) -> int:
    """The next number of its kind in a group; the group's other writers wait until we are done."""
    return int(books.db.execute(_next[number.name], {"this": group_id}).one()[0])


def next_while_saving(books: Reading, group_id: int, number: Column[int]) -> int:
    """As ``next_number``, for what comes too late once the share-out has begun. Raises Conflict."""
    taken, since = books.db.execute(_next[number.name], {"this": group_id}).one()
    if since is not None:
        raise Conflict(_SHARING)
    return int(taken)


class Chain(NamedTuple):
    """Where a group's books end, who holds its celengan, and whether it is sharing out."""

    group: int
    next_entry: int
    head: str
    holder: int | None
    sharing: bool


def chain_of(books: Reading, group_id: int) -> Chain:
    """Where a group's chain ends, and its holder; nobody else appends to it until we are done.

    Whoever also settles something of the group (a claim, a payout, a dispute) calls it first: two
    who took both in opposite orders would wait for each other.
    """
    chain = _CHAIN if _on_sqlite(books) else _PG_CHAIN
    return Chain(*execute(books.db, chain, (group_id,)).fetchone())


def holder_of(chain: Chain) -> int:
    """Who holds the celengan. Raises Conflict when nobody does."""
    if chain.holder is None:
        raise Conflict("nobody holds the celengan")
    return chain.holder


def still_saving(chain: Chain) -> None:
    """Raises Conflict once the share-out has begun."""
    if chain.sharing:
        raise Conflict(_SHARING)


def append(books: Reading, chain: Chain, by: Person, drafts: Sequence[Draft]) -> list[Entry]:
    """Book ``drafts`` in their order, on ``by``'s word. Raises Conflict where the rules refuse.

    ``chain`` is what ``chain_of`` gave in this transaction, and used once. Balances and the head of
    the chain are moved by the database itself, when an entry is inserted.
    """
    entries: list[Entry] = []
    head = chain.head
    for number, one in enumerate(drafts, start=chain.next_entry):
        head = seal(head, chain.group, number, one, by.id, books.now)
        sealed = _sealed(chain.group, number, one, by, head)
        _insert(books, sealed)
        entries.append(sealed)
    return entries


def _insert(books: Reading, one: Entry) -> None:
    if _on_sqlite(books):
        execute(books.db, POSTINGS, _sides(one))
        execute(books.db, ENTRY, _row(one, _time_text(books.now)))
    else:
        execute(books.db, PG_ENTRY, (*_sides(one), *_row(one, books.now)))


def _on_sqlite(books: Reading) -> bool:
    return books.db.dialect.name == "sqlite"


def _sealed(group_id: int, number: int, one: Draft, by: Person, head: str) -> Entry:
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
        head,
    )


def _sides(one: Entry) -> tuple[object, ...]:
    into, out_of, rupiah = one.into, one.out_of, one.amount.rupiah
    return (
        *(one.group, one.number, into.kind.value, into.member, rupiah),
        *(one.group, one.number, out_of.kind.value, out_of.member, -rupiah),
    )


def _row(one: Entry, at: object) -> tuple[object, ...]:
    return (
        one.group,
        one.number,
        one.kind.value,
        one.day.isoformat(),
        one.member,
        one.amount.rupiah,
        one.recorded_by,
        at,
        one.reverses,
        one.seal,
    )


def _time_text(at: datetime) -> str:
    # SQLite has no type of its own for it.
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
