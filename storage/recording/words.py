"""Writing down words: by voice, and those nobody could place."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import changes
from bot.errands import ErrandKind
from bot.ports import Happened
from storage.errands import back_from_errand, send_on_errand
from storage.reading.words import WordsReading
from storage.recording.base import record
from storage.tables import group, unplaced

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
