"""Recomputing every chain and every balance, to find the first entry that is not as it was sealed."""

from __future__ import annotations

from collections.abc import Generator, Iterable, Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, Engine, Row, bindparam, select, union
from sqlalchemy.exc import DataError

from bot.domain.chain import NO_SEAL, seal
from bot.domain.ledger import Account, AccountKind, Draft, EntryKind, owed
from bot.domain.money import Money
from bot.domain.replaying import Replay
from storage.as_written import Form, Odd, Reader
from storage.driver import decoding
from storage.ledger_tables import balance, entry, posting, statement
from storage.tables import group, member

#: What is read, and taken only as we write it.
_GROUP = Form(group.c.id, group.c.name, group.c.next_entry, group.c.head, group.c.closed_at)
_ENTRY, _POSTING, _BALANCE = Form(*entry.c), Form(*posting.c), Form(*balance.c)
_TOLD = Form(statement.c.day, statement.c.member, statement.c.rupiah, statement.c.last_entry)
_FORMS = (_GROUP, _ENTRY, _POSTING, _BALANCE, _TOLD)

_this = bindparam("group", type_=group.c.id.type)
_groups = _GROUP.rows.order_by(group.c.id)
_entries = _ENTRY.rows.where(entry.c.group_id == _this).order_by(entry.c.number)
_postings = _POSTING.rows.where(posting.c.group_id == _this).order_by(
    posting.c.entry, posting.c.rupiah.desc(), posting.c.account, posting.c.member
)
_balances = _BALANCE.rows.where(balance.c.group_id == _this)
_told = _TOLD.rows.where(statement.c.group_id == _this).order_by(
    statement.c.last_entry, statement.c.day, statement.c.member
)
_strays = union(
    *(
        select(table.c.group_id).where(table.c.group_id.not_in(select(group.c.id)))
        for table in (posting, entry, balance)
    )
)
_numbers = select(member.c.number).where(member.c.group_id == _this)
_everybody = select(entry.c.recorded_by).where(entry.c.group_id == _this).distinct()

#: Rows read at a time.
_AT_ONCE = 5_000


@dataclass(frozen=True, slots=True)
class Wrong:
    """The first thing in a group's books that is not as it was sealed.

    ``field`` names the column or rule, ``found`` and ``sealed`` what stands there and what stood
    there when it was sealed, as far as that can be told. Beside the books, in a copy, ``group`` is
    0 and ``field`` the table.
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
    readers = {form: form.reader(db.dialect) for form in _FORMS}
    heads, wrong = [], []
    with decoding(db, "replace"):
        rows = [row for row in db.execute(_groups) if groups is None or row.id in groups]
        for row in rows:
            head, fault = _group(db, _Read(row, readers))
            heads.append(head)
            wrong += [fault] if fault else []
        if groups is None:
            strays = db.scalars(_strays)
            wrong += [Wrong(stray, "", 0, "group", "is not there") for stray in strays]
    return Verified(tuple(heads), tuple(wrong))


def unreadable(db: Connection | Engine) -> tuple[type[Exception], ...]:
    """What is raised for a value that is none of its column's.

    Nobody can book one, but whoever owns the database can write it.
    """
    return (ValueError, TypeError, OverflowError, DataError, db.dialect.loaded_dbapi.DataError)


def _group(db: Connection, read: _Read) -> tuple[Head, Wrong | None]:
    """How far it was read, and what is wrong first."""
    try:
        fault = read.whole(db)
    except Odd as odd:
        beside = "" if odd.column.table is entry else f"{odd.column.table.name} "
        fault = read.wrong(f"{beside}{odd.column.name}", odd.found)
    except unreadable(db):
        fault = read.wrong("a value", "cannot be read")
    return Head(read.it.id, read.it.name, read.number, read.head), fault


@dataclass(slots=True)
class _Read:
    """A group's books as far as they have been read; ``at`` is the entry that is looked at."""

    it: Row[Any]
    readers: dict[Form, Reader]
    number: int = 0
    at: int = 1
    head: str = NO_SEAL
    replay: Replay = field(default_factory=Replay)
    told: dict[int, list[Row[Any]]] = field(default_factory=dict)
    compared: list[tuple[Row[Any], int | None]] = field(default_factory=list)

    def wrong(self, what: str, found: str, sealed: str = "", entry: int | None = None) -> Wrong:
        where = self.at if entry is None else entry
        return Wrong(self.it.id, self.it.name, where, what, found, sealed)

    def whole(self, db: Connection) -> Wrong | None:
        """Read all of them, to the first that is wrong."""
        for told in db.execute(_told, {"group": self.it.id}):
            self.told.setdefault(told.last_entry, []).append(told)
        self._compare(0)
        with closing(_together(db, self.it.id)) as together:
            for row, sides in together:
                if fault := self.on(db, row, sides):
                    return fault
        return self.end(db)

    def _compare(self, number: int) -> None:
        """Put what members were shown after an entry beside what they had, to be judged in the end."""
        for row in self.told.pop(number, ()):
            self.compared.append((row, -self.replay.sums.get(owed(row.member), 0)))

    def on(self, db: Connection, row: Row[Any] | None, sides: list[Row[Any]]) -> Wrong | None:
        """Read the next entry with its postings."""
        if row is None:
            return self.wrong("postings", "without an entry", entry=sides[0].entry)
        if row.number != self.at:
            return self.wrong("number", f"number {row.number} stands here", str(self.at))
        it = self.readers[_ENTRY](row)
        its_sides = list(map(self.readers[_POSTING], sides))
        if fault := self._by_itself(it, its_sides):
            return fault
        draft = _draft(it, its_sides)
        if fault := self._unsealed(db, it, draft):
            return fault
        self.number, self.head = self.at, it.seal
        if broken := self.replay.add(self.number, draft):
            return self.wrong(broken, "against the rules")
        self._compare(self.number)
        self.at += 1
        return None

    def _by_itself(self, row: Any, sides: list[Any]) -> Wrong | None:
        total = sum(side.rupiah for side in sides)
        if len(sides) != 2 or total != 0:  # noqa: PLR2004 - double entry
            found = f"{len(sides)} postings that sum to {total}"
            return self.wrong("postings", found, "two that sum to zero")
        if sides[0].rupiah != row.rupiah:
            posted = f"{sides[0].rupiah} posted"
            return self.wrong("rupiah", str(row.rupiah), posted)
        known = row.kind in list(EntryKind)
        return None if known else self.wrong("kind", row.kind)

    def _unsealed(self, db: Connection, row: Any, draft: Draft) -> Wrong | None:
        """The field that does not fit the entry's seal, if the seal does not fit."""

        def fits(other: Draft, by: int = row.recorded_by) -> bool:
            sealed = seal(self.head, self.it.id, row.number, other, by, row.recorded_at)
            return bool(sealed == row.seal)

        if fits(draft):
            return None
        for what, found, sealed, other, by in _guesses(db, self.it.id, draft, row.recorded_by):
            if fits(other, by):
                return self.wrong(what, found, sealed)
        return self.wrong("seal", row.seal[:8], "another entry or another order")

    def end(self, db: Connection) -> Wrong | None:
        """What stands beside the entries: the group's own row, balances, what members were shown."""
        self.at = self.number
        return self._own_row() or self._balances(db) or self._shown()

    def _own_row(self) -> Wrong | None:
        it = self.readers[_GROUP](self.it)
        if it.next_entry != self.number + 1:
            missing = min(self.number + 1, it.next_entry)
            counted = f"{it.next_entry - 1} entries"
            return self.wrong("number", f"{self.number} entries", counted, missing)
        if it.head != self.head:
            return self.wrong("head", it.head, self.head)
        if it.closed_at is not None and self.replay.left:
            return self.wrong("closed_at", "closed with money left")
        return None

    def _balances(self, db: Connection) -> Wrong | None:
        kept: dict[tuple[str, int], tuple[int, int]] = {}
        for row in map(self.readers[_BALANCE], db.execute(_balances, {"group": self.it.id})):
            if (row.account, row.member) in kept:
                return self.wrong(f"balance {row.account} {row.member}", "stands there twice")
            kept[row.account, row.member] = (row.rupiah, row.entry)
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

    def _shown(self) -> Wrong | None:
        ahead = [(row, None) for rows in self.told.values() for row in rows]
        for raw, right in (*self.compared, *ahead):
            row = self.readers[_TOLD](raw)
            what = f"statement {row.day} {row.member}"
            if right is None:
                return self.wrong(what, "of an entry that is not there", entry=row.last_entry)
            if row.rupiah != right:
                return self.wrong(what, str(row.rupiah), str(right), row.last_entry)
        return None


def _draft(row: Any, sides: list[Any]) -> Draft:
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
        by_entry = groupby(postings, key=lambda side: side.entry)
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
