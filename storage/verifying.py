"""Recomputing every chain and every balance, to find the first entry that is not as it was sealed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, Select, bindparam, select, union
from sqlalchemy.exc import DataError

from bot.domain.chain import NO_SEAL, seal
from bot.domain.ledger import Account, AccountKind, Draft, EntryKind
from bot.domain.money import Money
from bot.domain.replaying import Replay
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
_strays = union(
    *(
        select(table.c.group_id).where(table.c.group_id.not_in(select(group.c.id)))
        for table in (posting, entry, balance)
    )
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
class Head:
    """Where a group's chain ends: how many ``entries`` it has, and the newest's ``seal``."""

    group: int
    name: str
    entries: int
    seal: str


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found: where each chain ends, as far as it is right, and what is wrong first in each."""

    heads: tuple[Head, ...]
    wrong: tuple[Wrong, ...]

    @property
    def groups(self) -> int:
        """How many were looked at."""
        return len(self.heads)

    @property
    def entries(self) -> int:
        """How many were looked at."""
        return sum(one.entries for one in self.heads)


def verify(db: Connection, groups: Sequence[int] | None = None) -> Verified:
    """Recompute the chains and balances of all groups, or of some."""
    rows = [row for row in db.execute(_groups) if groups is None or row.id in groups]
    heads, wrong = [], []
    for row in rows:
        head, fault = _group(db, row)
        heads.append(head)
        wrong += [fault] if fault else []
    if groups is None:
        wrong += [Wrong(stray, "", 0, "group", "is not there") for stray in db.scalars(_strays)]
    return Verified(tuple(heads), tuple(wrong))


def unreadable(db: Connection | Engine) -> tuple[type[Exception], ...]:
    """What is raised for a value that is none of its column's.

    Nobody can book one, but whoever owns the database can write it.
    """
    return (ValueError, TypeError, OverflowError, DataError, db.dialect.loaded_dbapi.DataError)


def _group(db: Connection, it: Row[Any]) -> tuple[Head, Wrong | None]:
    """How far it was read, and what is wrong first."""
    read = _Read(it)
    try:
        fault = read.whole(db)
    except unreadable(db):
        fault = read.wrong("a value", "cannot be read", entry=read.number + 1)
    return Head(it.id, it.name, read.number, read.head), fault


@dataclass(slots=True)
class _Read:
    """A group's books as far as they have been read."""

    it: Row[Any]
    number: int = 0
    head: str = NO_SEAL
    replay: Replay = field(default_factory=Replay)

    def wrong(self, what: str, found: str, sealed: str = "", entry: int | None = None) -> Wrong:
        where = self.number if entry is None else entry
        return Wrong(self.it.id, self.it.name, where, what, found, sealed)

    def whole(self, db: Connection) -> Wrong | None:
        """Read all of them, to the first that is wrong."""
        with closing(_together(db, self.it.id)) as together:
            for row, sides in together:
                if fault := self.on(db, row, sides):
                    return fault
        return self.end(db)

    def on(self, db: Connection, row: Row[Any] | None, sides: list[Row[Any]]) -> Wrong | None:
        """Read the next entry with its postings."""
        if row is None:
            return self.wrong("postings", "without an entry", entry=sides[0].entry)
        number = self.number + 1
        if row.number != number:
            return self.wrong("number", f"number {row.number} stands here", str(number), number)
        if fault := self._by_itself(row, sides):
            return fault
        draft = _draft(row, sides)
        if fault := self._unsealed(db, row, draft):
            return fault
        self.number, self.head = number, row.seal
        broken = self.replay.add(number, draft)
        return self.wrong(broken, "against the rules") if broken else None

    def _by_itself(self, row: Row[Any], sides: list[Row[Any]]) -> Wrong | None:
        total = sum(side.rupiah for side in sides)
        if len(sides) != 2 or total != 0:  # noqa: PLR2004 - double entry
            found = f"{len(sides)} postings that sum to {total}"
            return self.wrong("postings", found, "two that sum to zero", row.number)
        if sides[0].rupiah != row.rupiah:
            posted = f"{sides[0].rupiah} posted"
            return self.wrong("rupiah", str(row.rupiah), posted, row.number)
        known = row.kind in list(EntryKind)
        return None if known else self.wrong("kind", row.kind, entry=row.number)

    def _unsealed(self, db: Connection, row: Row[Any], draft: Draft) -> Wrong | None:
        """The field that does not fit the entry's seal, if the seal does not fit."""

        def fits(other: Draft, by: int = row.recorded_by) -> bool:
            sealed = seal(self.head, self.it.id, row.number, other, by, row.recorded_at)
            return bool(sealed == row.seal)

        if fits(draft):
            return None
        for what, found, sealed, other, by in _guesses(db, self.it.id, draft, row.recorded_by):
            if fits(other, by):
                return self.wrong(what, found, sealed, row.number)
        return self.wrong("seal", row.seal[:8], "another entry or another order", row.number)

    def end(self, db: Connection) -> Wrong | None:
        """What the group's own row and its balances say, beside what the entries say."""
        if self.it.next_entry != self.number + 1:
            missing = min(self.number + 1, self.it.next_entry)
            counted = f"{self.it.next_entry - 1} entries"
            return self.wrong("number", f"{self.number} entries", counted, missing)
        if self.it.head != self.head:
            return self.wrong("head", self.it.head, self.head)
        kept = {
            (row.account, row.member): (row.rupiah, row.entry)
            for row in db.execute(_balances, {"group": self.it.id})
        }
        right = {
            (account.kind.value, account.member): (rupiah, self.replay.moved_by[account])
            for account, rupiah in self.replay.sums.items()
        }
        for account in sorted(right.keys() | kept.keys()):
            for found, sealed in zip(
                kept.get(account, (0, 0)), right.get(account, (0, 0)), strict=True
            ):
                if found != sealed:
                    return self.wrong("balance {} {}".format(*account), str(found), str(sealed))
        return None


def _draft(row: Row[Any], sides: list[Row[Any]]) -> Draft:
    into, out_of = (Account(AccountKind(side.account), side.member) for side in sides)
    kind, amount = EntryKind(row.kind), Money(row.rupiah)
    return Draft(kind, row.day, row.member, amount, into, out_of, row.reverses)


def _together(
    db: Connection, group_id: int
) -> Generator[tuple[Row[Any] | None, list[Row[Any]]], None, None]:
    """Each entry with its postings, in order; the first without an entry come last, with None."""
    how = {"yield_per": _AT_ONCE}
    which = {"group": group_id}
    with (
        db.execute(_postings, which, execution_options=how) as postings,
        db.execute(_entries, which, execution_options=how) as entries,
    ):
        by_entry = groupby(postings, key=lambda side: int(side.entry))
        waiting = next(by_entry, None)
        for row in entries:
            if waiting is not None and waiting[0] < row.number:
                break
            sides: list[Row[Any]] = []
            if waiting is not None and waiting[0] == row.number:
                sides = list(waiting[1])
                waiting = next(by_entry, None)
            yield row, sides
        if waiting is not None:
            yield None, list(waiting[1])


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
