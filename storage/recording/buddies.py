"""Writing down who is whose saving buddy."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import buddies as changes
from bot.domain.buddies import BuddyState
from bot.ports import Happened
from storage.buddy_tables import buddy
from storage.reading.words import WordsReading
from storage.recording.base import once, record
from storage.recording.people import opt_in_of, rename

#: Signs of a link's code.
_CODE = 7

#: What the opt-in of somebody from outside was for.
_VERSION = "teman"

_this = buddy.c.id == bindparam("this")
_open = (
    update(buddy)
    .where(_this, buddy.c.state == BuddyState.ASKED, buddy.c.person.is_(None))
    .values(person=bindparam("who"), code=None)
)
_begin = (
    update(buddy)
    .where(_this, buddy.c.state == BuddyState.ASKED, buddy.c.person.is_not(None))
    .values(state=BuddyState.ON, since=bindparam("at"))
)
_end = (
    update(buddy)
    .where(_this, buddy.c.state != BuddyState.ENDED)
    .values(state=BuddyState.ENDED, person=None, code=None, ended_at=bindparam("at"))
)
_allow = (
    update(buddy).where(_this, buddy.c.state != BuddyState.ENDED).values(amounts=bindparam("may"))
)


@record.register
def _(change: changes.BuddyAsked, books: WordsReading) -> Sequence[Happened]:
    row = {
        "group_id": change.member.group,
        "member": change.member.number,
        "person": change.person.id if change.person else None,
        "code": None if change.person else books.codes(_CODE),
        "amounts": change.amounts,
        "state": BuddyState.ASKED,
        "asked_at": books.now,
    }
    (number,) = books.db.execute(insert(buddy), row).inserted_primary_key or (0,)
    return [Happened(change, {"buddy": number})]


@record.register
def _(change: changes.BuddyOffered, books: WordsReading) -> Sequence[Happened]:
    once(books, _open, this=change.buddy.number, who=change.person.id)
    if not change.person.name:
        rename(books, change.person, change.name, change.sapaan)
    opt_in_of(books, change.person, _VERSION, change.wording)
    return [Happened(change, {"buddy": change.buddy.number, "person": change.person.id})]


@record.register
def _(change: changes.BuddyAccepted, books: WordsReading) -> Sequence[Happened]:
    once(books, _begin, this=change.buddy.number, at=books.now)
    return [Happened(change, {"buddy": change.buddy.number, "by": change.by.id})]


@record.register
def _(change: changes.BuddyEnded, books: WordsReading) -> Sequence[Happened]:
    once(books, _end, this=change.buddy.number, at=books.now)
    was_on = int(change.buddy.state is BuddyState.ON)
    facts: dict[str, int | str] = {"buddy": change.buddy.number, "by": change.by.id}
    return [Happened(change, {**facts, "was_on": was_on})]


@record.register
def _(change: changes.BuddyAmounts, books: WordsReading) -> Sequence[Happened]:
    once(books, _allow, this=change.buddy.number, may=change.amounts)
    return [Happened(change, {"buddy": change.buddy.number})]
