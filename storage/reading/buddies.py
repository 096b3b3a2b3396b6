"""Reading who is whose saving buddy."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from bot.domain.buddies import Buddy, BuddyHears, BuddyState
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import Member, Person
from bot.ports import Happened
from storage.buddy_tables import buddy
from storage.ledger_tables import entry
from storage.reading.words import WordsReading
from storage.tables import member

_one = select(buddy).where(buddy.c.id == bindparam("number"))
_hers = select(buddy).where(
    buddy.c.group_id == bindparam("group"),
    buddy.c.member == bindparam("member"),
    buddy.c.state != BuddyState.ENDED,
)
_by_code = select(buddy).where(
    buddy.c.code == bindparam("code"),
    buddy.c.state == BuddyState.ASKED,
    buddy.c.person.is_(None),
)
_on = (
    select(buddy)
    .join(member, (member.c.group_id == buddy.c.group_id) & (member.c.number == buddy.c.member))
    .where(buddy.c.state == BuddyState.ON, member.c.active)
    .order_by(buddy.c.id)
)
_of_person = _on.where(buddy.c.person == bindparam("person"))
_of_group = _on.where(buddy.c.group_id == bindparam("group"))
_between = select(func.coalesce(func.sum(entry.c.rupiah), 0).label("rupiah")).where(
    entry.c.group_id == bindparam("group"),
    entry.c.member == bindparam("member"),
    entry.c.kind == EntryKind.DEPOSIT,
    entry.c.day.between(bindparam("first"), bindparam("last")),
)


class BuddyReading(WordsReading):
    """Fulfils ``bot.domain.buddies.BuddyBooks``."""

    def buddy(self, number: int) -> Buddy:
        """One of them."""
        return _as_buddy(self, self.one(_one, number=number))

    def buddy_of(self, member: Member) -> Buddy | None:
        """Hers, asked or on."""
        row = self.maybe(_hers, group=member.group, member=member.number)
        return _as_buddy(self, row) if row else None

    def buddy_by_code(self, code: str) -> Buddy | None:
        """The one an unopened link stands for."""
        row = self.maybe(_by_code, code=code.strip().upper())
        return _as_buddy(self, row) if row else None

    def heard_by(self, person: Person) -> Sequence[Buddy]:
        """Of whom somebody hears."""
        return [_as_buddy(self, row) for row in self.all(_of_person, person=person.id)]

    def saved_between(self, member: Member, first: date, last: date) -> Money:
        """What she put in on these days."""
        asked = {"group": member.group, "member": member.number, "first": first, "last": last}
        return Money(int(self.one(_between, **asked).rupiah))


def buddies_to_hear(books: WordsReading, group: int, day: date) -> list[Happened]:
    """What the buddies of a group's members hear on the day its week is told."""
    rows = books.all(_of_group, group=group)
    return [
        Happened(BuddyHears(_as_buddy(books, row), day), {"buddy": row.id, "day": day.isoformat()})
        for row in rows
    ]


def _as_buddy(books: WordsReading, row: Row[Any]) -> Buddy:
    person = None if row.person is None else books.person(row.person)
    she = books.member(row.group_id, row.member)
    return Buddy(row.id, she, person, row.amounts, BuddyState(row.state), row.code or "")
