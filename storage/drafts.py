"""Questions for which a machine drafts an answer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, exists, select, text, update

from bot.domain.consultations import AnswerDrafted, State
from bot.ports import Happened
from storage.consult_tables import consultation, draft
from storage.reading.consult import ConsultReading
from storage.recording.base import record
from storage.tables import UtcTime

#: Only questions of this age get a draft: switched on later, it does not begin with last year's.
FRESH = timedelta(hours=1)

_untouched = (
    select(consultation.c.id)
    .where(
        consultation.c.state == State.NEW,
        consultation.c.opened_at > bindparam("since"),
        ~exists().where(draft.c.consultation == consultation.c.id),
    )
    .order_by(consultation.c.id)
    .limit(1)
)
_take = text(
    "INSERT INTO draft (consultation, tries, due_at) VALUES (:this, 1, :until)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("until", type_=UtcTime))
_again = (
    select(draft.c.consultation)
    .where(draft.c.due_at <= bindparam("now"))
    .order_by(draft.c.due_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_this = update(draft).where(draft.c.consultation == bindparam("this"))
_retake = _this.values(tries=draft.c.tries + 1, due_at=bindparam("until")).returning(draft.c.tries)
_done = _this.values(due_at=None)


class SqlDrafts:
    """Fulfils ``bot.drafting.Drafts``."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def next(self, now: datetime, lease: timedelta) -> tuple[int, int] | None:
        """The number of a question that wants a draft, and which try this is."""
        with self._connection() as db:
            again = db.execute(_again, {"now": now}).scalar()
            if again is not None:
                lent = {"this": again, "until": now + lease}
                return again, db.execute(_retake, lent).scalar_one()
            fresh = db.execute(_untouched, {"since": now - FRESH}).scalar()
            if fresh is None:
                return None
            taken = db.execute(_take, {"this": fresh, "until": now + lease}).rowcount
            return (fresh, 1) if taken else None

    def done(self, number: int) -> None:
        """Nothing more is to be drafted for it."""
        with self._connection() as db:
            db.execute(_done, {"this": number})


@record.register
def _(change: AnswerDrafted, books: ConsultReading) -> Sequence[Happened]:
    books.db.execute(_done, {"this": change.number})
    it = books.consultation(change.number)
    if it is None or it.state is not State.NEW:
        return []  # a human was faster
    whom = [it.mentor] if it.mentor else books.mentors(it.group.id)
    facts: dict[str, int | str] = {"question": it.number, "words": change.words}
    return [Happened(replace(change, to=tuple(whom)), {**facts, "titles": change.titles})]
