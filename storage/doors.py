"""The windows within which a platform lets us write freely, and what is known of each."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, exists, insert, select, update

from bot.domain.metering import Form
from bot.domain.people import Person
from bot.doors import Door
from bot.ports import (
    Letter,
)
from storage.claiming import HELD
from storage.metering import Metered, count_sent
from storage.outbox import TEMPLATE
from storage.outgoing import outbox
from storage.tables import contact, group, group_mentor, member, opt_in, person

_whose = select(outbox.c.contact).where(outbox.c.id == bindparam("letter")).scalar_subquery()
_door = (
    select(
        contact.c.id,
        contact.c.person,
        contact.c.open_until,
        contact.c.knocked_at,
        person.c.name,
        person.c.sapaan,
        exists()
        .where(opt_in.c.contact == contact.c.id, opt_in.c.ended_at.is_(None))
        .label("welcome"),
    )
    .join(person, person.c.id == contact.c.person)
    .where(contact.c.id == _whose)
)
# Of what has been tried: what is planned for later does not wait for her yet.
_newest = (
    select(outbox.c.kind, outbox.c.made_at)
    .where(
        outbox.c.contact == bindparam("contact"),
        (outbox.c.state == "sending") | (outbox.c.state == "waiting") & (outbox.c.reason == HELD),
    )
    .order_by(outbox.c.id.desc())
    .limit(1)
)
_mine = (
    select(group.c.id, group.c.name)
    .join(member, member.c.group_id == group.c.id)
    .where(member.c.person == bindparam("person"), member.c.active, group.c.open)
    .order_by(group.c.id)
    .limit(1)
)
_led = (
    select(group.c.id, group.c.name)
    .join(group_mentor, group_mentor.c.group_id == group.c.id)
    .where(group_mentor.c.person == bindparam("person"), group.c.open)
    .order_by(group.c.id)
    .limit(1)
)
_mentor = (
    select(person.c.name, person.c.sapaan)
    .join(group_mentor, group_mentor.c.person == person.c.id)
    .where(group_mentor.c.group_id == bindparam("group"))
    .order_by(person.c.id)
    .limit(1)
)
_this = contact.c.id == _whose
_shut = update(contact).where(_this).values(open_until=bindparam("now"))
_knocked = update(contact).where(_this).values(knocked_at=bindparam("now"))
_stuck = (
    update(contact)
    .where(_this, contact.c.stuck_at.is_(None))
    .values(stuck_at=bindparam("now"))
    .returning(contact.c.person)
)
_of_letter = select(outbox.c.contact, outbox.c.channel, outbox.c.session).where(
    outbox.c.id == bindparam("letter")
)


class SqlDoors:
    """Fulfils ``bot.ports.Doors``; each method is a transaction of its own."""

    def __init__(
        self, connection: Callable[[], AbstractContextManager[Connection]], metered: Metered
    ) -> None:
        self._connection, self._metered = connection, metered

    def door(self, letter: Letter) -> Door:
        """The door of the chat a letter goes to."""
        with self._connection() as db:
            row = db.execute(_door, {"letter": letter.id}).one()
            newest = db.execute(_newest, {"contact": row.id}).one_or_none()
            facts = {"nama": Person(row.person, row.name, row.sapaan).called}
            home = self._home(db, row.person)
            facts["kelompok"] = home.name if home else "Pendamping"
            facts["pendamping"] = self._leader(db, home.id) if home else "pendamping"
        return Door(
            row.open_until,
            row.welcome,
            row.knocked_at,
            newest.kind if newest else letter.kind,
            newest.made_at if newest else letter.since,
            facts,
        )

    def shut(self, letter: Letter, now: datetime) -> None:
        """The platform says that this window is closed."""
        with self._connection() as db:
            db.execute(_shut, {"letter": letter.id, "now": now})

    def knocked(self, letter: Letter, template: str, platform_id: str, now: datetime) -> None:
        """A template went out: it is kept as a letter of its own, so that its fate is known."""
        with self._connection() as db:
            row = db.execute(_of_letter, {"letter": letter.id}).one()
            db.execute(_knocked, {"letter": letter.id, "now": now})
            sent = {
                "contact": row.contact,
                "channel": row.channel,
                "kind": TEMPLATE,
                "rank": 0,
                "bubble": {"text": template, "buttons": [], "qr": "", "media": ""},
                "session": row.session,
                "state": "sent",
                "tries": 1,
                "made_at": now,
                "due_at": now,
                "settled_at": now,
                "platform_id": platform_id or None,
            }
            db.execute(insert(outbox), sent)
            count_sent(db, self._metered, [letter.id], now, Form.TEMPLATE)

    def stuck(self, letter: Letter, now: datetime) -> tuple[int, int] | None:
        """Note that she cannot be reached: her and her group's id the first time, None after it."""
        with self._connection() as db:
            found = db.execute(_stuck, {"letter": letter.id, "now": now}).one_or_none()
            home = self._home(db, found.person) if found else None
            return (found.person, home.id) if found and home else None

    def _home(self, db: Connection, person_id: int) -> Any:
        asked = {"person": person_id}
        return db.execute(_mine, asked).one_or_none() or db.execute(_led, asked).one_or_none()

    def _leader(self, db: Connection, group_id: int) -> str:
        row = db.execute(_mentor, {"group": group_id}).one_or_none()
        return Person(0, row.name, row.sapaan).called if row else "pendamping"
