"""Who is behind an address, and what waited for her to write from it."""

from __future__ import annotations

from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import String, and_, bindparam, exists, insert, or_, select, text, update

from bot.domain.people import Person
from bot.doors import NEARLY
from bot.told import Moved
from storage.broadcast_tables import broadcast
from storage.claiming import HELD
from storage.outgoing import outbox
from storage.reading.base import Reading
from storage.sharing import BESIDE, is_shared
from storage.tables import UtcTime, contact, member, person

#: Every chat she is or was reached by.
her_chats = select(contact.c.id).where(contact.c.person == bindparam("person"))
_newer_chat = contact.alias("newer_chat")
#: Of a member the chat she used last, of those she has not left.
her_chat = and_(
    contact.c.person == member.c.person,
    ~contact.c.gone,
    ~exists().where(
        _newer_chat.c.person == contact.c.person,
        ~_newer_chat.c.gone,
        or_(
            _newer_chat.c.heard_at > contact.c.heard_at,
            and_(_newer_chat.c.heard_at == contact.c.heard_at, _newer_chat.c.id < contact.c.id),
        ),
    ),
)

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
        outbox.c.contact.in_(her_chats),
        (outbox.c.state == "sending")
        | (outbox.c.state == "waiting") & (outbox.c.due_at <= bindparam("now")),
    )
)


class Reach(NamedTuple):
    """The chat somebody is reached by."""

    id: int
    channel: str
    shared: bool


class Meeting(Reading):
    """Fulfils what ``bot.ports.Writing`` says of people and their chats."""

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
        self.once(("reach", she.id), lambda: Reach(found.contact, channel, bool(found.shared)))
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
