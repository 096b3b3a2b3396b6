"""Counting what goes out where it costs: by month, group, kind and form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import (
    Connection,
    Date,
    bindparam,
    func,
    select,
    text,
)

from bot.domain.metering import WARN_AT, Form, month_of
from bot.ports import Letter
from storage.ledger_tables import round_
from storage.outgoing import meter, outbox
from storage.tables import contact, group, group_mentor, member

#: The round by which a group's mentor hears that the month's messages are nearly used.
ROUND = "meter"

_count = text(
    "INSERT INTO meter (channel, month, group_id, kind, form, messages)"
    " VALUES (:channel, :month, :group_id, :kind, :form, :messages)"
    " ON CONFLICT (channel, month, group_id, kind, form)"
    " DO UPDATE SET messages = meter.messages + excluded.messages"
).bindparams(bindparam("month", type_=Date))
_hers = (
    select(func.min(member.c.group_id))
    .join(group, group.c.id == member.c.group_id)
    .where(member.c.person == contact.c.person, member.c.active, group.c.open)
    .scalar_subquery()
)
_led = (
    select(func.min(group_mentor.c.group_id))
    .join(group, group.c.id == group_mentor.c.group_id)
    .where(group_mentor.c.person == contact.c.person, group.c.open)
    .scalar_subquery()
)
_group_of = func.coalesce(outbox.c.group_id, _hers, _led, 0)
_whose = (
    select(outbox.c.id, outbox.c.channel, outbox.c.kind, _group_of.label("group_id"))
    .join(contact, contact.c.id == outbox.c.contact)
    .where(outbox.c.id.in_(bindparam("letters", expanding=True)))
)
_used = (
    select(meter.c.group_id, func.sum(meter.c.messages).label("messages"))
    .where(meter.c.month == bindparam("month"), meter.c.group_id != 0)
    .group_by(meter.c.group_id)
    .having(func.sum(meter.c.messages) >= bindparam("many"))
)
_told = select(round_.c.group_id).where(round_.c.kind == ROUND, round_.c.day == bindparam("month"))


@dataclass(frozen=True, slots=True)
class Metered:
    """The channels whose messages cost, and how many a group may have in a month (0: any number)."""

    channels: Collection[str] = ()
    limit: int = 0


class SqlMeter:
    """Fulfils ``bot.costs.Meter``; each method is a transaction of its own."""

    def __init__(
        self, connection: Callable[[], AbstractContextManager[Connection]], metered: Metered
    ) -> None:
        self._connection, self._metered = connection, metered

    @property
    def limit(self) -> int:
        """Messages a group may have in a month; 0 is any number."""
        return self._metered.limit

    def over(self, letters: Sequence[Letter], now: datetime) -> set[int]:
        """Which of these letters are beyond their group's limit."""
        asked = [one.id for one in letters if one.channel in self._metered.channels]
        if not self.limit or not asked:
            return set()
        with self._connection() as db:
            full = set(db.scalars(_used, {"month": month_of(now), "many": self.limit}))
            rows = db.execute(_whose, {"letters": asked}).all()
        return {row.id for row in rows if row.group_id in full}

    def nearly_used(self, now: datetime) -> Sequence[tuple[int, int]]:
        """Groups whose mentor should hear of it now, with their messages of this month."""
        if not self.limit:
            return ()
        month = month_of(now)
        with self._connection() as db:
            many = -(-self.limit * WARN_AT // 100)
            used = db.execute(_used, {"month": month, "many": many}).all()
            told = set(db.scalars(_told, {"month": month})) if used else set()
        return [(row.group_id, row.messages) for row in used if row.group_id not in told]


def count_sent(
    db: Connection, metered: Metered, letters: Iterable[int], now: datetime, form: Form
) -> None:
    """Count letters that went out; those of channels that cost nothing are left aside."""
    asked = list(letters)
    if not metered.channels or not asked:
        return
    month: date = month_of(now)
    counted = Counter(
        (row.channel, row.group_id, row.kind)
        for row in db.execute(_whose, {"letters": asked})
        if row.channel in metered.channels
    )
    # In one order, so that two who count the same groups wait for each other in turn.
    rows = [
        {
            "channel": channel,
            "month": month,
            "group_id": group_id,
            "kind": kind,
            "form": str(form),
            "messages": many,
        }
        for (channel, group_id, kind), many in sorted(counted.items())
    ]
    if rows:
        db.execute(_count, rows)
