"""Who is reminded of a guide she has not finished: once a week, and never more than three times.

It keeps to the rules of her other reminders: only who wants to be reminded at all, not in quiet hours,
not while she or the group rests. That it happens once is a unique key of the outbox.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import time, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Insert,
    Select,
    SmallInteger,
    String,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.kinds import Kind
from bot.domain.reminding import Moment
from storage.guide_tables import guide_walk
from storage.meeting import her_chat
from storage.outgoing import outbox
from storage.resting import group_rests, she_rests
from storage.tables import Key, UtcTime, contact, group, member

#: The conversation by which it is put into words, and the hour of the day at which it comes.
SAYS, HOUR = "remind_step", time(10)

#: Left alone for so long before she is reminded, and again after that; so often without an answer.
LEFT_ALONE, MOST = timedelta(days=7), 3

_day = bindparam("day", type_=Date)
_now = bindparam("now", type_=UtcTime)

_newer_walk = guide_walk.alias("newer_walk")
_other_place = member.alias("other_place")
_told = outbox.alias("told")

_is_newest_walk = ~exists().where(
    _newer_walk.c.person == guide_walk.c.person,
    ~_newer_walk.c.ended,
    or_(
        _newer_walk.c.moved_at > guide_walk.c.moved_at,
        and_(
            _newer_walk.c.moved_at == guide_walk.c.moved_at,
            _newer_walk.c.guide < guide_walk.c.guide,
        ),
    ),
)
_is_first_place = ~exists().where(
    _other_place.c.person == member.c.person,
    _other_place.c.active,
    _other_place.c.group_id < member.c.group_id,
)
_hers = (
    _told.c.kind == str(Kind.STEP),
    _told.c.group_id == member.c.group_id,
    _told.c.member == member.c.number,
)
_this_week = exists().where(*_hers, _told.c.day > bindparam("a_week_before", type_=Date))
_so_often = (
    select(func.count())
    .where(*_hers, _told.c.made_at > guide_walk.c.moved_at)
    .correlate(member, guide_walk)
    .scalar_subquery()
)


def _wanted(values: Iterable[ColumnElement[Any]]) -> Select[Any]:
    """These ``values`` of every walk that has been left alone for long enough."""
    return (
        select(*values)
        .select_from(guide_walk)
        .join(member, member.c.person == guide_walk.c.person)
        .join(group, group.c.id == member.c.group_id)
        .join(contact, her_chat)
        .where(
            member.c.group_id > bindparam("after", type_=Key),
            member.c.group_id <= bindparam("upto", type_=Key),
            member.c.active,
            member.c.remind_at.is_not(None),
            group.c.open,
            group.c.zone == bindparam("zone"),
            group.c.quiet_until <= bindparam("clock"),
            group.c.quiet_from > bindparam("clock"),
            ~guide_walk.c.ended,
            ~guide_walk.c.paused,
            guide_walk.c.moved_at <= bindparam("left_alone", type_=UtcTime),
            _is_newest_walk,
            _is_first_place,
            ~she_rests,
            ~group_rests,
            ~_this_week,
            _so_often < MOST,
        )
    )


def _plan(insert: Any) -> Insert:
    values: dict[str, ColumnElement[Any]] = {
        "contact": contact.c.id,
        "channel": contact.c.channel,
        "kind": literal(str(Kind.STEP), String),
        "rank": literal(Kind.STEP.rank, SmallInteger),
        "says": literal(SAYS, String),
        "group_id": member.c.group_id,
        "member": member.c.number,
        "day": _day,
        "state": literal("waiting", String),
        "made_at": _now,
        "due_at": _now,
    }
    wanted = _wanted(values.values())
    planned: Insert = insert(outbox).from_select(list(values), wanted).on_conflict_do_nothing()
    return planned.execution_options(preserve_rowcount=True)


_PLANS = {"postgresql": _plan(postgresql.insert), "sqlite": _plan(sqlite.insert)}


def plan_steps(db: Connection, moment: Moment, since: time, asked: Mapping[str, object]) -> int:
    """Put a reminder of her guide into the outbox for everybody it is due for; how many.

    ``asked`` is what the other reminders of that moment are planned with. A look at what has come
    ``since`` the last one finds their hour once; the looks at everything find the others.
    """
    if moment.clock < HOUR or since > HOUR:
        return 0
    values = {
        **asked,
        "a_week_before": moment.day - LEFT_ALONE,
        "left_alone": moment.instant - LEFT_ALONE,
    }
    return db.execute(_PLANS[db.dialect.name], values).rowcount
