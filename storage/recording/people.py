"""Writing down who joins, leads, changes, holds the celengan and leaves."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update

from bot.domain import changes
from bot.domain.cash import CashKind
from bot.domain.changes import Consent
from bot.domain.counting import unanswered
from bot.domain.people import Group, Person
from bot.ports import Conflict, Happened
from storage.buddy_tables import buddy
from storage.ledger import next_number
from storage.reading.base import hashed
from storage.reading.words import WordsReading
from storage.recording.base import once, record
from storage.retention import STRANGER
from storage.tables import (
    consent,
    contact,
    group,
    group_mentor,
    member,
    mentor,
    mentor_invite,
    opt_in,
    person,
)

#: Signs of a group's join code: read aloud, typed on small keys, and not to be guessed.
_JOIN_CODE = 6

_this_group = group.c.id == bindparam("this")
_this_member = (member.c.group_id == bindparam("in_group")) & (member.c.number == bindparam("this"))
_her_place = (member.c.group_id == bindparam("in_group")) & (member.c.person == bindparam("who"))
_met_long_ago = (
    update(person).where(person.c.id == bindparam("who")).values(met_at=bindparam("when"))
)
_heard_long_ago = (
    update(contact).where(contact.c.person == bindparam("who")).values(heard_at=bindparam("when"))
)
_use_invite = (
    update(mentor_invite)
    .where(mentor_invite.c.code_hash == bindparam("hash"), mentor_invite.c.used_by.is_(None))
    .values(used_by=bindparam("by"))
)
_name = update(person).where(person.c.id == bindparam("this"))
_set_holder = update(group).where(_this_group).values(holder=bindparam("number"))
_change_member = update(member).where(_this_member)
_move_contacts = (
    update(contact).where(contact.c.person == bindparam("old")).values(person=bindparam("new"))
)
_channel_of = (
    select(contact.c.id, contact.c.channel)
    .where(contact.c.person == bindparam("person"))
    .order_by(contact.c.heard_at.desc())
    .limit(1)
)
# Her buddy hears no more of her, nor she of those whose buddy she was.
_no_buddies = (
    update(buddy)
    .where(
        buddy.c.state != "ended",
        (buddy.c.group_id == bindparam("in_group")) & (buddy.c.member == bindparam("this"))
        | (buddy.c.person == bindparam("who")),
    )
    .values(state="ended", person=None, code=None, ended_at=bindparam("at"))
)
_opt_out = (
    update(opt_in)
    .where(
        opt_in.c.contact.in_(select(contact.c.id).where(contact.c.person == bindparam("who"))),
        opt_in.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at"))
)
_withdraw_consent = (
    update(consent)
    .where(
        consent.c.group_id == bindparam("in_group"),
        consent.c.member == bindparam("this"),
        consent.c.withdrawn_at.is_(None),
    )
    .values(withdrawn_at=bindparam("at"))
)


# People and groups


@record.register
def _(change: changes.MentorJoined, books: WordsReading) -> Sequence[Happened]:
    name = books.mentor_invited(change.code)
    once(books, _use_invite, hash=hashed(change.code), by=change.person.id)
    if not books.is_mentor(change.person):
        books.db.execute(insert(mentor), {"person": change.person.id, "since": books.now})
    opt_in_of(books, change.person, "mentor", "/start m_…")
    rename(books, change.person, name or "", change.person.sapaan)
    return [Happened(change)]


@record.register
def _(change: changes.GroupOpened, books: WordsReading) -> Sequence[Happened]:
    row = {
        "name": change.name,
        "place": change.place,
        "zone": change.zone,
        "ends_on": change.ends_on,
        "code": books.codes(_JOIN_CODE),
        "opened_at": books.now,
    }
    (group_id,) = books.db.execute(insert(group), row).inserted_primary_key or (0,)
    leads = {"group_id": group_id, "person": change.mentor.id}
    books.db.execute(insert(group_mentor), leads)
    books.forget()
    return [Happened(change, {"group": group_id})]


@record.register
def _(change: changes.ConsentRefused, books: WordsReading) -> Sequence[Happened]:
    # As one whom nobody has heard of for long she is forgotten at the next sweep, unless she is
    # somebody here already.
    long_ago = {"who": change.person.id, "when": books.now - STRANGER}
    books.db.execute(_met_long_ago, long_ago)
    books.db.execute(_heard_long_ago, long_ago)
    return [Happened(change)]


@record.register
def _(change: changes.MemberJoined, books: WordsReading) -> Sequence[Happened]:
    rename(books, change.person, change.name, change.sapaan)
    number = _enrol(
        books,
        change.group,
        change.person.id,
        business=change.business,
        usual_rupiah=change.usual.rupiah if change.usual else None,
        remind_at=change.remind_at,
    )
    _keep_consent(books, change.group, number, change.person, change.consent)
    return [Happened(change, {"group": change.group.id, "member": number})]


@record.register
def _(change: changes.MemberAdded, books: WordsReading) -> Sequence[Happened]:
    row = {"name": change.name, "sapaan": change.sapaan, "met_at": books.now}
    (person_id,) = books.db.execute(insert(person), row).inserted_primary_key or (0,)
    number = _enrol(books, change.group, person_id)
    return [Happened(change, {"group": change.group.id, "member": number})]


@record.register
def _(change: changes.TakeoverAsked, _books: WordsReading) -> Sequence[Happened]:
    consent_given = {"version": change.consent.version, "wording": change.consent.wording}
    facts = {"group": change.group.id, "member": change.member.number, "person": change.person.id}
    return [Happened(change, {**facts, **consent_given})]


@record.register
def _(change: changes.TakeoverGranted, books: WordsReading) -> Sequence[Happened]:
    if change.member.person.reachable:
        raise Conflict("she has a phone by now")
    _keep_consent(books, change.group, change.member.number, change.person, change.consent)
    books.db.execute(_move_contacts, {"old": change.person.id, "new": change.member.person.id})
    books.forget()
    return [Happened(change, {"group": change.group.id, "member": change.member.number})]


@record.register
def _(change: changes.TakeoverRefused, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, {"group": change.group.id, "member": change.member.number})]


@record.register
def _(change: changes.ProfileChanged, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    rename(books, she.person, she.person.name, she.person.sapaan)
    once(
        books,
        _change_member.values(
            business=she.business,
            usual_rupiah=she.usual.rupiah if she.usual else None,
            remind_at=she.remind_at,
        ),
        in_group=she.group,
        this=she.number,
    )
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: changes.MemberLeft, books: WordsReading) -> Sequence[Happened]:
    where = {"in_group": change.group.id, "this": change.member.number}
    left = _change_member.where(member.c.active).values(active=False, left_at=books.now)
    once(books, left, **where)
    books.db.execute(_withdraw_consent, {**where, "at": books.now})
    her = change.member.person
    books.db.execute(_no_buddies, {"who": her.id, "at": books.now, **where})
    owed = any(books.saved(one) or books.waiting_claims(one) for one in books.places(her))
    # While money of hers is here she still hears of it; the sweep ends her word after that.
    if not owed and not books.memberships(her) and not books.is_mentor(her):
        books.db.execute(_opt_out, {"who": her.id, "at": books.now})
    return [Happened(change, {"group": change.group.id, "member": change.member.number})]


# The holder


@record.register
def _(change: changes.HolderAsked, _books: WordsReading) -> Sequence[Happened]:
    facts: dict[str, int | str] = {"group": change.group.id, "member": change.member.number}
    return [Happened(change, facts)]


@record.register
def _(change: changes.HolderAccepted, books: WordsReading) -> Sequence[Happened]:
    if books.in_box(books.group(change.group.id)):
        raise Conflict("there is money in the box: it is counted and handed over")
    if unanswered(books, change.group, CashKind.HAND_OVER):
        raise Conflict("what moves the box is answered first")
    return [take_hold(change, books)]


def take_hold(change: changes.HolderAccepted, books: WordsReading) -> Happened:
    """She keeps the celengan from now on."""
    she = change.member
    books.db.execute(_set_holder, {"this": change.group.id, "number": she.number})
    return Happened(change, {"group": change.group.id, "member": she.number})


@record.register
def _(change: changes.HolderDeclined, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, {"group": change.group.id, "member": change.member.number})]


def rename(books: WordsReading, who: Person, name: str, sapaan: str) -> None:
    """Keep what somebody wants to be called."""
    books.db.execute(_name.values(name=name, sapaan=sapaan), {"this": who.id})


def _enrol(books: WordsReading, where: Group, person_id: int, **more: object) -> int:
    """Her number in the group: the one she had, if she comes back."""
    books.forget()
    who = {"in_group": where.id, "who": person_id}
    again = update(member).where(_her_place).values(active=True, left_at=None, **more)
    back = books.db.execute(again.returning(member.c.number), who).scalar()
    if back is not None:
        return int(back)
    number = next_number(books, where.id, group.c.next_member)
    row = {
        "group_id": where.id,
        "number": number,
        "person": person_id,
        "business": "",
        "joined_at": books.now,
    }
    books.db.execute(insert(member), {**row, **more})
    return number


def _keep_consent(
    books: WordsReading, where: Group, number: int, who: Person, given: Consent
) -> None:
    reached = books.maybe(_channel_of, person=who.id)
    row = {
        "group_id": where.id,
        "member": number,
        "version": given.version,
        "wording": given.wording,
        "channel": reached.channel if reached else "",
        "given_at": books.now,
    }
    books.db.execute(insert(consent), row)
    opt_in_of(books, who, given.version, given.wording)


def opt_in_of(books: WordsReading, who: Person, version: str, wording: str) -> None:
    """Keep her word that we may write to her first, on the chat she gave it in."""
    reached = books.maybe(_channel_of, person=who.id)
    if reached is not None:
        row = {"contact": reached.id, "version": version, "wording": wording}
        books.db.execute(insert(opt_in), {**row, "given_at": books.now})
