"""Reading and writing what helps a member keep at it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta

from sqlalchemy import (
    Date,
    Time,
    and_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain import changes, habit_changes
from bot.domain.calendar import Zone, local_day
from bot.domain.habits import Goal, GroupRest, as_bits
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.ports import Conflict, Happened
from storage.ledger_tables import entry, round_
from storage.outgoing import goal, group_rest, outbox
from storage.reading.base import as_group
from storage.reading.words import WordsReading
from storage.recording.base import record
from storage.recording.disputes import STATEMENT
from storage.tables import UtcTime, contact, group, member

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
_rests_ahead = (
    select(group_rest)
    .where(group_rest.c.group_id == bindparam("group"), group_rest.c.last_day >= bindparam("day"))
    .order_by(group_rest.c.first_day)
)
_joined = select(member.c.number, member.c.joined_at).where(member.c.group_id == bindparam("group"))
_newest = (
    select(entry.c.member, func.max(entry.c.day).label("day"))
    .where(entry.c.group_id == bindparam("group"), entry.c.kind == EntryKind.DEPOSIT)
    .group_by(entry.c.member)
)
_unreached = (
    select(member.c.number)
    .join(contact, contact.c.person == member.c.person)
    .outerjoin(
        outbox,
        and_(
            outbox.c.contact == contact.c.id,
            outbox.c.made_at >= bindparam("since", type_=UtcTime),
            outbox.c.state == "failed",
        ),
    )
    .where(
        member.c.group_id == bindparam("group"),
        or_(contact.c.gone, outbox.c.id.is_not(None)),
    )
    .distinct()
)
_resting = group_rest.c.first_day, group_rest.c.last_day
_of_week = (
    select(group)
    .where(
        group.c.open,
        group.c.closed_at.is_(None),
        group.c.holder.is_not(None),
        exists().where(
            entry.c.group_id == group.c.id,
            entry.c.number == 1,
            entry.c.recorded_at < bindparam("due_over", type_=UtcTime),
        ),
        group.c.zone == bindparam("zone"),
        group.c.summary_on == bindparam("weekday"),
        group.c.summary_at <= bindparam("clock", type_=Time),
        group.c.quiet_from > bindparam("clock", type_=Time),
        ~exists().where(
            round_.c.group_id == group.c.id,
            round_.c.kind == STATEMENT,
            round_.c.day >= bindparam("due"),
        ),
        ~exists().where(
            group_rest.c.group_id == group.c.id,
            or_(
                bindparam("due", type_=Date).between(*_resting),
                bindparam("day", type_=Date).between(*_resting),
            ),
        ),
    )
    .order_by(group.c.id)
    .limit(bindparam("most"))
)


class HabitReading(WordsReading):
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

    def last_saved(self, group: Group) -> Sequence[tuple[Member, date]]:
        """The active members, each with the day of her newest deposit, or else of her joining."""
        joined = self.all(_joined, group=group.id)
        last = {row.number: local_day(row.joined_at, group.zone) for row in joined}
        last |= {row.member: row.day for row in self.all(_newest, group=group.id)}
        return [(one, last[one.number]) for one in self.members(group.id)]

    def unreached(self, group: Group, since: date) -> Sequence[Member]:
        """The active members to whom a message failed since then, or who left the chat."""
        began = datetime.combine(since, time(0), group.zone.tz)
        found = {row.number for row in self.all(_unreached, group=group.id, since=began)}
        return [one for one in self.members(group.id) if one.number in found]

    def group_rests(self, group: Group, day: date) -> bool:
        """Whether the whole group rests on that day."""
        return bool(self.one(_rests, group=group.id, day=day).rests)

    def group_rests_from(self, group: Group, day: date) -> Sequence[GroupRest]:
        """The group's days of rest that are not over, in order."""
        rows = self.all(_rests_ahead, group=group.id, day=day)
        return [GroupRest(row.first_day, row.last_day, row.name) for row in rows]

    def groups_of_week(self, zone: Zone, here: datetime, late: int, most: int) -> Sequence[Group]:
        """Groups whose week was to be told ``late`` days ago by this hour, and was not since."""
        due = here.date() - timedelta(days=late)
        asked = {
            "zone": zone,
            "day": here.date(),
            "clock": here.time(),
            "most": most,
            "due": due,
            "weekday": due.weekday(),
            "due_over": datetime.combine(due + timedelta(days=1), time(), zone.tz),
        }
        return [as_group(row) for row in self.all(_of_week, **asked)]


@record.register
def _(change: habit_changes.HabitChanged, books: WordsReading) -> Sequence[Happened]:
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
def _(change: habit_changes.RemindersOff, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    none = (
        update(member)
        .where(member.c.group_id == she.group, member.c.number == she.number)
        .values(remind_at=None, remind_in_ramadan=None)
    )
    books.db.execute(none)
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: habit_changes.GoalSet, books: WordsReading) -> Sequence[Happened]:
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
def _(change: changes.MentorWrote, _books: WordsReading) -> Sequence[Happened]:
    facts: dict[str, int | str] = {"words": change.words, "media": change.media}
    return [Happened(change, {**facts, "mentor": change.mentor.id})]


@record.register
def _(change: habit_changes.GroupRestSet, books: WordsReading) -> Sequence[Happened]:
    where, first = change.group.id, change.first
    same = delete(group_rest).where(group_rest.c.group_id == where, group_rest.c.first_day == first)
    books.db.execute(same)
    row = {"group_id": where, "first_day": first, "last_day": change.last, "name": change.name}
    books.db.execute(insert(group_rest), row)
    return [Happened(change, {"group": where})]


@record.register
def _(change: habit_changes.GroupRestEnded, books: WordsReading) -> Sequence[Happened]:
    where, first = change.group.id, change.first
    this = delete(group_rest).where(group_rest.c.group_id == where, group_rest.c.first_day == first)
    books.db.execute(this)
    return [Happened(change, {"group": where})]


@record.register
def _(change: habit_changes.QuietSet, books: WordsReading) -> Sequence[Happened]:
    hours = {"quiet_from": change.quiet.begins, "quiet_until": change.quiet.ends}
    books.db.execute(update(group).where(group.c.id == change.group.id).values(hours))
    return [Happened(change, {"group": change.group.id})]
