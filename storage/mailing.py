"""Broadcasts on their way: begun, planned set by set, and found to be over."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BindParameter,
    Connection,
    Insert,
    Row,
    SmallInteger,
    String,
    and_,
    bindparam,
    exists,
    insert,
    literal,
    or_,
    select,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.broadcasts import Form, State, Who
from bot.domain.calendar import Zone, local, local_day
from bot.domain.kinds import Kind
from bot.domain.reminding import Moment
from bot.mailings import Ready
from bot.ports import Bubble
from storage.audiences import FITS, asked
from storage.broadcast_tables import broadcast, broadcast_group, recipient
from storage.bubbles import packed
from storage.due import her_chat
from storage.outgoing import outbox
from storage.tables import Key, UtcTime, contact, group, group_mentor, member

#: Groups planned in one transaction: some thousand members.
GROUPS_AT_ONCE = 100

#: Broadcasts begun in one transaction.
BEGUN_AT_ONCE = 50

#: After this long a broadcast is over, whatever still waits for somebody to open her chat.
OVER_AFTER = timedelta(hours=24)

#: The zone whose clocks are ahead of the others'.
FIRST = Zone.WIT

_this = broadcast.c.id == bindparam("this", type_=Key)
_running = and_(broadcast.c.state == State.RUNNING, ~broadcast.c.paused)


def _hour_has_come() -> Any:
    return or_(
        broadcast.c.day.is_(None),
        broadcast.c.day < bindparam("day"),
        and_(broadcast.c.day == bindparam("day"), broadcast.c.clock <= bindparam("clock")),
    )


_to_begin = (
    select(broadcast)
    .where(broadcast.c.state == State.PLANNED, ~broadcast.c.paused, _hour_has_come())
    .order_by(broadcast.c.id)
    .limit(BEGUN_AT_ONCE)
)
_begin = (
    update(broadcast)
    .where(_this, broadcast.c.state == State.PLANNED, ~broadcast.c.paused)
    .values(state=State.RUNNING, begun_at=bindparam("now", type_=UtcTime))
)
_its_groups = (
    select(broadcast.c.id, group.c.id)
    .select_from(broadcast)
    .join(group_mentor, group_mentor.c.person == broadcast.c.mentor)
    .join(group, group.c.id == group_mentor.c.group_id)
    .where(
        _this,
        group.c.open,
        or_(broadcast.c.group_id.is_(None), broadcast.c.group_id == group.c.id),
    )
)
_add_groups = insert(broadcast_group).from_select(["broadcast", "group_id"], _its_groups)
_ready = (
    select(
        broadcast_group.c.broadcast,
        broadcast_group.c.group_id,
        broadcast.c.mentor,
        broadcast.c.form,
    )
    .join(broadcast, broadcast.c.id == broadcast_group.c.broadcast)
    .join(group, group.c.id == broadcast_group.c.group_id)
    .where(
        _running,
        broadcast_group.c.planned_at.is_(None),
        group.c.zone == bindparam("zone"),
        group.c.quiet_until <= bindparam("clock"),
        group.c.quiet_from > bindparam("clock"),
        _hour_has_come(),
    )
    .order_by(broadcast_group.c.broadcast, broadcast_group.c.group_id)
    .limit(GROUPS_AT_ONCE)
)
_groups: BindParameter[Sequence[int]] = bindparam("groups", expanding=True)
# Whoever gets this row plans the group; a second planner finds it planned.
_take = (
    update(broadcast_group)
    .where(
        broadcast_group.c.broadcast == bindparam("this"),
        broadcast_group.c.group_id.in_(_groups),
        broadcast_group.c.planned_at.is_(None),
        exists().where(_this, _running),
    )
    .values(planned_at=bindparam("now", type_=UtcTime))
    .returning(broadcast_group.c.group_id)
)
_audience = select(broadcast.c.who, broadcast.c.business).where(_this)
_letters = (
    insert(outbox)
    .from_select(
        ["contact", "channel", "kind", "rank", "bubble", "state", "made_at", "due_at", "broadcast"],
        select(
            recipient.c.contact,
            contact.c.channel,
            literal(str(Kind.TIP), String),
            literal(Kind.TIP.rank, SmallInteger),
            bindparam("bubble", type_=outbox.c.bubble.type),
            literal("waiting", String),
            bindparam("now", type_=UtcTime),
            bindparam("now", type_=UtcTime),
            recipient.c.broadcast,
        )
        .join(contact, contact.c.id == recipient.c.contact)
        .where(recipient.c.broadcast == bindparam("this"), recipient.c.group_id.in_(_groups))
        .order_by(recipient.c.group_id, recipient.c.person),
    )
    .execution_options(preserve_rowcount=True)
)
_waits = exists().where(
    outbox.c.broadcast == broadcast.c.id, outbox.c.state.in_(("waiting", "sending"))
)
_unplanned = exists().where(
    broadcast_group.c.broadcast == broadcast.c.id, broadcast_group.c.planned_at.is_(None)
)
_over = (
    select(broadcast.c.id)
    .where(
        _running,
        ~_unplanned,
        or_(broadcast.c.begun_at <= bindparam("long_ago", type_=UtcTime), ~_waits),
    )
    .order_by(broadcast.c.id)
    .limit(bindparam("most"))
)
_closing = (
    select(broadcast.c.id)
    .where(
        broadcast.c.form == Form.POLL,
        broadcast.c.state.in_((State.RUNNING, State.DONE)),
        broadcast.c.closed_at.is_(None),
        broadcast.c.closes_at <= bindparam("now", type_=UtcTime),
    )
    .order_by(broadcast.c.id)
    .limit(bindparam("most"))
)


def _recipients(insert_: Any, who: Who) -> Insert:
    """The insert of everybody in some groups; a second place of hers, or a second try, adds nobody."""
    people = (
        select(bindparam("this", type_=Key), member.c.person, member.c.group_id, contact.c.id)
        .select_from(member)
        .join(group, group.c.id == member.c.group_id)
        .join(contact, her_chat)
        .where(member.c.group_id.in_(_groups), member.c.active, group.c.open, FITS[who])
        .order_by(member.c.group_id, member.c.number)
    )
    columns = ["broadcast", "person", "group_id", "contact"]
    made: Insert = insert_(recipient).from_select(columns, people).on_conflict_do_nothing()
    return made


_INSERTS = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}
_PEOPLE = {(name, who): _recipients(made, who) for name, made in _INSERTS.items() for who in Who}


class SqlMailings:
    """Fulfils ``bot.mailings.Mailings``; each method is a transaction of its own."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def begin(self, now: datetime) -> int:
        """Begin those whose hour has come anywhere, with the groups they are for."""
        here = local(now, FIRST)
        begun = 0
        with self._connection() as db:
            for row in db.execute(_to_begin, {"day": here.date(), "clock": here.time()}).all():
                if db.execute(_begin, {"this": row.id, "now": now}).rowcount == 1:
                    db.execute(_add_groups, {"this": row.id})
                    _next_week(db, row, here.date(), now)
                    begun += 1
        return begun

    def ready(self, moment: Moment) -> Ready | None:
        """Some groups of a running broadcast that may hear it now in this zone."""
        asked_for = {"zone": str(moment.zone), "day": moment.day, "clock": moment.clock}
        with self._connection() as db:
            rows = db.execute(_ready, asked_for).all()
        if not rows:
            return None
        first = rows[0]
        groups = tuple(row.group_id for row in rows if row.broadcast == first.broadcast)
        return Ready(first.broadcast, first.mentor, groups, Form(first.form).apart)

    def plan(self, ready: Ready, bubble: Bubble | None, now: datetime) -> int:
        """Put ``bubble`` on its way to everybody it is for in these groups."""
        with self._connection() as db:
            which = {"this": ready.broadcast, "now": now}
            groups = db.scalars(_take, {**which, "groups": ready.groups}).all()
            if bubble is None or not groups:
                return 0
            for_whom = db.execute(_audience, which).one()
            who = Who(for_whom.who)
            values = asked(who, for_whom.business, local_day(now, Zone.WIB))
            db.execute(_PEOPLE[db.dialect.name, who], {**which, "groups": groups, **values})
            letters = {**which, "groups": groups, "bubble": packed(bubble)}
            return db.execute(_letters, letters).rowcount

    def over(self, now: datetime, most: int) -> Sequence[int]:
        """Running broadcasts of which nothing waits any more, or which began a day ago."""
        with self._connection() as db:
            return db.scalars(_over, {"long_ago": now - OVER_AFTER, "most": most}).all()

    def closing(self, now: datetime, most: int) -> Sequence[int]:
        """Polls whose time is over."""
        with self._connection() as db:
            return db.scalars(_closing, {"now": now, "most": most}).all()


_FOLLOWS = ("mentor", "form", "words", "media", "piece", "choices", "group_id", "who", "business")


def _next_week(db: Connection, row: Row[Any], today: date, now: datetime) -> None:
    """A weekly one is followed by the next, at the same hour of the same weekday."""
    if not row.weekly:
        return
    day = row.day + timedelta(days=7)
    while day <= today:  # it was paused, or we slept
        day += timedelta(days=7)
    kept = {name: getattr(row, name) for name in _FOLLOWS}
    fresh = {"day": day, "clock": row.clock, "weekly": True, "state": State.PLANNED, "made_at": now}
    db.execute(insert(broadcast), {**kept, **fresh})
