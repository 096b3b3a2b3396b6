"""One transaction's view of everything: people, books, conversations and what goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import bindparam, insert, select, text

from bot.domain import changes
from bot.domain.changes import Change
from bot.domain.kinds import Kind
from bot.domain.people import Person
from bot.ports import Bubble, Happened
from storage.articles import ArticleReading
from storage.bubbles import packed
from storage.conversing import Conversing
from storage.guides import GuideReading
from storage.habits import HabitReading
from storage.meeting import Meeting
from storage.outgoing import outbox
from storage.reading.broadcasts import BroadcastReading
from storage.reading.buddies import BuddyReading
from storage.reading.consult import ConsultReading
from storage.reading.ending import EndingReading
from storage.reading.meter import MeterReading
from storage.reading.notebook import NotebookReading
from storage.reading.pictures import PictureReading
from storage.reading.privacy import PrivacyReading
from storage.recording import (  # noqa: F401 - they register
    broadcasts,
    buddies,
    cash,
    consult,
    deposits,
    disputes,
    ending,
    focus,
    notebook,
    payouts,
    people,
    pictures,
    plans,
    privacy,
    programme,
    sketches,
    words,
)
from storage.recording.base import record
from storage.sharing import SharingReading, is_shared
from storage.tables import UtcTime, contact

_note = text(
    "INSERT INTO inbox (channel, message, heard_at) VALUES (:channel, :message, :now)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("now", type_=UtcTime))

_reach = (
    select(contact.c.id, contact.c.channel, is_shared)
    .where(contact.c.person == bindparam("person"), ~contact.c.gone)
    .order_by(contact.c.heard_at.desc(), contact.c.id)
    .limit(1)
)

_write_letter = insert(outbox)

#: Changes of money alone, after which people and where they belong are as they were.
_ONLY_MONEY = (
    changes.DepositClaimed,
    changes.ClaimReceived,
    changes.ClaimRefused,
    changes.ClaimWithdrawn,
    changes.ClaimReplaced,
    changes.DepositsRecorded,
)
_PEOPLE = {"person", "zone", "places", "mentors", "members", "member", "reach", "sessions"}


class SqlBooks(
    HabitReading,
    NotebookReading,
    BroadcastReading,
    BuddyReading,
    GuideReading,
    PrivacyReading,
    MeterReading,
    SharingReading,
    ArticleReading,
    ConsultReading,
    PictureReading,
    EndingReading,
    Meeting,
    Conversing,
):
    """Fulfils ``bot.ports.Writing``."""

    def first_time(self, channel: str, message_id: str) -> bool:
        """Note a message; False when it was here before."""
        noted = self.db.execute(_note, {"channel": channel, "message": message_id, "now": self.now})
        return noted.rowcount == 1

    def record(self, change: Change) -> Sequence[Happened]:
        """Write what was agreed. Raises Conflict."""
        stays = _PEOPLE if isinstance(change, _ONLY_MONEY) else ()
        self.forget(but=stays)  # what is written is decided by what is so now
        happened = record(change, self)
        self.forget(but=stays)
        return happened

    def post(
        self,
        person: Person,
        bubble: Bubble,
        kind: str,
        session_id: str | None,
        heard_at: datetime | None = None,
    ) -> None:
        """Put a bubble into the outbox, for the chat she used last."""
        reach = self.once(("reach", person.id), lambda: self.maybe(_reach, person=person.id))
        if reach is None:
            return
        row = {
            "contact": reach.id,
            "channel": reach.channel,
            "kind": kind,
            "rank": Kind(kind).rank,
            "bubble": packed(_for_her(person, bubble) if reach.shared else bubble),
            "session": session_id,
            "state": "waiting",
            "heard_at": heard_at,
            "made_at": self.now,
            "due_at": self.now,
        }
        self.db.execute(_write_letter, row)


def _for_her(person: Person, bubble: Bubble) -> Bubble:
    """On a phone of several each message begins with her name, and says nothing before it."""
    if not person.name or not bubble.text:
        return bubble
    return replace(bubble, text=f"*{person.called}*\n{bubble.text}")
