"""Voice notes on their way to words."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.people import Person
from bot.files import Media
from bot.voices import VoiceNote
from storage.tables import person, voice

_next = (
    select(voice, person.c.name, person.c.sapaan)
    .join(person, person.c.id == voice.c.person)
    .where(voice.c.due_at <= bindparam("now"))
    .order_by(voice.c.due_at, voice.c.id)
    .limit(1)
    .with_for_update(of=voice, skip_locked=True)
)
_lease = (
    update(voice)
    .where(voice.c.id == bindparam("this"))
    .values(due_at=bindparam("until"), tries=voice.c.tries + 1)
)


class SqlVoices:
    """Fulfils ``bot.ports.Voices``."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def next(self, now: datetime, lease: timedelta) -> VoiceNote | None:
        """Take the oldest that is due."""
        with self._connection() as db:
            row = db.execute(_next, {"now": now}).one_or_none()
            if row is None:
                return None
            db.execute(_lease, {"this": row.id, "until": now + lease})
        who = Person(row.person, row.name, row.sapaan)
        return VoiceNote(row.id, who, Media.unpacked(row.media), row.tries + 1)
