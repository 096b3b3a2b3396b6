"""Writing down what a mentor wants told to many, and what members say to it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import String, bindparam, func, insert, literal, select, text, update

from bot.domain import broadcasts as said
from bot.domain.broadcasts import PAUSED_UNTIL, Audience, Content, Fate, Form, State, When
from bot.domain.changes import WordsPassed
from bot.domain.people import Person
from bot.ports import Conflict, Happened
from storage.broadcast_tables import broadcast, broadcast_group, recipient
from storage.outgoing import outbox
from storage.reading.broadcasts import FATE, NEWEST
from storage.reading.words import WordsReading
from storage.recording.base import once, record
from storage.tables import UtcTime, contact

_OPEN = (State.PLANNED, State.RUNNING)
_this = broadcast.c.id == bindparam("this")
_still_open = update(broadcast).where(_this, broadcast.c.state.in_(_OPEN))
_hers_open = select(func.count().label("many")).where(
    broadcast.c.mentor == bindparam("mentor"), broadcast.c.state.in_(_OPEN)
)
_change = update(broadcast).where(_this, broadcast.c.state == State.PLANNED)
_pause = _still_open.where(~broadcast.c.paused).values(paused=True)
_resume = _still_open.where(broadcast.c.paused).values(paused=False)
_cancel = _still_open.values(state=State.CANCELLED)
_finish = update(broadcast).where(_this, broadcast.c.state == State.RUNNING)
_close = update(broadcast).where(_this, broadcast.c.closed_at.is_(None))
_resend = update(broadcast).where(
    _this, broadcast.c.resent_at.is_(None), broadcast.c.state.in_((State.RUNNING, State.DONE))
)
_its_letters = update(outbox).where(
    outbox.c.broadcast == bindparam("of"), outbox.c.state == "waiting"
)
_lay_aside = _its_letters.values(due_at=PAUSED_UNTIL)
_take_up = _its_letters.where(outbox.c.due_at == PAUSED_UNTIL).values(
    due_at=bindparam("now", type_=UtcTime), made_at=bindparam("now", type_=UtcTime)
)
_drop = _its_letters.values(
    state="cancelled", reason="her mentor called it off", settled_at=bindparam("now")
)
_KEPT = ("contact", "channel", "kind", "rank", "bubble", "broadcast")
# Only what is known not to have arrived: what nobody is sure of could come twice.
_not_arrived = (
    select(
        *(outbox.c[name] for name in _KEPT),
        literal("waiting", String),
        bindparam("now", type_=UtcTime),
        bindparam("now", type_=UtcTime),
    )
    .join(contact, contact.c.id == outbox.c.contact)
    .where(NEWEST, FATE == Fate.REFUSED)
)
_once_more = insert(outbox).from_select([*_KEPT, "state", "made_at", "due_at"], _not_arrived)
_choose_tip = (
    update(broadcast_group)
    .where(
        broadcast_group.c.broadcast == bindparam("this"),
        broadcast_group.c.group_id == bindparam("for_group"),
        broadcast_group.c.tip.is_(None),
    )
    .values(tip=bindparam("chosen"))
)
_answered = (
    update(recipient)
    .where(
        recipient.c.broadcast == bindparam("to"),
        recipient.c.person == bindparam("who"),
        recipient.c.answered_at.is_(None),
    )
    .values(answered_at=bindparam("at"))
)
_vote = text(
    "INSERT INTO vote (broadcast, person, choice, voted_at)"
    " SELECT id, :who, :choice, :at FROM broadcast WHERE id = :poll AND closed_at IS NULL"
    " ON CONFLICT (broadcast, person)"
    " DO UPDATE SET choice = excluded.choice, voted_at = excluded.voted_at"
).bindparams(bindparam("at", type_=UtcTime))


@record.register
def _(change: said.BroadcastPlanned, books: WordsReading) -> Sequence[Happened]:
    if books.one(_hers_open, mentor=change.mentor.id).many >= said.MOST_AT_ONCE:
        raise Conflict("she has enough on its way")
    return [_planned(change, books)]


def _planned(
    change: said.BroadcastPlanned, books: WordsReading, outcome_of: int | None = None
) -> Happened:
    row = {
        **_row(change.mentor, change.content, change.audience, change.when),
        "outcome_of": outcome_of,
        "state": State.PLANNED,
        "made_at": books.now,
    }
    (number,) = books.db.execute(insert(broadcast), row).inserted_primary_key or (0,)
    return Happened(change, {"broadcast": number})


def _row(mentor: Person, content: Content, audience: Audience, when: When) -> dict[str, Any]:
    return {
        "mentor": mentor.id,
        "closes_at": content.closes_at,
        "group_id": audience.group.id if audience.group else None,
        "who": audience.who,
        "business": audience.business,
        **_said(content, when),
    }


def _said(content: Content, when: When) -> dict[str, Any]:
    return {
        "form": content.form,
        "words": content.words,
        "media": content.media,
        "piece": content.piece,
        "choices": list(content.choices),
        "day": when.at.day if when.at else None,
        "clock": when.at.clock if when.at else None,
        "weekly": when.weekly,
    }


def _number(change: Any) -> dict[str, int | str]:
    return {"broadcast": change.broadcast.number}


@record.register
def _(change: said.BroadcastChanged, books: WordsReading) -> Sequence[Happened]:
    values = _said(change.content, change.when)
    once(books, _change.values(values), this=change.broadcast.number)
    return [Happened(change, _number(change))]


@record.register
def _(change: said.BroadcastPaused, books: WordsReading) -> Sequence[Happened]:
    once(books, _pause, this=change.broadcast.number)
    books.db.execute(_lay_aside, {"of": change.broadcast.number})
    return [Happened(change, _number(change))]


@record.register
def _(change: said.BroadcastResumed, books: WordsReading) -> Sequence[Happened]:
    once(books, _resume, this=change.broadcast.number)
    books.db.execute(_take_up, {"of": change.broadcast.number, "now": books.now})
    return [Happened(change, _number(change))]


@record.register
def _(change: said.BroadcastCancelled, books: WordsReading) -> Sequence[Happened]:
    once(books, _cancel, this=change.broadcast.number)
    books.db.execute(_drop, {"of": change.broadcast.number, "now": books.now})
    return [Happened(change, _number(change))]


@record.register
def _(change: said.BroadcastResent, books: WordsReading) -> Sequence[Happened]:
    number = change.broadcast.number
    once(books, _resend.values(resent_at=books.now), this=number)
    books.db.execute(_once_more, {"broadcast": number, "now": books.now})
    return [Happened(change, _number(change))]


@record.register
def _(change: said.BroadcastFinished, books: WordsReading) -> Sequence[Happened]:
    once(books, _finish.values(state=State.DONE), this=change.broadcast.number)
    return [Happened(change, _number(change))]


@record.register
def _(change: said.TipChosen, books: WordsReading) -> Sequence[Happened]:
    once(books, _choose_tip, this=change.broadcast, for_group=change.group, chosen=change.tip)
    return [Happened(change, {"broadcast": change.broadcast})]


@record.register
def _(change: said.BroadcastAnswered, books: WordsReading) -> Sequence[Happened]:
    _note_answer(books, change.broadcast, change.person)
    passed = WordsPassed(change.person, change.group, change.told, change.media)
    return [Happened(change, {"broadcast": change.broadcast}), *record(passed, books)]


def _note_answer(books: WordsReading, number: int, person: Person) -> None:
    books.db.execute(_answered, {"to": number, "who": person.id, "at": books.now})


@record.register
def _(change: said.Voted, books: WordsReading) -> Sequence[Happened]:
    number, who = change.poll.number, change.person
    row = {"poll": number, "who": who.id, "choice": change.choice, "at": books.now}
    if books.db.execute(_vote, row).rowcount != 1:
        raise Conflict("it closed in this moment")
    _note_answer(books, number, who)
    return [Happened(change, {"broadcast": number})]


@record.register
def _(change: said.PollClosed, books: WordsReading) -> Sequence[Happened]:
    poll = change.poll
    once(books, _close.values(closed_at=books.now), this=poll.number)
    told = said.BroadcastPlanned(poll.mentor, Content(Form.OUTCOME), poll.audience, When())
    return [Happened(change, {"broadcast": poll.number}), _planned(told, books, poll.number)]
