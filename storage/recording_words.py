"""Writing down words: by voice, and those nobody could place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import changes
from bot.ports import Happened
from storage.reading_words import WordsReading
from storage.recording import once, record
from storage.tables import group, unplaced, voice

_heard_voice = (
    update(voice)
    .where(voice.c.id == bindparam("this"), voice.c.due_at.is_not(None))
    .values(due_at=None)
)
_teach = update(group).where(group.c.id == bindparam("this")).values(teaches=bindparam("may"))


@record.register
def _(change: changes.VoiceSent, books: WordsReading) -> Sequence[Happened]:
    row = {"person": change.person.id, "media": change.media, "tries": 0, "due_at": books.now}
    books.db.execute(insert(voice), row)
    return [Happened(change)]


@record.register
def _(change: changes.VoiceRead, books: WordsReading) -> Sequence[Happened]:
    once(books, _heard_voice, this=change.number)
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
