"""Writing down what happens about people's data."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import insert

from bot.domain import privacy_changes as changes
from bot.ports import Conflict, Happened
from storage.erasing import erase
from storage.privacy_tables import look
from storage.reading_words import WordsReading
from storage.recording import record


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
