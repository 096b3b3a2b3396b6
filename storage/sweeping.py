"""What is swept away: messages no platform repeats, conversations long over, strangers who left."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, Delete, delete, exists, or_, select, union

from storage.broadcast_tables import broadcast, recipient, vote
from storage.ledger_tables import claim
from storage.outgoing import chat_pace, outbox, report
from storage.tables import (
    contact,
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

#: Letters, and to whom a broadcast went, are kept to answer "did it arrive?" for so long.
TRACED = timedelta(days=90)

#: A chat's pace matters for seconds; deleted late enough that nobody reads it any more.
PACED = timedelta(hours=1)

#: Somebody who never joined anything is forgotten after this long.
STRANGER = timedelta(days=30)

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
    settled = outbox.c.state.not_in(("waiting", "sending"))
    return [
        delete(inbox).where(inbox.c.heard_at <= now - REPEATED),
        delete(session).where(
            or_(session.c.expires_at <= now - REMEMBERED, session.c.person.in_(strangers))
        ),
        delete(outbox).where(
            or_(settled & (outbox.c.made_at <= now - TRACED), outbox.c.contact.in_(theirs))
        ),
        # The tips that groups have heard stay: they are not told them again.
        *(
            delete(one).where(
                one.c.broadcast.in_(
                    select(broadcast.c.id).where(broadcast.c.begun_at <= now - TRACED)
                )
            )
            for one in (recipient, vote)
        ),
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
