"""Writing down what a member notes for herself alone."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, func, insert, select, update

from bot.domain import changes
from bot.domain.pricing import MOST_COSTINGS
from bot.ports import Happened
from storage.reading.notebook import NotebookReading
from storage.reading.words import WordsReading
from storage.recording.base import once, record
from storage.tables import costing, jotting

_last = select(func.coalesce(func.max(jotting.c.number), 0).label("number")).where(
    jotting.c.person == bindparam("person")
)
_strike = (
    update(jotting)
    .where(
        jotting.c.person == bindparam("whose"),
        jotting.c.number == bindparam("this"),
        jotting.c.struck_at.is_(None),
    )
    .values(struck_at=bindparam("at"))
)
_give_way = delete(costing).where(
    costing.c.person == bindparam("whose"), costing.c.product == bindparam("this")
)


@record.register
def _(change: changes.Jotted, books: WordsReading) -> Sequence[Happened]:
    # She is served in order (her row is locked), so nobody takes the number meanwhile.
    number = books.one(_last, person=change.person.id).number + 1
    row = {
        "person": change.person.id,
        "number": number,
        "kind": change.kind,
        "rupiah": change.amount.rupiah,
        "day": change.day,
        "written_at": books.now,
    }
    books.db.execute(insert(jotting), row)
    return [Happened(change, {"number": number})]


@record.register
def _(change: changes.JottingStruck, books: WordsReading) -> Sequence[Happened]:
    once(books, _strike, whose=change.person.id, this=change.number, at=books.now)
    return [Happened(change, {"number": change.number})]


@record.register
def _(change: changes.Costed, books: NotebookReading) -> Sequence[Happened]:
    it, whose = change.costing, change.person
    before = [one.product for one in books.costings(whose)]
    same = [one for one in before if one.lower() == it.product.lower()]
    for product in {*same, *before[MOST_COSTINGS - 1 :]}:
        books.db.execute(_give_way, {"whose": whose.id, "this": product})
    row = {
        "person": whose.id,
        "product": it.product,
        "cost": it.cost.rupiah,
        "percent": it.percent,
        "price": it.price.rupiah,
        "day": it.day,
        "reckoned_at": books.now,
    }
    books.db.execute(insert(costing), row)
    return [Happened(change)]
