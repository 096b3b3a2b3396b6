"""What is swept away: messages no platform repeats, conversations long over, strangers who left."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Delete, delete, exists, or_, select, union

from bot.domain.pictures import KEPT
from storage.ledger_tables import claim
from storage.outgoing import chat_pace, outbox, report
from storage.picture_tables import photo
from storage.tables import (
    contact,
    errand,
    group_mentor,
    inbox,
    member,
    mentor,
    mentor_invite,
    opt_in,
    person,
    practice_line,
    practice_photo,
    session,
)

#: Platforms repeat a message for up to seven days.
REPEATED = timedelta(days=8)

#: A button of an old message still finds its conversation for so long.
REMEMBERED = timedelta(days=30)

#: Letters are kept to answer "did it arrive?" for so long.
TRACED = timedelta(days=90)

#: A chat's pace matters for seconds; deleted late enough that nobody reads it any more.
PACED = timedelta(hours=1)

#: Somebody who never joined anything is forgotten after this long.
STRANGER = timedelta(days=30)

#: What was sent and worked on is forgotten after this long; what waits so long is let be.
WORKED_ON = timedelta(days=7)

#: What was played in the practice room is kept for so long.
PLAYED = timedelta(days=30)


def sweep(db: Connection, now: datetime) -> None:
    """Delete what is older than its time; every step may be done again."""
    for step in _steps(now):
        db.execute(step)


def _waiting_for(one: ColumnElement[int]) -> ColumnElement[bool]:
    return exists().where(outbox.c.contact == one, outbox.c.state == "waiting")


def _steps(now: datetime) -> list[Delete]:
    someone = union(
        select(member.c.person),
        select(mentor.c.person),
        select(group_mentor.c.person),
        select(claim.c.confirmer),
        select(mentor_invite.c.used_by).where(mentor_invite.c.used_by.is_not(None)),
    )
    stranger = ~person.c.id.in_(someone.scalar_subquery()) & ~exists().where(
        contact.c.person == person.c.id, contact.c.heard_at > now - STRANGER
    )
    waits = exists().where(contact.c.person == person.c.id, _waiting_for(contact.c.id))
    strangers = select(person.c.id).where(stranger, person.c.met_at <= now - STRANGER, ~waits)
    theirs = select(contact.c.id).where(contact.c.person.in_(strangers))
    here = select(member.c.person).where(member.c.active).scalar_subquery()
    settled = outbox.c.state.not_in(("waiting", "sending"))
    return [
        delete(inbox).where(inbox.c.heard_at <= now - REPEATED),
        delete(session).where(
            or_(session.c.expires_at <= now - REMEMBERED, session.c.person.in_(strangers))
        ),
        delete(outbox).where(
            or_(settled & (outbox.c.made_at <= now - TRACED), outbox.c.contact.in_(theirs))
        ),
        delete(errand).where(
            or_(errand.c.made_at <= now - WORKED_ON, errand.c.person.in_(strangers))
        ),
        delete(photo).where(or_(photo.c.made_at <= now - KEPT, photo.c.person.not_in(here))),
        delete(opt_in).where(opt_in.c.contact.in_(theirs)),
        delete(report).where(report.c.at <= now - TRACED),
        delete(chat_pace).where(
            or_(chat_pace.c.free_at <= now - PACED, chat_pace.c.contact.in_(theirs))
        ),
        delete(contact).where(contact.c.person.in_(strangers)),
        delete(person).where(
            ~person.c.id.in_(someone.scalar_subquery()),
            ~exists().where(contact.c.person == person.c.id),
            person.c.met_at <= now - STRANGER,
        ),
        delete(practice_line).where(practice_line.c.at <= now - PLAYED),
        delete(practice_photo).where(practice_photo.c.at <= now - PLAYED),
    ]
