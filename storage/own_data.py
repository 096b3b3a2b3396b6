"""Reading everything that is kept about one person, as ``storage.personal`` says."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, false, func, or_, select

from bot.domain.own_data import OwnData, Section, Value
from bot.domain.people import Person
from storage.consult_tables import consultation
from storage.ledger_tables import balance
from storage.personal import EVERYTHING, Kept, Target, points_at
from storage.tables import contact, group, member, person

#: Rows of one kind that are handed out at most, the newest; the heading says when there are more.
MOST_ROWS = 5_000


@dataclass(frozen=True, slots=True)
class Traces:
    """By what somebody's rows are found: her number, chats, places in groups and consultations."""

    person: int
    contacts: Sequence[int]
    places: Sequence[tuple[int, int]]
    consultations: Sequence[int]

    @classmethod
    def of(cls, db: Connection, person_id: int) -> Traces:
        """All traces of one person."""
        chats = select(contact.c.id).where(contact.c.person == person_id).order_by(contact.c.id)
        places = select(member.c.group_id, member.c.number).where(member.c.person == person_id)
        rows = db.execute(places.order_by(member.c.group_id)).all()
        asked = select(consultation.c.id).where(consultation.c.asker == person_id)
        there = [(row[0], row[1]) for row in rows]
        return cls(person_id, db.scalars(chats).all(), there, db.scalars(asked).all())

    def hers(self, kept: Kept, column: str = "") -> ColumnElement[bool]:
        """Which rows of a table are hers, by the table's own column or another."""
        it = kept.table.c[column or kept.hers]
        match points_at(it):
            case Target.PERSON:
                return it == self.person
            case Target.CONTACT:
                return it.in_(self.contacts)
            case Target.CONSULTATION:
                return it.in_(self.consultations)
            case _:
                where = kept.table.c.group_id
                pairs = [and_(where == group_id, it == number) for group_id, number in self.places]
                return or_(false(), *pairs)


def own_data(db: Connection, person_id: int, now: datetime) -> OwnData:
    """All that is kept about her at this moment."""
    traces = Traces.of(db, person_id)
    she = db.execute(select(person).where(person.c.id == person_id)).one()
    names = {row.id: row.name for row in db.execute(select(group.c.id, group.c.name))}
    sections = [_section(db, traces, kept, names) for kept in EVERYTHING if kept.shows]
    called = Person(she.id, she.name, she.sapaan).called
    return OwnData(called, now, [one for one in sections if one.rows])


def _section(db: Connection, traces: Traces, kept: Kept, groups: Mapping[int, str]) -> Section:
    columns = [kept.table.c[name] for name in kept.shows]
    mine = traces.hers(kept) if kept.only is None else and_(traces.hers(kept), kept.only)
    newest = [one.desc() for one in kept.table.primary_key.columns]
    rows = db.execute(select(*columns).where(mine).order_by(*newest).limit(MOST_ROWS)).all()
    count = db.scalar(select(func.count()).select_from(kept.table).where(mine)) or 0
    more = f"{count - len(rows)} baris yang lebih lama" if count > len(rows) else ""
    cells = [
        [_cell(kept, name, value, groups) for name, value in zip(kept.shows, row, strict=True)]
        for row in reversed(rows)
    ]
    return Section(kept.title, kept.why, kept.until, list(kept.shows.values()), cells, more)


def _cell(kept: Kept, name: str, value: Any, groups: Mapping[int, str]) -> Value:
    if name == "group_id":
        return groups.get(value, "")
    if kept.table is balance and name == "rupiah":
        return abs(int(value))  # what is owed to her stands with a minus in the books
    if name == "state" and isinstance(value, Mapping):  # of a conversation: what she answered
        answers = value.get("answers", {})
        return {str(key): str(said) for key, said in answers.items()}
    if name == "media" and value:
        return str(value).split(":", 1)[
            0
        ]  # that something was sent; the handle opens nothing for her
    cell: Value = value
    return cell
