"""Recomputing every chain and every balance, to find the first entry that is not as it was sealed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Row, Select, bindparam, func, select

from bot.domain.chain import NO_SEAL, seal
from bot.domain.ledger import Account, AccountKind, Draft, EntryKind
from bot.domain.money import Money
from storage.ledger_tables import balance, entry, posting
from storage.tables import group, member

_groups: Select[Any] = select(group.c.id, group.c.name, group.c.next_entry, group.c.head).order_by(
    group.c.id
)
_entries = select(entry).where(entry.c.group_id == bindparam("group")).order_by(entry.c.number)
_postings = (
    select(posting)
    .where(posting.c.group_id == bindparam("group"))
    .order_by(posting.c.entry, posting.c.rupiah.desc(), posting.c.account, posting.c.member)
)
_balances = select(balance).where(balance.c.group_id == bindparam("group"))
_strays = (
    select(posting.c.group_id, func.min(posting.c.entry).label("entry"))
    .where(posting.c.group_id.not_in(select(group.c.id)))
    .group_by(posting.c.group_id)
)
_numbers = select(member.c.number).where(member.c.group_id == bindparam("group"))
_everybody = select(entry.c.recorded_by).where(entry.c.group_id == bindparam("group")).distinct()

#: Rows read at a time.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first thing in a group's books that is not as it was sealed.

    ``field`` names the column or rule, ``found`` and ``sealed`` what stands there and what stood
    there when it was sealed, as far as that can be told.
    """

    group: int
    name: str
    entry: int
    field: str
    found: str = ""
    sealed: str = ""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: groups and entries looked at, and the first wrong entry of each group."""

    groups: int
    entries: int
    wrong: tuple[Wrong, ...]


def verify(db: Connection, groups: Sequence[int] | None = None) -> Verified:
    """Recompute the chains and balances of all groups, or of some."""
    rows = [row for row in db.execute(_groups) if groups is None or row.id in groups]
    count, wrong = 0, []
    for row in rows:
        read, fault = _group(db, row)
        count += read
        wrong += [fault] if fault else []
    if groups is None:
        wrong += [Wrong(stray.group_id, "", stray.entry, "group") for stray in db.execute(_strays)]
    return Verified(len(rows), count, tuple(wrong))


def _group(db: Connection, it: Row[Any]) -> tuple[int, Wrong | None]:
    """Entries read, and what is wrong first."""
    head, number = NO_SEAL, 0
    sums: dict[tuple[str, int], int] = {}
    with closing(_together(db, it.id)) as together:
        for row, sides in together:
            if row is None:
                return number, Wrong(it.id, it.name, sides[0].entry, "postings", "without an entry")
            number += 1
            if row.number != number:
                found = f"number {row.number} stands here"
                return number, Wrong(it.id, it.name, number, "number", found, str(number))
            fault = _entry(it, row, sides) or _unsealed(db, it, row, sides, head)
            if fault:
                return number, fault
            head = row.seal
            for side in sides:
                account = (side.account, side.member)
                sums[account] = sums.get(account, 0) + side.rupiah
    return number, _end(db, it, number, head, sums)


def _end(
    db: Connection, it: Row[Any], last: int, head: str, sums: dict[tuple[str, int], int]
) -> Wrong | None:
    """What the group's own row and its balances say, beside what the entries say."""
    if it.next_entry != last + 1:
        sealed = f"{it.next_entry - 1} entries"
        return Wrong(
            it.id, it.name, min(last + 1, it.next_entry), "number", f"{last} entries", sealed
        )
    if it.head != head:
        return Wrong(it.id, it.name, last, "head", it.head, head)
    kept = {
        (row.account, row.member): row.rupiah for row in db.execute(_balances, {"group": it.id})
    }
    for account, member_number in sorted(sums.keys() | kept.keys()):
        found, right = (one.get((account, member_number), 0) for one in (kept, sums))
        if found != right:
            field = f"balance {account} {member_number}"
            return Wrong(it.id, it.name, last, field, str(found), str(right))
    return None


def _together(
    db: Connection, group_id: int
) -> Generator[tuple[Row[Any] | None, list[Row[Any]]], None, None]:
    """Each entry with its postings, in order; postings without an entry come with None."""
    how = {"yield_per": _AT_ONCE}
    which = {"group": group_id}
    with (
        db.execute(_postings, which, execution_options=how) as postings,
        db.execute(_entries, which, execution_options=how) as entries,
    ):
        by_entry = groupby(postings, key=lambda side: int(side.entry))
        waiting = next(by_entry, None)
        for row in entries:
            while waiting is not None and waiting[0] < row.number:
                yield None, list(waiting[1])
                waiting = next(by_entry, None)
            sides: list[Row[Any]] = []
            if waiting is not None and waiting[0] == row.number:
                sides = list(waiting[1])
                waiting = next(by_entry, None)
            yield row, sides
        if waiting is not None:
            yield None, list(waiting[1])


def _entry(it: Row[Any], row: Row[Any], sides: list[Row[Any]]) -> Wrong | None:
    """What is wrong with an entry by itself."""
    total = sum(side.rupiah for side in sides)
    if len(sides) != 2 or total != 0 or sides[0].rupiah <= 0:  # noqa: PLR2004 - double entry
        found = f"{len(sides)} postings that sum to {total}"
        return Wrong(it.id, it.name, row.number, "postings", found, "two that sum to zero")
    if sides[0].rupiah != row.rupiah:
        return Wrong(
            it.id, it.name, row.number, "rupiah", str(row.rupiah), f"{sides[0].rupiah} posted"
        )
    return None


def _unsealed(
    db: Connection, it: Row[Any], row: Row[Any], sides: list[Row[Any]], head: str
) -> Wrong | None:
    """The field that does not fit the entry's seal, if the seal does not fit."""
    into, out_of = (Account(AccountKind(side.account), side.member) for side in sides)
    if row.kind not in list(EntryKind):
        return Wrong(it.id, it.name, row.number, "kind", row.kind)
    draft = Draft(
        EntryKind(row.kind), row.day, row.member, Money(row.rupiah), into, out_of, row.reverses
    )

    def fits(other: Draft, by: int = row.recorded_by) -> bool:
        return bool(seal(head, it.id, row.number, other, by, row.recorded_at) == row.seal)

    if fits(draft):
        return None
    for field, found, sealed, other, by in _guesses(db, it.id, draft, row.recorded_by):
        if fits(other, by):
            return Wrong(it.id, it.name, row.number, field, found, sealed)
    return Wrong(it.id, it.name, row.number, "seal", row.seal[:8], "another entry or another order")


#: How far a changed day and a changed amount are looked for.
_DAYS, _AMOUNTS = 400, range(100, 2_000_001, 100)


def _guesses(
    db: Connection, group_id: int, draft: Draft, by: int
) -> Iterator[tuple[str, str, str, Draft, int]]:
    """What the entry may have been before one field was changed: the field, its two values."""
    for kind in EntryKind:
        yield "kind", draft.kind, kind, replace(draft, kind=kind), by
    for day in _days(draft.day):
        yield "day", str(draft.day), str(day), replace(draft, day=day), by
    for person in db.scalars(_everybody, {"group": group_id}).all():
        yield "recorded_by", str(by), str(person), draft, person
    numbers = db.scalars(_numbers, {"group": group_id}).all()
    for number in numbers:
        yield "member", str(draft.member), str(number), replace(draft, member=number), by
    accounts = [Account(kind, number) for kind in AccountKind for number in (0, *numbers)]
    for other in accounts:
        if other not in (draft.into, draft.out_of):
            yield "posting", _said(draft.into), _said(other), replace(draft, into=other), by
            yield "posting", _said(draft.out_of), _said(other), replace(draft, out_of=other), by
    for rupiah in _AMOUNTS:
        other_amount = replace(draft, amount=Money(rupiah))
        yield "rupiah", str(draft.amount.rupiah), str(rupiah), other_amount, by


def _said(account: Account) -> str:
    return f"{account.kind} {account.member}"


def _days(day: date) -> Iterable[date]:
    return (day + timedelta(days=offset) for offset in range(-_DAYS, _DAYS + 1))
