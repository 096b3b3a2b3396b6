"""Errands on their way: what was sent and has to be worked on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from bot.domain.people import Person
from bot.domain.pictures import A_LOOK
from bot.errands import Errand, ErrandKind
from bot.files import Media
from storage.reading.words import WordsReading
from storage.recording.base import once
from storage.tables import errand, person

#: An errand that killed its worker so often is let be.
_MOST_TAKEN = 6

_before = errand.alias("before")
#: What she sent before it is through the gate, or takes too long; what follows needs no order.
_is_her_turn = (errand.c.kind != str(ErrandKind.GLANCE)) | ~exists().where(
    _before.c.kind == errand.c.kind,
    _before.c.person == errand.c.person,
    _before.c.id < errand.c.id,
    _before.c.due_at.is_not(None),
    _before.c.made_at > bindparam("since"),
)
_next = (
    select(errand, person.c.name, person.c.sapaan)
    .join(person, person.c.id == errand.c.person)
    .where(
        errand.c.kind == bindparam("kind"),
        errand.c.due_at <= bindparam("now"),
        errand.c.tries < _MOST_TAKEN,
        _is_her_turn,
    )
    .order_by(errand.c.due_at, errand.c.id)
    .limit(1)
    .with_for_update(of=errand, skip_locked=True)
)
_lease = (
    update(errand)
    .where(errand.c.id == bindparam("this"))
    .values(due_at=bindparam("until"), tries=errand.c.tries + 1)
)
_done = (
    update(errand)
    .where(errand.c.id == bindparam("this"), errand.c.due_at.is_not(None))
    .values(due_at=None)
)


class SqlErrands:
    """Fulfils ``bot.errands.Errands``."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def next(self, kind: ErrandKind, now: datetime, lease: timedelta) -> Errand | None:
        """Take the oldest of a kind that is due; those at the gate in the order she sent them."""
        with self._connection() as db:
            row = db.execute(_next, {"kind": kind, "now": now, "since": now - A_LOOK}).one_or_none()
            if row is None:
                return None
            db.execute(_lease, {"this": row.id, "until": now + lease})
        who = Person(row.person, row.name, row.sapaan)
        return Errand(row.id, who, Media.unpacked(row.media), row.tries + 1, row.facts)


def send_on_errand(
    books: WordsReading,
    kind: ErrandKind,
    who: Person,
    media: str,
    facts: Mapping[str, Any] | None = None,
) -> None:
    """Something waits to be worked on from now on."""
    row = {"kind": kind, "person": who.id, "media": media, "facts": dict(facts or {})}
    books.db.execute(insert(errand), {**row, "tries": 0, "made_at": books.now, "due_at": books.now})


def back_from_errand(books: WordsReading, number: int) -> None:
    """It is done. Raises Conflict when somebody else was back first."""
    once(books, _done, this=number)
