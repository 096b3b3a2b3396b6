"""Who is reminded, decided for all members of some groups at once.

One query gives each member her reason; planning inserts those who are due by that very query, and a
dry run shows it. That a member's day is planned once is a unique key of the outbox.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    FromClause,
    Insert,
    Select,
    SmallInteger,
    String,
    Time,
    and_,
    bindparam,
    case,
    false,
    func,
    literal,
    or_,
    select,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.habits import UNANSWERED, Rhythm
from bot.domain.hijri import in_ramadan
from bot.domain.kinds import Kind
from bot.domain.reminding import Moment, Planned, Why
from bot.doors import NEARLY
from storage.due_steps import plan_steps
from storage.ledger_tables import claim, entry
from storage.meeting import her_chat
from storage.outgoing import outbox
from storage.resting import group_rests, she_rests
from storage.tables import Key, UtcTime, contact, group, member

#: Groups planned in one transaction: ten thousand members, some tenths of a second; each transaction
#: more costs a wait for the disk.
GROUPS_AT_ONCE = 500

#: The conversations by which a reminder is put into words.
REMIND, OFFER_WEEKLY = "remind", "offer_weekly"

#: The reason of a reminder that was not sent because the night had begun.
TOO_LATE = "too late"

#: Who joined today is not reminded of an hour that was already longer past than this.
RECENTLY = timedelta(minutes=20)

#: Who may be written to freely for no longer than this is reminded now, if her hour comes so soon
#: after that; her hour would need a template, which costs.
CLOSING, EARLIER = timedelta(minutes=15), timedelta(minutes=90)

#: The days in which the reminders she left unanswered are looked for.
LOOKED_BACK = timedelta(days=14)

_day = bindparam("day", type_=Date)
_clock = bindparam("clock", type_=Time)
_ahead = bindparam("ahead", type_=Time)
_now = bindparam("now", type_=UtcTime)
_weekday = bindparam("weekday", type_=SmallInteger)

_next_groups = (
    select(group.c.id, group.c.quiet_from)
    .where(group.c.id > bindparam("after"), group.c.zone == bindparam("zone"), group.c.open)
    .order_by(group.c.id)
    .limit(GROUPS_AT_ONCE)
    .subquery()
)
_next_batch = select(
    func.max(_next_groups.c.id).label("upto"), func.min(_next_groups.c.quiet_from).label("quiet")
)


def _batch(column: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(column > bindparam("after", type_=Key), column <= bindparam("upto", type_=Key))


_home = group.alias("home")
_saved = (
    select(entry.c.group_id, entry.c.member)
    .join(_home, and_(_home.c.id == entry.c.group_id, entry.c.day == _day))
    .where(_batch(_home.c.id), entry.c.kind == "deposit")
    .distinct()
    .subquery("saved")
)
_waits = (
    select(claim.c.group_id, claim.c.member)
    .where(claim.c.state == "waiting", _batch(claim.c.group_id))
    .distinct()
    .subquery("waits")
)
_planned = (
    select(outbox.c.group_id, outbox.c.member)
    .where(outbox.c.kind == str(Kind.REMINDER), outbox.c.day == _day, _batch(outbox.c.group_id))
    .subquery("planned")
)
# She hears how her week went on this day, with her goal in it: one message a day.
_week_told = and_(
    group.c.summary_on == _weekday,
    group.c.holder.is_not(None),
    group.c.closed_at.is_(None),
    group.c.next_entry > 1,
)
_sent = outbox.alias("sent")
_unanswered = (
    select(func.count())
    .where(
        _sent.c.kind == str(Kind.REMINDER),
        _sent.c.day >= bindparam("looked_back", type_=Date),
        _sent.c.day < _day,
        _sent.c.group_id == member.c.group_id,
        _sent.c.member == member.c.number,
        _sent.c.state.in_(("sent", "delivered", "read")),
        _sent.c.settled_at > contact.c.heard_at,
    )
    .scalar_subquery()
)
_says = case(
    (member.c.rhythm != Rhythm.DAILY, REMIND),
    (contact.c.heard_at > bindparam("quiet_since", type_=UtcTime), REMIND),
    (_unanswered >= UNANSWERED, OFFER_WEEKLY),
    else_=REMIND,
)


def _beside(other: FromClause) -> ColumnElement[bool]:
    return and_(other.c.group_id == member.c.group_id, other.c.member == member.c.number)


def _members(
    *, ramadan: bool, planned: bool
) -> tuple[Select[Any], ColumnElement[Any], ColumnElement[Any]]:
    """The active members of a batch of groups; with the hour of each, and her reason.

    That she is ``planned`` already is looked up for who asks why; to plan, the outbox's key is enough.
    """
    own = member.c.remind_at
    hour = func.coalesce(member.c.remind_in_ramadan, own) if ramadan else own
    rows = (
        select()
        .select_from(member)
        .join(group, group.c.id == member.c.group_id)
        .outerjoin(contact, her_chat)
        .outerjoin(_saved, _beside(_saved))
        .outerjoin(_waits, _beside(_waits))
        .where(
            _batch(member.c.group_id),
            member.c.active,
            group.c.open,
            group.c.zone == bindparam("zone"),
        )
    )
    if planned:
        rows = rows.outerjoin(_planned, _beside(_planned))
    return rows, hour, _reason(hour, planned=planned)


def _reason(hour: ColumnElement[Any], *, planned: bool) -> ColumnElement[Any]:
    """Why a member is reminded now or not: the first of these that holds."""
    joined_past_it = and_(
        member.c.joined_at >= bindparam("day_began", type_=UtcTime),
        hour < bindparam("recently", type_=Time),
    )
    another_day = and_(member.c.rhythm == Rhythm.WEEKLY, member.c.weekly_on != _weekday)
    return case(
        (hour.is_(None), Why.NO_HOUR),
        (or_(_too_early(hour), _clock < group.c.quiet_until), Why.NOT_YET),
        *([(_planned.c.member.is_not(None), Why.PLANNED)] if planned else []),
        (contact.c.id.is_(None), Why.NO_CHAT),
        (joined_past_it, Why.JUST_JOINED),
        (group_rests, Why.GROUP_RESTS),
        (she_rests, Why.RESTS),
        (another_day, Why.NOT_HER_DAY),
        (_week_told, Why.WEEK_TOLD),
        (_saved.c.member.is_not(None), Why.SAVED),
        (_waits.c.member.is_not(None), Why.WAITS),
        (_clock >= group.c.quiet_from, Why.TOO_LATE),
        else_=Why.DUE,
    )


def _too_early(hour: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether her hour is still to come, and she can be written to freely until then."""
    closing = and_(
        contact.c.open_until > bindparam("still_open", type_=UtcTime),
        contact.c.open_until <= bindparam("closes_by", type_=UtcTime),
        hour <= _ahead,
    )
    return and_(hour > _clock, ~func.coalesce(closing, false()))


def _plan(insert: Any, *, ramadan: bool) -> Insert:
    """The insert of all who are due, and of all for whom it is too late, as a note that it was."""
    rows, hour, why = _members(ramadan=ramadan, planned=False)
    # Of those who are wanted at all; asking for the reason again would work it out again.
    late = _clock >= group.c.quiet_from
    values: dict[str, ColumnElement[Any]] = {
        "contact": contact.c.id,
        "channel": contact.c.channel,
        "kind": literal(str(Kind.REMINDER), String),
        "rank": literal(Kind.REMINDER.rank, SmallInteger),
        "says": _says,
        "group_id": member.c.group_id,
        "member": member.c.number,
        "day": _day,
        "state": case((late, "cancelled"), else_="waiting"),
        "made_at": _now,
        "due_at": _now,
        "settled_at": case((late, _now)),
        "reason": case((late, TOO_LATE)),
    }
    wanted = (
        rows.add_columns(*values.values())
        .where(hour >= bindparam("since", type_=Time), why.in_((Why.DUE, Why.TOO_LATE)))
        .order_by(member.c.group_id, member.c.number)  # so that two runs tell them alike
    )
    planned: Insert = insert(outbox).from_select(list(values), wanted).on_conflict_do_nothing()
    return planned.execution_options(preserve_rowcount=True)


def _why(*, ramadan: bool) -> Select[Any]:
    rows, _, why = _members(ramadan=ramadan, planned=True)
    return rows.add_columns(member.c.group_id, member.c.number, why.label("why")).order_by(
        member.c.group_id, member.c.number
    )


_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_PLANS = {
    (name, ramadan): _plan(insert, ramadan=ramadan)
    for name, insert in _INSERTS.items()
    for ramadan in (False, True)
}
_PLANS_LATE = {which: plan.returning(outbox.c.state) for which, plan in _PLANS.items()}
_WHY = {ramadan: _why(ramadan=ramadan) for ramadan in (False, True)}


# Ten thousand members are looked up among perhaps millions, in tables that are in use all day:
# PostgreSQL takes every lookup for a turn of a disk, and reads all of them instead.
_looked_up = text("SET LOCAL random_page_cost = 1.1")


class SqlSchedule:
    """Fulfils ``bot.ports.Schedule``; each call is a transaction of its own."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def plan(self, moment: Moment, since: time, after: int) -> Planned:
        """Put what is due into the outbox."""
        with self._connection() as db:
            batch = db.execute(_next_batch, {"after": after, "zone": moment.zone}).one()
            if batch.upto is None:
                return Planned(0, 0, None)
            asked = {**_asked(moment), "since": since, "after": after, "upto": batch.upto}
            if db.dialect.name == "postgresql":
                db.execute(_looked_up)
            which = db.dialect.name, in_ramadan(moment.day)
            if moment.clock < batch.quiet:
                due, late = db.execute(_PLANS[which], asked).rowcount, 0
            else:
                states = Counter(db.scalars(_PLANS_LATE[which], asked))
                due, late = states["waiting"], states["cancelled"]
            steps = plan_steps(db, moment, since, asked)
        return Planned(due + steps, late, batch.upto)

    def reasons(
        self, moment: Moment, after: int
    ) -> tuple[Sequence[tuple[int, int, Why]], int | None]:
        """Why each member is reminded at this moment, or not."""
        with self._connection() as db:
            upto = db.execute(_next_batch, {"after": after, "zone": moment.zone}).one().upto
            if upto is None:
                return (), None
            asked = {**_asked(moment), "after": after, "upto": upto}
            rows = db.execute(_WHY[in_ramadan(moment.day)], asked).all()
        return [(row.group_id, row.number, Why(row.why)) for row in rows], upto


def _before(clock: time, span: timedelta) -> time:
    """The hour ``span`` earlier the same day, or its first moment."""
    earlier = datetime.combine(date.min + timedelta(days=1), clock) - span
    return earlier.time() if earlier.date() > date.min else time(0)


def _after(clock: time, span: timedelta) -> time:
    """The hour ``span`` later the same day, or its last moment."""
    later = datetime.combine(date.min, clock) + span
    return later.time() if later.date() == date.min else time.max


def _asked(moment: Moment) -> dict[str, object]:
    return {
        "now": moment.instant,
        "zone": str(moment.zone),
        "day": moment.day,
        "clock": moment.clock,
        "ahead": _after(moment.clock, EARLIER),
        "still_open": moment.instant + NEARLY,
        "closes_by": moment.instant + CLOSING,
        "day_began": moment.day_began,
        "recently": _before(moment.clock, RECENTLY),
        "weekday": moment.day.weekday(),
        "weekday_bit": 1 << moment.day.weekday(),
        "looked_back": moment.day - LOOKED_BACK,
        "quiet_since": moment.instant - timedelta(days=UNANSWERED),
    }
