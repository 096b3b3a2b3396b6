"""One transaction's view of everything: people, books, conversations and what goes out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import Row, String, bindparam, exists, insert, or_, select, text, update

from bot.domain import changes
from bot.domain.changes import Change
from bot.domain.kinds import Kind
from bot.domain.people import Person
from bot.doors import NEARLY
from bot.ports import Bubble, Happened, OpenSession
from bot.told import Moved
from storage import (  # noqa: F401 - they register
    recording_broadcasts,
    recording_buddies,
    recording_cash,
    recording_consult,
    recording_disputes,
    recording_ending,
    recording_focus,
    recording_notebook,
    recording_payouts,
    recording_pictures,
    recording_plans,
    recording_privacy,
    recording_programme,
    recording_sketches,
    recording_words,
)
from storage.articles import ArticleReading
from storage.broadcast_tables import broadcast
from storage.bubbles import packed
from storage.claiming import HELD
from storage.guides import GuideReading
from storage.habits import HabitReading
from storage.outgoing import outbox
from storage.reading_broadcasts import BroadcastReading
from storage.reading_buddies import BuddyReading
from storage.reading_consult import ConsultReading
from storage.reading_ending import EndingReading
from storage.reading_meter import MeterReading
from storage.reading_notebook import NotebookReading
from storage.reading_pictures import PictureReading
from storage.reading_privacy import PrivacyReading
from storage.recording import record
from storage.sharing import BESIDE, SharingReading, is_shared
from storage.tables import UtcTime, contact, person, session

_note = text(
    "INSERT INTO inbox (channel, message, heard_at) VALUES (:channel, :message, :now)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("now", type_=UtcTime))

# NO KEY UPDATE: others may point at her (a letter, a conversation) while we hold her; with a full
# lock two people writing to each other at once would wait for each other for ever.
_anyone = (
    select(
        contact.c.id.label("contact"),
        contact.c.open_until,
        contact.c.phone,
        person.c.id,
        person.c.name,
        person.c.sapaan,
        is_shared,
    )
    .join(person, person.c.id == contact.c.person)
    .where(contact.c.channel == bindparam("channel"))
    .with_for_update(of=person, key_share=True)
)
_who = _anyone.where(contact.c.address == bindparam("address"))
# Known before by her number only, or known by the platform's id and now only her number is told.
_who_else = (
    _anyone.where(
        ~contact.c.address.contains(BESIDE),
        or_(
            contact.c.address == bindparam("phone", type_=String),
            contact.c.phone == bindparam("address", type_=String),
        ),
    )
    .order_by(contact.c.id)
    .limit(1)
)
_her = (
    select(person.c.id)
    .where(person.c.id == bindparam("person"))
    .with_for_update(of=person, key_share=True)
)
_new_contact = text(
    "INSERT INTO contact (channel, address, person, heard_at) VALUES (:channel, :address, :person, :now)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("now", type_=UtcTime))
_this_contact = contact.c.id == bindparam("contact")
_heard_from = update(contact).where(_this_contact).values(heard_at=bindparam("now"), gone=False)
_beside = contact.c.shares == bindparam("contact")
_heard_beside = update(contact).where(_beside).values(gone=False)
_all_of_it = select(contact.c.id).where(or_(_this_contact, _beside)).order_by(contact.c.id)
_at = select(contact.c.id).where(
    contact.c.channel == bindparam("of"), contact.c.address == bindparam("there")
)
_move = (
    update(contact)
    .where(
        contact.c.channel == bindparam("of"),
        or_(contact.c.address == bindparam("old"), contact.c.phone == bindparam("old")),
        contact.c.shares.is_(None),
    )
    .values(address=bindparam("new"), phone=None)
    .returning(contact.c.id)
)
_not_hers_any_more = (
    update(contact)
    .where(
        contact.c.channel == bindparam("of"),
        contact.c.phone == bindparam("number"),
        contact.c.id != bindparam("contact"),
        contact.c.shares.is_(None),
    )
    .values(phone=None)
)
# What waited for her to write again goes out now; of what comes every day or week only the newest.
_newer = outbox.alias("newer")
_overtaken = (
    update(outbox)
    .where(
        outbox.c.contact == bindparam("whose"),
        outbox.c.state == "waiting",
        or_(
            outbox.c.kind.in_(("reminder", "summary", "step")),
            outbox.c.broadcast.in_(select(broadcast.c.id).where(broadcast.c.weekly)),
        ),
        exists().where(
            _newer.c.contact == outbox.c.contact,
            _newer.c.state.in_(("waiting", "sending")),  # perhaps just found held, too
            _newer.c.kind == outbox.c.kind,
            _newer.c.id > outbox.c.id,
        ),
    )
    .values(state="cancelled", reason="a newer one goes instead", settled_at=bindparam("now"))
)
_let_out = (
    update(outbox)
    .where(
        outbox.c.contact == bindparam("whose"),
        outbox.c.state == "waiting",
        outbox.c.reason == HELD,
    )
    .values(due_at=bindparam("now"), made_at=bindparam("now"), tries=0, reason=None)
)
_on_its_way = select(
    exists().where(
        outbox.c.contact.in_(select(contact.c.id).where(contact.c.person == bindparam("person"))),
        (outbox.c.state == "sending")
        | (outbox.c.state == "waiting") & (outbox.c.due_at <= bindparam("now")),
    )
)
_reach = (
    select(contact.c.id, contact.c.channel, is_shared)
    .where(contact.c.person == bindparam("person"), ~contact.c.gone)
    .order_by(contact.c.heard_at.desc(), contact.c.id)
    .limit(1)
)

_open = (
    select(session)
    .where(
        session.c.person == bindparam("person"),
        ~session.c.closed,
        session.c.expires_at > bindparam("now"),
    )
    .order_by(session.c.asked_at.nulls_first(), session.c.id)
)
_beyond = (
    select(session)
    .where(
        session.c.person == bindparam("person"),
        ~session.c.closed,
        session.c.expires_at > bindparam("now"),
    )
    .order_by(session.c.asked_at.desc().nulls_last(), session.c.id.desc())
    .offset(bindparam("most"))
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
    outbox.c.contact.in_(select(contact.c.id).where(contact.c.person == bindparam("person"))),
)

_spoken = (
    select(outbox.c.kind, outbox.c.bubble)
    .where(
        outbox.c.contact.in_(select(contact.c.id).where(contact.c.person == bindparam("person"))),
        outbox.c.made_at >= bindparam("since"),
        outbox.c.says.is_(None),
    )
    .order_by(outbox.c.id.desc())
    .limit(bindparam("most"))
)

_write_session, _write_letter = insert(session), insert(outbox)

#: Changes of money alone, after which people and where they belong are as they were.
_ONLY_MONEY = (
    changes.DepositClaimed,
    changes.ClaimReceived,
    changes.ClaimRefused,
    changes.ClaimWithdrawn,
    changes.DepositsRecorded,
)
_PEOPLE = {"person", "zone", "places", "mentors", "members", "member", "reach", "sessions"}

#: Signs of a session's id: short, since every button carries it.
_SESSION_ID = 8


class _Reach(NamedTuple):
    """The chat somebody is reached by."""

    id: int
    channel: str
    shared: bool


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
):
    """Fulfils ``bot.ports.Writing``."""

    def first_time(self, channel: str, message_id: str) -> bool:
        """Note a message; False when it was here before."""
        noted = self.db.execute(_note, {"channel": channel, "message": message_id, "now": self.now})
        return noted.rowcount == 1

    def meet(
        self, channel: str, address: str, phone: str = "", open_until: datetime | None = None
    ) -> Person:
        """The person behind an address, locked until the end of the transaction."""
        self.forget()  # a message begins
        where = {"channel": channel, "address": address}
        found = self.db.execute(_who, where).one_or_none()
        if found is None:
            found = self.db.execute(_who_else, {**where, "phone": phone or address}).one_or_none()
        if found is None:
            made = self.db.execute(insert(person), {"name": "", "sapaan": "Bu", "met_at": self.now})
            (person_id,) = made.inserted_primary_key or (None,)
            self.db.execute(_new_contact, {**where, "person": person_id, "now": self.now})
            # Should another have met her in this very moment, theirs is the one that counts.
            found = self.db.execute(_who, where).one()
        else:
            self.db.execute(_heard_from, {"contact": found.contact, "now": self.now})
            if found.shared:
                self.db.execute(_heard_beside, {"contact": found.contact})
        self._known_as(found, where, phone)
        if open_until is not None and open_until > max(self.now, found.open_until or self.now):
            self.db.execute(
                update(contact)
                .where(or_(_this_contact, _beside))
                .values(open_until=open_until, knocked_at=None, stuck_at=None),
                {"contact": found.contact},
            )
            if found.open_until is None or found.open_until <= self.now + NEARLY:
                for whose in self.db.scalars(_all_of_it, {"contact": found.contact}).all():
                    self.db.execute(_overtaken, {"whose": whose, "now": self.now})
                    self.db.execute(_let_out, {"whose": whose, "now": self.now})
        she = Person(found.id, found.name, found.sapaan)
        self.once(("person", she.id), lambda: she)
        self.once(("reach", she.id), lambda: _Reach(found.contact, channel, bool(found.shared)))
        return she

    def _known_as(self, found: Any, where: dict[str, str], phone: str) -> None:
        """Keep the platform's id of her and her number apart; a number is only ever one contact's."""
        if not phone or phone == found.phone:
            return
        one = {"contact": found.contact}
        named = update(contact).where(_this_contact).values(address=where["address"], phone=phone)
        self.db.execute(named, one)
        self.db.execute(update(contact).where(_beside).values(phone=phone), one)
        theirs = {**one, "of": where["channel"], "number": phone}
        self.db.execute(_not_hers_any_more, theirs)

    def waits_for(self, person: Person) -> bool:
        """Whether anything is on its way to her."""
        return bool(self.one(_on_its_way, person=person.id, now=self.now)[0])

    def moved(self, one: Moved) -> None:
        """Keep somebody's new address, unless she has written from there already."""
        where = {"of": one.channel, "old": one.old, "new": one.new}
        if self.maybe(_at, of=one.channel, there=one.new) is None:
            for chat in self.db.scalars(_move, where).all():
                beside = update(contact).where(_beside).values(phone=one.new)
                self.db.execute(beside, {"contact": chat})

    def hold(self, person: int) -> None:
        """Lock someone until the end of the transaction."""
        self.db.execute(_her, {"person": person})

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
