"""Reading what went out where it costs, and noting that a mentor heard of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, func, insert, select

from bot.domain.metering import Form, Spent, month_of
from bot.domain.metering_changes import MessagesNearlyUsed
from bot.domain.people import Group
from bot.ports import Conflict, Happened
from storage.ledger_tables import round_
from storage.metering import ROUND
from storage.outgoing import meter
from storage.reading.base import Reading
from storage.reading.words import WordsReading
from storage.recording.base import record

_messages = (
    select(meter.c.kind, meter.c.form, func.sum(meter.c.messages).label("messages"))
    .where(meter.c.month == bindparam("month"), meter.c.group_id == bindparam("group"))
    .group_by(meter.c.kind, meter.c.form)
)
_of_all = select(func.coalesce(func.sum(meter.c.messages), 0).label("messages")).where(
    meter.c.month == bindparam("month"), meter.c.form == Form.FREE
)
_heard = select(round_.c.day).where(
    round_.c.group_id == bindparam("group"),
    round_.c.kind == ROUND,
    round_.c.day == bindparam("month"),
)


class MeterReading(Reading):
    """Fulfils ``bot.domain.metering_books.MeteringBooks``."""

    def spent(self, group: Group, month: date) -> Spent:
        """A group's messages of a month."""
        rows = self.all(_messages, month=month, group=group.id)
        messages = {(row.kind, Form(row.form)): int(row.messages) for row in rows}
        return Spent(month, messages, int(self.one(_of_all, month=month).messages))


@record.register
def _(change: MessagesNearlyUsed, books: WordsReading) -> Sequence[Happened]:
    once = {"group": change.group.id, "month": month_of(books.now)}
    if books.maybe(_heard, **once) is not None:
        raise Conflict("they have heard")
    row = {"group_id": change.group.id, "kind": ROUND, "day": once["month"]}
    books.db.execute(insert(round_), row)
    facts: dict[str, int | str] = {
        "group": change.group.id,
        "used": change.used,
        "limit": change.limit,
    }
    return [Happened(change, facts)]
