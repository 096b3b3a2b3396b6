"""Chats that several women share: one of them owns the address, the others stand beside it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Select,
    bindparam,
    delete,
    exists,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.people import Person
from bot.domain.sharing import Shared
from storage.privacy_tables import shared_chat
from storage.reading.base import Reading
from storage.tables import contact

#: Stands between an address and what makes it another's; no platform's id has it.
BESIDE = "#"

_beside = contact.alias("beside")
#: Whether others stand beside a chat, or it stands beside another.
is_shared = or_(
    contact.c.shares.is_not(None), exists().where(_beside.c.shares == contact.c.id)
).label("shared")

_chat_of: Select[Any, Any] = (
    select(func.coalesce(contact.c.shares, contact.c.id).label("chat"), is_shared)
    .where(contact.c.person == bindparam("person"), ~contact.c.gone)
    .order_by(contact.c.heard_at.desc(), contact.c.id)
    .limit(1)
)
_sharers = (
    select(contact.c.person)
    .where(or_(contact.c.id == bindparam("chat"), contact.c.shares == bindparam("chat")))
    .order_by(contact.c.id)
)
_known = select(shared_chat).where(shared_chat.c.contact == bindparam("chat"))


class SharingReading(Reading):
    """Fulfils ``bot.domain.sharing.SharingBooks`` and ``bot.sharing.Chats``."""

    def sharing(self, person: Person) -> Shared | None:
        """The shared chat she is reached by."""
        reach = self.remembered(("reach", person.id))
        if reach is not None and not reach.shared:  # as it is for nearly everybody
            return None
        found = self.maybe(_chat_of, person=person.id)
        if found is None or not found.shared:
            return None
        people = [self.person(row.person) for row in self.all(_sharers, chat=found.chat)]
        known = self.maybe(_known, chat=found.chat)
        if known is None:
            return Shared(found.chat, people, None, None)
        speaker = next((one for one in people if one.id == known.speaker), None)
        return Shared(found.chat, people, speaker, known.until, known.words, known.media)

    def speaks(self, shared: Shared, speaker: Person, until: datetime) -> None:
        """Note who is writing."""
        self._know(shared.chat, speaker=speaker.id, until=until, words="", media="")
        hers = (contact.c.person == speaker.id) & (
            or_(contact.c.id == shared.chat, contact.c.shares == shared.chat)
        )
        self.db.execute(update(contact).where(hers).values(heard_at=self.now))

    def wait_for_speaker(self, shared: Shared, words: str, media: str) -> None:
        """Keep what came while we do not know who writes."""
        self._know(shared.chat, words=words, media=media)

    def _know(self, chat: int, **values: object) -> None:
        row = update(shared_chat).where(shared_chat.c.contact == chat).values(values)
        if self.db.execute(row).rowcount == 0:
            fresh = {"contact": chat, "words": "", "media": "", **values}
            self.db.execute(insert(shared_chat), fresh)


def leave_shared(db: Connection, person_id: int) -> None:
    """Let the next woman own a shared chat before the one who owned it is forgotten.

    Hers stands beside it then, for our last words to her.
    """
    mine = select(contact).where(contact.c.person == person_id).order_by(contact.c.id)
    for row in db.execute(mine).all():
        number = row.phone or row.address
        aside = {"address": f"{row.address.split(BESIDE)[0]}{BESIDE}{row.id}", "phone": number}
        others = db.scalars(
            select(contact.c.id).where(contact.c.shares == row.id).order_by(contact.c.id)
        ).all()
        if others:
            this = update(contact).where(contact.c.id == row.id)
            db.execute(delete(shared_chat).where(shared_chat.c.contact == row.id))
            db.execute(this.values(**aside))
            first = {"address": row.address, "phone": row.phone, "shares": None}
            db.execute(update(contact).where(contact.c.id == others[0]).values(first))
            db.execute(update(contact).where(contact.c.id.in_(others[1:])).values(shares=others[0]))
        elif row.shares is not None:
            db.execute(update(contact).where(contact.c.id == row.id).values(shares=None))
