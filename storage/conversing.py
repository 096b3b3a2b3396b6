"""Conversations between two messages: what is open, what was said, and what is kept of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.conversing import OpenSession
from bot.domain.people import Person
from storage.meeting import her_chats
from storage.outgoing import outbox
from storage.reading.base import Reading
from storage.tables import session

_still_open = select(session).where(
    session.c.person == bindparam("person"),
    ~session.c.closed,
    session.c.expires_at > bindparam("now"),
)
_open = _still_open.order_by(session.c.asked_at.nulls_first(), session.c.id)
_beyond = _still_open.order_by(session.c.asked_at.desc().nulls_last(), session.c.id.desc()).offset(
    bindparam("most")
)
_a_session = select(session).where(session.c.id == bindparam("id"))
_to_wake = (
    select(session.c.id)
    .where(session.c.wake_at <= bindparam("now"), ~session.c.closed)
    .order_by(session.c.wake_at)
    .limit(bindparam("most"))
)
_change_session = (
    update(session)
    .where(session.c.id == bindparam("this"))
    .values(
        {name: bindparam(name) for name in ("state", "asked_at", "wake_at", "expires_at", "closed")}
    )
)
_of_message = select(outbox.c.session).where(
    outbox.c.platform_id == bindparam("platform_id"),
    outbox.c.contact.in_(her_chats),
)

_spoken = (
    select(outbox.c.kind, outbox.c.bubble)
    .where(
        outbox.c.contact.in_(her_chats),
        outbox.c.made_at >= bindparam("since"),
        outbox.c.says.is_(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
#: What is on her screen, as far as we know: not what waits for its hour, nor what never went.
_shown = (
    select(outbox.c.session, outbox.c.made_at)
    .where(
        outbox.c.contact.in_(her_chats),
        outbox.c.made_at >= bindparam("since"),
        outbox.c.state.not_in(("failed", "cancelled")),
        (outbox.c.state != "waiting") | (outbox.c.due_at <= bindparam("now")),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)
_write_session = insert(session)

#: Signs of a session's id: short, since every button carries it.
_SESSION_ID = 8


class Conversing(Reading):
    """Fulfils ``bot.conversing.Conversing``."""

    def sessions(self, person: Person) -> list[OpenSession]:
        """Her open conversations, the one asked last at the end."""
        return self.once(("sessions", person.id), lambda: self._sessions(person))

    def _sessions(self, person: Person) -> list[OpenSession]:
        rows = self.all(_open, person=person.id, now=self.now)
        return [_as_session(row, self.now) for row in rows]

    def sessions_beyond(self, person: Person, most: int) -> list[OpenSession]:
        """Her open conversations but for the ``most`` asked last."""
        rows = self.all(_beyond, person=person.id, now=self.now, most=most)
        return [_as_session(row, self.now) for row in rows]

    def session(self, session_id: str) -> OpenSession | None:
        """One conversation; one that has expired counts as closed."""
        row = self.maybe(_a_session, id=session_id)
        return _as_session(row, self.now) if row else None

    def sessions_to_wake(self, most: int) -> list[str]:
        """The conversations whose silence is due."""
        return [row.id for row in self.all(_to_wake, now=self.now, most=most)]

    def spoken(self, person: Person, since: datetime, most: int) -> Sequence[tuple[str, str]]:
        """Kind and text of the newest bubbles put out for her since then."""
        rows = self.all(_spoken, person=person.id, since=since, most=most)
        return [(row.kind, row.bubble["text"]) for row in rows]

    def shown(self, person: Person, since: datetime, most: int) -> Sequence[tuple[str, datetime]]:
        """Conversation ("" for none) and time of the newest messages put out for her since then."""
        rows = self.all(_shown, person=person.id, since=since, now=self.now, most=most)
        return [(row.session or "", row.made_at) for row in rows]

    def session_of_message(self, person: Person, platform_id: str) -> str | None:
        """The conversation a sent message belonged to."""
        rows = self.all(_of_message, platform_id=platform_id, person=person.id)
        return rows[-1].session if rows else None

    def keep_session(self, kept: OpenSession) -> None:
        """Write a conversation; a new one is given its id."""
        self._known.pop(("sessions", kept.person), None)
        values: dict[str, Any] = {
            "state": kept.state,
            "asked_at": kept.asked_at,
            "wake_at": kept.wake_at,
            "expires_at": kept.expires_at,
            "closed": kept.closed,
        }
        if kept.id:
            self.db.execute(_change_session, {"this": kept.id, **values})
            return
        kept.id = self.codes(_SESSION_ID)
        named = {"id": kept.id, "person": kept.person, "dialogue": kept.dialogue}
        self.db.execute(_write_session, {**named, **values})


def _as_session(row: Row[Any], now: datetime) -> OpenSession:
    return OpenSession(
        row.id,
        row.person,
        row.dialogue,
        row.state,
        row.asked_at,
        row.wake_at,
        row.expires_at,
        row.closed or row.expires_at <= now,
    )
