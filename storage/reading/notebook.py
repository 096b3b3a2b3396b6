"""Reading what a member wrote down for herself alone."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, select

from bot.domain.money import Money
from bot.domain.notebook import Jotting, NoteKind
from bot.domain.people import Person
from bot.domain.pricing import Costing
from storage.reading.words import WordsReading
from storage.tables import costing, jotting

_since = (
    select(jotting)
    .where(
        jotting.c.person == bindparam("person"),
        jotting.c.day >= bindparam("since"),
        jotting.c.struck_at.is_(None),
    )
    .order_by(jotting.c.number)
)


_costings = (
    select(costing)
    .where(costing.c.person == bindparam("person"))
    .order_by(costing.c.reckoned_at.desc(), costing.c.product)
)


class NotebookReading(WordsReading):
    """The private notebook."""

    def jottings(self, person: Person, since: date) -> Sequence[Jotting]:
        """The lines from a day on, without those struck out."""
        rows = self.all(_since, person=person.id, since=since)
        return [Jotting(row.number, NoteKind(row.kind), Money(row.rupiah), row.day) for row in rows]

    def costings(self, person: Person) -> Sequence[Costing]:
        """What a piece of each of her products costs."""
        return [
            Costing(row.product, Money(row.cost), row.percent, Money(row.price), row.day)
            for row in self.all(_costings, person=person.id)
        ]
