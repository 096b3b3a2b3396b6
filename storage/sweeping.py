"""What is swept away when its time is over, as ``storage.retention`` says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain

from sqlalchemy import (
    ColumnElement,
    Connection,
    Delete,
    Update,
    delete,
    exists,
    false,
    func,
    or_,
    select,
    union,
    update,
)

from bot.domain.pictures import HELD_BACK, KEPT
from bot.errands import ErrandKind
from storage.broadcast_tables import broadcast, recipient, vote
from storage.buddy_tables import buddy
from storage.consult_tables import tried
from storage.erasing import erase
from storage.ledger_tables import balance, claim
from storage.outgoing import chat_pace, outbox, report
from storage.picture_tables import photo
from storage.privacy_tables import link_code, look
from storage.recording.meeting_photos import drop_unanswered
from storage.retention import (
    FAREWELL,
    INVITED,
    LEARNT,
    LEARNT_FROM,
    LINKED,
    PACED,
    PLAYED,
    REMEMBERED,
    REPEATED,
    STRANGER,
    STRUCK,
    TRACED,
    UNANSWERED,
    WAITED,
    WATCHED,
)
from storage.tables import (
    contact,
    errand,
    group,
    group_mentor,
    inbox,
    jotting,
    member,
    mentor,
    mentor_invite,
    opt_in,
    person,
    practice_line,
    practice_photo,
    session,
    unplaced,
)

#: People who are forgotten in one sweep at most; the others wait for the next.
MOST_FORGOTTEN = 200


def sweep(db: Connection, now: datetime) -> None:
    """Delete what is older than its time; every step may be done again."""
    for step in chain(_steps(now), _more_steps(now), _strangers(now)):
        db.execute(step)
    drop_unanswered(db, now - UNANSWERED)
    for person_id in _long_gone(db, now):
        erase(db, person_id, now)
    db.execute(_no_more_to_say(now))


def _more_steps(now: datetime) -> Iterator[Delete]:
    held = (errand.c.kind == ErrandKind.GLANCE) & (errand.c.made_at > now - HELD_BACK)
    yield delete(errand).where(errand.c.due_at.is_(None), ~held)  # done, or given up
    yield delete(errand).where(errand.c.made_at <= now - WAITED)
    here = select(member.c.person).where(member.c.active).scalar_subquery()
    yield delete(photo).where(or_(photo.c.made_at <= now - KEPT, photo.c.person.not_in(here)))
    yield delete(jotting).where(jotting.c.struck_at <= now - STRUCK)
    yield delete(unplaced).where(unplaced.c.heard_at <= now - LEARNT)
    unused = mentor_invite.c.used_by.is_(None)
    yield delete(mentor_invite).where(unused, mentor_invite.c.made_at <= now - INVITED)
    yield delete(look).where(look.c.at <= now - WATCHED)
    yield delete(link_code).where(link_code.c.made_at <= now - LINKED)


def _owed() -> ColumnElement[bool]:
    """Whether a person of the query around it has savings anywhere."""
    return exists().where(
        member.c.person == person.c.id,
        balance.c.group_id == member.c.group_id,
        balance.c.member == member.c.number,
        balance.c.account == "savings",
        balance.c.rupiah != 0,
    )


def _no_more_to_say(now: datetime) -> Update:
    """End the word that we may write first of those who left, once nothing of theirs is here."""
    active = exists().where(member.c.person == person.c.id, member.c.active)
    waits = exists().where(
        member.c.person == person.c.id,
        claim.c.group_id == member.c.group_id,
        claim.c.member == member.c.number,
        claim.c.state == "waiting",
    )
    was = exists().where(member.c.person == person.c.id)
    leads = exists().where(mentor.c.person == person.c.id)
    gone = select(person.c.id).where(was, ~active, ~leads, ~_owed(), ~waits)
    theirs = select(contact.c.id).where(contact.c.person.in_(gone))
    still = opt_in.c.ended_at.is_(None)
    return update(opt_in).where(still, opt_in.c.contact.in_(theirs)).values(ended_at=now)


def _long_gone(db: Connection, now: datetime) -> list[int]:
    """Whose last group is over, or who left, so long ago that nothing of hers is needed."""
    over = or_(group.c.closed_at <= now - FAREWELL, member.c.left_at <= now - FAREWELL)
    here = exists().where(
        member.c.person == person.c.id,
        group.c.id == member.c.group_id,
        ~func.coalesce(over, false()),
    )
    leads = exists().where(mentor.c.person == person.c.id)
    was = exists().where(member.c.person == person.c.id)
    wanted = (
        select(person.c.id)
        .where(person.c.erased_at.is_(None), was, ~here, ~_owed(), ~leads)
        .order_by(person.c.id)
        .limit(MOST_FORGOTTEN)
    )
    return list(db.scalars(wanted))


def _strangers(now: datetime) -> Iterator[Delete]:
    """Whoever never joined and was silent long enough, with all that hangs on her, her row last."""
    someone = union(
        select(member.c.person),
        select(mentor.c.person),
        select(group_mentor.c.person),
        select(claim.c.confirmer),
        select(buddy.c.person).where(buddy.c.person.is_not(None)),
        select(mentor_invite.c.used_by).where(mentor_invite.c.used_by.is_not(None)),
    ).scalar_subquery()
    nobody = ~person.c.id.in_(someone) & (person.c.met_at <= now - STRANGER)
    heard = exists().where(contact.c.person == person.c.id, contact.c.heard_at > now - STRANGER)
    waits = exists().where(
        contact.c.person == person.c.id,
        outbox.c.contact == contact.c.id,
        outbox.c.state == "waiting",
    )
    strangers = select(person.c.id).where(nobody, ~heard, ~waits)
    theirs = select(contact.c.id).where(contact.c.person.in_(strangers))
    yield delete(session).where(session.c.person.in_(strangers))
    for of_chat in (recipient, opt_in, chat_pace):
        yield delete(of_chat).where(of_chat.c.contact.in_(theirs))
    yield delete(look).where(look.c.person.in_(strangers))
    yield delete(link_code).where(link_code.c.person.in_(strangers))
    # Letters and chats last: by them it is seen who is a stranger.
    yield delete(outbox).where(outbox.c.contact.in_(theirs))
    yield delete(contact).where(contact.c.person.in_(strangers))
    yield delete(person).where(nobody, ~exists().where(contact.c.person == person.c.id))


def _steps(now: datetime) -> Iterator[Delete]:
    yield delete(inbox).where(inbox.c.heard_at <= now - REPEATED)
    yield delete(session).where(session.c.expires_at <= now - REMEMBERED)
    settled = outbox.c.state.not_in(("waiting", "sending"))
    yield delete(outbox).where(settled, outbox.c.made_at <= now - TRACED)
    # The tips that groups have heard stay: they are not told them again.
    told = select(broadcast.c.id).where(broadcast.c.begun_at <= now - TRACED)
    for of_broadcast in (recipient, vote):
        yield delete(of_broadcast).where(of_broadcast.c.broadcast.in_(told))
    yield delete(report).where(report.c.at <= now - TRACED)
    yield delete(chat_pace).where(chat_pace.c.free_at <= now - PACED)
    yield delete(tried).where(tried.c.at <= now - LEARNT_FROM)
    yield delete(practice_line).where(practice_line.c.at <= now - PLAYED)
    yield delete(practice_photo).where(practice_photo.c.at <= now - PLAYED)
