"""Reading what a member wrote down for herself alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from bot.domain.money import Money
from bot.domain.notebook import Jotting, NoteKind
from bot.domain.people import Person
from storage.reading_words import WordsReading
from storage.tables import jotting

_since = (
    select(jotting)
    .where(
        jotting.c.person == bindparam("person"),
        jotting.c.day >= bindparam("since"),
        jotting.c.struck_at.is_(None),
    )
    .order_by(jotting.c.number)
)


class NotebookReading(WordsReading):
    """The private notebook."""

    def jottings(self, person: Person, since: date) -> Sequence[Jotting]:
        """The lines from a day on, without those struck out."""
        rows = self.all(_since, person=person.id, since=since)
        return [Jotting(row.number, NoteKind(row.kind), Money(row.rupiah), row.day) for row in rows]
