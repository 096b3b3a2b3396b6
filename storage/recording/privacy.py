"""Writing down what happens about people's data."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain import privacy_changes as changes
from bot.ports import Conflict, Happened
from storage.erasing import erase, part
from storage.privacy_tables import link_code, look
from storage.reading.base import hashed
from storage.reading.consult import ConsultReading
from storage.reading.words import WordsReading
from storage.recording.base import once, record
from storage.recording.consult import pass_on
from storage.sharing import BESIDE, SharingReading
from storage.tables import contact, group_mentor, opt_in, person, session

#: Signs of a code for joining two chats; it is good for minutes.
_LINK_CODE = 7

#: What opting in by joining chats is kept as.
_LINKED = "sambung"

#: How long she who begins to share a phone counts as writing.
LASTS = timedelta(minutes=30)

_chat_of = (
    select(contact)
    .where(contact.c.person == bindparam("person"), ~contact.c.gone)
    .order_by(contact.c.heard_at.desc(), contact.c.id)
    .limit(1)
)
_hand_on = (
    update(group_mentor)
    .where(
        group_mentor.c.group_id == bindparam("this"),
        group_mentor.c.person == bindparam("was"),
    )
    .values(person=bindparam("now_is"))
)


@record.register
def _(change: changes.DataHandedOut, books: WordsReading) -> Sequence[Happened]:
    row = {
        "at": books.now,
        "looker": change.person.id,
        "by": "yang punya",
        "what": "data saya",
        "why": "diminta sendiri",
        "person": change.person.id,
    }
    books.db.execute(insert(look), row)
    return [Happened(change)]


@record.register
def _(change: changes.ErasureAgreed, books: WordsReading) -> Sequence[Happened]:
    if any(books.saved(one) for one in books.places(change.person)):
        raise Conflict("she has savings")
    stranger = erase(books.db, change.person.id, books.now)
    books.forget()
    return [Happened(changes.DataErased(books.person(stranger)))]


@record.register
def _(change: changes.BreachTold, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, {"words": change.words})]


@record.register
def _(
    change: changes.GroupOffered | changes.GroupDeclined, _books: WordsReading
) -> Sequence[Happened]:
    return [Happened(change, _passing(change))]


@record.register
def _(change: changes.GroupPassed, books: ConsultReading) -> Sequence[Happened]:
    once(books, _hand_on, this=change.group.id, was=change.by.id, now_is=change.to.id)
    row = {
        "at": books.now,
        "looker": change.to.id,
        "by": change.to.name,
        "what": "kelompok diserahkan",
        "why": "mendampingi kelompok ini",
        "group_id": change.group.id,
    }
    books.db.execute(insert(look), row)
    books.forget()
    happened = [Happened(change, _passing(change))]
    return happened + pass_on(books, change.group, change.by, change.to)


def _passing(
    change: changes.GroupOffered | changes.GroupPassed | changes.GroupDeclined,
) -> dict[str, int | str]:
    return {"group": change.group.id, "by": change.by.id, "to": change.to.id}


@record.register
def _(change: changes.LinkAsked, books: WordsReading) -> Sequence[Happened]:
    code, her = books.codes(_LINK_CODE), change.person.id
    books.db.execute(delete(link_code).where(link_code.c.person == her))
    row = {"person": her, "code_hash": hashed(code), "made_at": books.now}
    books.db.execute(insert(link_code), row)
    return [Happened(change, {"code": code})]


@record.register
def _(change: changes.ChatLinked, books: WordsReading) -> Sequence[Happened]:
    her, other = change.person.id, change.other.id
    if books.places(change.other) or books.is_mentor(change.other):
        raise Conflict("she is somebody by now")
    used = delete(link_code).where(
        link_code.c.person == her, link_code.c.code_hash == hashed(change.code)
    )
    if books.db.execute(used).rowcount != 1:
        raise Conflict("the code was used")
    row = {"version": _LINKED, "wording": change.wording, "given_at": books.now}
    chats = books.db.scalars(select(contact.c.id).where(contact.c.person == other)).all()
    books.db.execute(insert(opt_in), [{"contact": one, **row} for one in chats])
    books.db.execute(update(contact).where(contact.c.person == other).values(person=her))
    books.db.execute(delete(session).where(session.c.person == other))
    books.forget()
    return [Happened(change)]


@record.register
def _(change: changes.PhoneLost, books: WordsReading) -> Sequence[Happened]:
    her = change.member.person.id
    part(books.db, her, books.now)
    books.forget()
    row = {
        "at": books.now,
        "looker": change.by.id,
        "by": change.by.name,
        "what": "nomor diganti",
        "why": "diminta anggota",
        "person": her,
        "group_id": change.member.group,
    }
    books.db.execute(insert(look), row)
    return [Happened(change, {"group": change.member.group, "member": change.member.number})]


@record.register
def _(change: changes.PhoneShared, books: SharingReading) -> Sequence[Happened]:
    main = books.one(_chat_of, person=change.person.id)
    beside = main.shares or main.id
    row = {"name": "", "sapaan": "Bu", "met_at": books.now}
    (other,) = books.db.execute(insert(person), row).inserted_primary_key or (0,)
    chat = {
        "channel": main.channel,
        "address": f"{main.address.split(BESIDE)[0]}{BESIDE}{other}",
        "phone": main.phone or main.address,
        "person": other,
        "heard_at": books.now,
        "open_until": main.open_until,
        "shares": beside,
    }
    books.db.execute(insert(contact), chat)
    books.forget()
    she = books.person(int(other))
    shared = books.sharing(she)
    if shared is None:
        raise Conflict("the chat is not shared")
    books.speaks(shared, she, books.now + LASTS)
    who = {"group": change.group.id}
    return [Happened(changes.PhoneShared(change.person, change.group, she), {**who})]
