"""Writing down words: between a member and her mentors, by voice, and those nobody could place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import changes
from bot.errands import ErrandKind
from bot.ports import Happened
from storage.errands import back_from_errand, send_on_errand
from storage.reading_words import WordsReading
from storage.recording import once, record
from storage.tables import group, question, unplaced

_answer = (
    update(question)
    .where(question.c.id == bindparam("this"), question.c.answered_by.is_(None))
    .values(answered_by=bindparam("by"), answer=bindparam("said"), answered_at=bindparam("at"))
)
_teach = update(group).where(group.c.id == bindparam("this")).values(teaches=bindparam("may"))


@record.register
def _(change: changes.VoiceSent, books: WordsReading) -> Sequence[Happened]:
    send_on_errand(books, ErrandKind.VOICE, change.person, change.media)
    return [Happened(change)]


@record.register
def _(change: changes.VoiceRead, books: WordsReading) -> Sequence[Happened]:
    back_from_errand(books, change.number)
    return [Happened(change, {"words": change.words, "media": change.media})]


@record.register
def _(change: changes.TeachingChanged, books: WordsReading) -> Sequence[Happened]:
    books.db.execute(_teach, {"this": change.group.id, "may": change.teaches})
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.WordsUnplaced, books: WordsReading) -> Sequence[Happened]:
    row = {"group_id": change.group.id, "words": change.words, "heard_at": books.now}
    books.db.execute(insert(unplaced), row)
    return [Happened(change)]


@record.register
def _(change: changes.WritingHeld, _books: WordsReading) -> Sequence[Happened]:
    facts = {"person": change.person.id, "group": change.group.id}
    return [Happened(change, {**facts, "why": change.why})]


@record.register
def _(change: changes.WordsPassed, books: WordsReading) -> Sequence[Happened]:
    row = {
        "group_id": change.group.id,
        "asker": change.person.id,
        "words": change.words,
        "media": change.media,
        "asked_at": books.now,
    }
    (number,) = books.db.execute(insert(question), row).inserted_primary_key or (0,)
    return [Happened(change, {"question": number})]


@record.register
def _(change: changes.WordsAnswered, books: WordsReading) -> Sequence[Happened]:
    by = change.mentor.id
    once(books, _answer, this=change.question, by=by, said=change.words, at=books.now)
    facts: dict[str, int | str] = {"question": change.question, "words": change.words}
    return [Happened(change, {**facts, "media": change.media})]
