"""Reading and writing what helps a member keep at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, delete, exists, func, insert, select, update

from bot.domain import changes
from bot.domain.habits import Goal, as_bits
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.ports import Conflict, Happened
from storage.ledger_tables import entry
from storage.outgoing import goal, group_rest
from storage.reading import Reading
from storage.recording import record
from storage.tables import member

_goal = select(goal).where(
    goal.c.group_id == bindparam("group"), goal.c.member == bindparam("member")
)
_hers = (
    entry.c.group_id == bindparam("group"),
    entry.c.member == bindparam("member"),
    entry.c.kind == EntryKind.DEPOSIT,
    entry.c.day.between(bindparam("first"), bindparam("last")),
)
_days_saved = select(func.count(entry.c.day.distinct()).label("days")).where(*_hers)
_who_saved = select(func.count(entry.c.member.distinct()).label("members")).where(
    entry.c.group_id == bindparam("group"),
    entry.c.kind == EntryKind.DEPOSIT,
    entry.c.day.between(bindparam("first"), bindparam("last")),
)
_rests = select(
    exists()
    .where(
        group_rest.c.group_id == bindparam("group"),
        group_rest.c.first_day <= bindparam("day"),
        group_rest.c.last_day >= bindparam("day"),
    )
    .label("rests")
)


class HabitReading(Reading):
    """Fulfils the habits of ``bot.domain.books.Books``."""

    def goal(self, member: Member) -> Goal | None:
        """What she saves for."""
        row = self.maybe(_goal, group=member.group, member=member.number)
        return Goal(row.name, Money(row.rupiah), row.due_on) if row else None

    def days_saved(self, member: Member, first: date, last: date) -> int:
        """On how many of these days she put something in."""
        asked = {"group": member.group, "member": member.number}
        return int(self.one(_days_saved, **asked, first=first, last=last).days)

    def members_who_saved(self, group: Group, first: date, last: date) -> int:
        """How many members put something in on any of these days."""
        return int(self.one(_who_saved, group=group.id, first=first, last=last).members)

    def group_rests(self, group: Group, day: date) -> bool:
        """Whether the whole group rests on that day."""
        return bool(self.one(_rests, group=group.id, day=day).rests)


@record.register
def _(change: changes.HabitChanged, books: Reading) -> Sequence[Happened]:
    she, habit = change.member, change.member.habit
    kept = (
        update(member)
        .where(member.c.group_id == she.group, member.c.number == she.number)
        .values(
            rhythm=str(habit.rhythm),
            weekly_on=habit.weekly_on,
            rest_until=habit.rest_until,
            rest_days=as_bits(habit.rest_days),
            remind_in_ramadan=habit.in_ramadan,
        )
    )
    if books.db.execute(kept).rowcount != 1:
        raise Conflict("member")
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: changes.GoalSet, books: Reading) -> Sequence[Happened]:
    she = change.member
    before = delete(goal).where(goal.c.group_id == she.group, goal.c.member == she.number)
    books.db.execute(before)
    row = {
        "group_id": she.group,
        "member": she.number,
        "name": change.goal.name,
        "rupiah": change.goal.amount.rupiah,
        "due_on": change.goal.by,
        "set_at": books.now,
    }
    books.db.execute(insert(goal), row)
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: changes.GroupRestSet, books: Reading) -> Sequence[Happened]:
    where, first = change.group.id, change.first
    same = delete(group_rest).where(group_rest.c.group_id == where, group_rest.c.first_day == first)
    books.db.execute(same)
    row = {"group_id": where, "first_day": first, "last_day": change.last, "name": change.name}
    books.db.execute(insert(group_rest), row)
    return [Happened(change, {"group": where})]
