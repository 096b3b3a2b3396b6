"""Writing down what happens about people's data."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, select, update

from bot.domain import privacy_changes as changes
from bot.domain.changes import WordsPassed
from bot.ports import Conflict, Happened
from storage.erasing import erase
from storage.privacy_tables import look
from storage.reading_words import WordsReading
from storage.recording import once, record
from storage.tables import group_mentor, question

#: Words nobody has answered that go to a new mentor at most.
_MOST_WORDS = 30

_hand_on = (
    update(group_mentor)
    .where(
        group_mentor.c.group_id == bindparam("this"),
        group_mentor.c.person == bindparam("was"),
    )
    .values(person=bindparam("now_is"))
)
_unanswered = (
    select(question.c.id)
    .where(question.c.group_id == bindparam("group"), question.c.answered_at.is_(None))
    .order_by(question.c.id)
    .limit(_MOST_WORDS)
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
def _(change: changes.GroupPassed, books: WordsReading) -> Sequence[Happened]:
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
    if len(books.mentors(change.group.id)) == 1:  # what nobody has answered is hers to answer now
        for asked in books.all(_unanswered, group=change.group.id):
            words = books.question(asked.id)
            if words is not None:
                again = WordsPassed(words.asker, words.group, words.words, words.media)
                happened.append(Happened(again, {"question": asked.id}))
    return happened


def _passing(
    change: changes.GroupOffered | changes.GroupPassed | changes.GroupDeclined,
) -> dict[str, int | str]:
    return {"group": change.group.id, "by": change.by.id, "to": change.to.id}
