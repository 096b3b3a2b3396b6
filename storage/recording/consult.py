"""Writing down consultations: questions, answers, whose they are, and when they are over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any

from sqlalchemy import Row, bindparam, delete, func, insert, or_, select, update

from bot.domain import changes
from bot.domain import consultations as consult
from bot.domain.consultations import MOST_OPEN, MOST_PARTS, PartKind, State, Why
from bot.domain.people import Group, Person
from bot.ports import Conflict, Happened
from storage.consult_tables import canned, consultation, part, tried
from storage.reading.consult import ConsultReading
from storage.recording.base import once, record

#: Questions nobody has answered of which a group's new mentor hears at once; all are in her inbox.
_MOST_PASSED_ON = 30

_this = update(consultation).where(consultation.c.id == bindparam("this"))
_one_more = _this.values(parts=consultation.c.parts + 1)
_one_more_word = _one_more.values(last_at=bindparam("at"), good=None).returning(
    consultation.c.parts,
    consultation.c.group_id,
    consultation.c.mentor,
    consultation.c.answered_at,
    consultation.c.waits_since,
)
_how_many_open = select(func.count().label("many")).where(
    consultation.c.asker == bindparam("asker"), consultation.c.state != State.DONE
)
_open = consultation.c.state != State.DONE
_theirs = update(consultation).where(
    consultation.c.group_id == bindparam("of"), consultation.c.mentor == bindparam("was"), _open
)
_unanswered = (
    select(consultation.c.id)
    .where(
        consultation.c.group_id == bindparam("of"),
        consultation.c.state == State.NEW,
        or_(consultation.c.mentor.is_(None), consultation.c.mentor == bindparam("now_is")),
    )
    .order_by(consultation.c.id)
    .limit(_MOST_PASSED_ON)
)
_newest_canned = select(func.coalesce(func.max(canned.c.number), 0).label("number")).where(
    canned.c.mentor == bindparam("mentor")
)
_drop_canned = delete(canned).where(
    canned.c.mentor == bindparam("whose"), canned.c.number == bindparam("this")
)


@record.register
def _(change: changes.WordsPassed, books: ConsultReading) -> Sequence[Happened]:
    if change.tried:
        _keep_tried(books, change.group, change.tried)
    number = change.consultation or _joined(change, books)
    if number is None:
        number = _opened(change, books)
    row = _write_on(books, number)
    _write(books, number, row.parts, PartKind.HERS, change.person, change.words, change.media)
    facts: dict[str, int | str] = {"question": number, "part": row.parts}
    if change.asks:
        _set(books, number, state=State.NEW, later_on=None)
        if row.waits_since is None:
            _set(books, number, **_waiting_from(books))
    whom = [books.person(row.mentor)] if row.mentor else books.mentors(row.group_id)
    why = Why.MORE if row.parts > 1 else Why.NEW
    return [Happened(change, facts), _asked(facts, whom, why)]


def _waiting_from(books: ConsultReading) -> dict[str, Any]:
    """She waits for a mentor from now on."""
    asked = {"waits_since": books.now, "asked_at": books.now}
    return {**asked, "nudged_at": None, "handed_at": None}


def _joined(change: changes.WordsPassed, books: ConsultReading) -> int | None:
    """The consultation her words belong to, if one is going on."""
    newest = books.open_consultation(change.person)
    if newest is None or newest.group.id != change.group.id:
        return None
    goes_on = newest.goes_on(books.now) and not change.anew
    too_many = books.one(_how_many_open, asker=change.person.id).many >= MOST_OPEN
    full = len(books.parts(newest.number, MOST_PARTS)) >= MOST_PARTS
    return newest.number if (goes_on and not full) or too_many else None


def _opened(change: changes.WordsPassed, books: ConsultReading) -> int:
    row = {
        "group_id": change.group.id,
        "asker": change.person.id,
        "topic": change.topic,
        "state": State.NEW,
        "opened_at": books.now,
        "last_at": books.now,
        "offered": list(change.offered),
        "parts": 0,
    }
    (number,) = books.db.execute(insert(consultation), row).inserted_primary_key or (0,)
    return int(number)


@record.register
def _(change: changes.WordsAnswered, books: ConsultReading) -> Sequence[Happened]:
    it = books.consultation(change.question)
    if it is None or (it.answered and it.mentor and it.mentor.id != change.mentor.id):
        raise Conflict("another mentor answered")
    row = _write_on(books, change.question)
    by = change.mentor
    _write(books, change.question, row.parts, PartKind.ANSWER, by, change.words, change.media)
    asks_back = change.words.rstrip().endswith("?")
    _set(
        books,
        change.question,
        state=State.WAITING if asks_back else State.ANSWERED,
        mentor=by.id,
        answered_at=row.answered_at or books.now,
        waits_since=None,
        later_on=None,
    )
    return [Happened(change, {"question": change.question, "part": row.parts})]


@record.register
def _(change: consult.QuestionTried, books: ConsultReading) -> Sequence[Happened]:
    _keep_tried(books, change.group, change.tried)
    return [Happened(change)]


def _keep_tried(books: ConsultReading, where: Group, it: consult.Tried) -> None:
    row = {"group_id": where.id, "words": it.words if where.teaches else "", "at": books.now}
    for one in it.judged:
        books.db.execute(insert(tried), {**row, "article": one.article, "verdict": one.verdict})


@record.register
def _(change: consult.TopicTold, books: ConsultReading) -> Sequence[Happened]:
    _set(books, change.number, topic=change.topic)
    return [Happened(change, {"question": change.number})]


@record.register
def _(change: consult.PutOff, books: ConsultReading) -> Sequence[Happened]:
    it = books.consultation(change.number)
    if it is None:
        return []
    # Reminded on that day, and handed on as long after it as always.
    that_day = datetime.combine(change.until, time(0), it.group.zone.tz)
    asked_at = that_day - consult.NUDGED_AFTER
    _set(books, change.number, later_on=change.until, asked_at=asked_at, nudged_at=None)
    return [Happened(change, {"question": change.number})]


@record.register
def _(change: consult.HandedOn, books: ConsultReading) -> Sequence[Happened]:
    still = _this.where(_open)
    # What nobody answered in time is handed on by itself only once.
    handed_at = None if change.by else books.now
    row = {"mentor": change.to.id, "later_on": None, "nudged_at": None, "handed_at": handed_at}
    since = func.coalesce(consultation.c.waits_since, books.now)
    waits = {"state": State.NEW, "waits_since": since, "asked_at": books.now, "answered_at": None}
    once(books, still.values(**row, **waits), this=change.number)
    by = {"by": change.by.id} if change.by else {}
    facts: dict[str, int | str] = {**_her_last(books, change.number), **by}
    why = Why.HANDED if change.by else Why.ALONE
    return [Happened(change, {**facts, "to": change.to.id}), _asked(facts, [change.to], why)]


@record.register
def _(change: consult.Nudged, books: ConsultReading) -> Sequence[Happened]:
    once(
        books,
        _this.where(consultation.c.nudged_at.is_(None)).values(nudged_at=books.now),
        this=change.number,
    )
    it = books.consultation(change.number)
    if it is None:
        return []
    whom = [it.mentor] if it.mentor else books.mentors(it.group.id)
    facts = _her_last(books, change.number)
    return [Happened(change, facts), _asked(facts, whom, Why.NUDGE)]


@record.register
def _(change: consult.PrivateNote, books: ConsultReading) -> Sequence[Happened]:
    place = books.db.execute(_one_more.returning(consultation.c.parts), {"this": change.number})
    _write(books, change.number, place.scalar_one(), PartKind.PRIVATE, change.mentor, change.words)
    return [Happened(change, {"question": change.number})]


@record.register
def _(change: consult.ConsultationClosed, books: ConsultReading) -> Sequence[Happened]:
    closed = _this.where(_open).values(state=State.DONE, waits_since=None, later_on=None)
    once(books, closed, this=change.number)
    by = {"by": change.by.id} if change.by else {}
    return [Happened(change, {"question": change.number, **by})]


@record.register
def _(change: consult.Rated, books: ConsultReading) -> Sequence[Happened]:
    facts = _her_last(books, change.number)
    if change.good:
        _set(books, change.number, good=True, state=State.DONE, waits_since=None)
        return [Happened(change, facts)]
    _set(books, change.number, good=False, state=State.NEW, **_waiting_from(books))
    it = books.consultation(change.number)
    whom = [it.mentor] if it and it.mentor else []
    return [Happened(change, facts), _asked(facts, whom, Why.NOT_HELPED)]


@record.register
def _(change: consult.Remarked, books: ConsultReading) -> Sequence[Happened]:
    _set(books, change.number, remark=change.words)
    return [Happened(change, {"question": change.number})]


@record.register
def _(change: consult.CannedKept, books: ConsultReading) -> Sequence[Happened]:
    # She is served in order (her row is locked), so nobody takes the number meanwhile.
    number = books.one(_newest_canned, mentor=change.mentor.id).number + 1
    row = {"mentor": change.mentor.id, "number": number}
    books.db.execute(insert(canned), {**row, "title": change.title, "words": change.words})
    return [Happened(change, {"number": number})]


@record.register
def _(change: consult.CannedDropped, books: ConsultReading) -> Sequence[Happened]:
    books.db.execute(_drop_canned, {"whose": change.mentor.id, "this": change.number})
    return [Happened(change, {"number": change.number})]


def _her_last(books: ConsultReading, number: int) -> dict[str, int | str]:
    """The facts of what she wrote last."""
    hers = [one for one in books.parts(number, MOST_PARTS) if one.kind is PartKind.HERS]
    return {"question": number, "part": hers[-1].number}


def _asked(facts: Mapping[str, int | str], whom: Sequence[Person], why: Why) -> Happened:
    asked = consult.MentorsAsked(int(facts["question"]), int(facts["part"]), tuple(whom), why)
    return Happened(asked, {**facts, "why": why.value})


def pass_on(books: ConsultReading, of: Group, was: Person, now_is: Person) -> list[Happened]:
    """What ``was`` had open in a group is ``now_is``'s from now on; she hears of what waits."""
    books.db.execute(_theirs.values(mentor=now_is.id), {"of": of.id, "was": was.id})
    waiting = books.all(_unanswered, of=of.id, now_is=now_is.id)
    return [_asked(_her_last(books, one.id), [now_is], Why.NEW) for one in waiting]


def _write_on(books: ConsultReading, number: int) -> Row[Any]:
    """Make place for one more word, and hold the consultation; what it was before."""
    return books.db.execute(_one_more_word, {"this": number, "at": books.now}).one()


def _set(books: ConsultReading, number: int, **values: Any) -> None:
    books.db.execute(_this.values(**values), {"this": number})


def _write(
    books: ConsultReading,
    number: int,
    place: int,
    kind: PartKind,
    writer: Person,
    words: str,
    media: str = "",
) -> None:
    row = {
        "consultation": number,
        "number": place,
        "kind": kind,
        "writer": writer.id,
        "words": words,
        "media": media,
        "at": books.now,
    }
    books.db.execute(insert(part), row)
