"""Whose data were here at a given time, and whose group's numbers an institution may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, insert, or_, select

from bot.domain.consultations import State
from bot.domain.people import Person
from storage.consult_tables import consultation
from storage.ledger_tables import balance
from storage.personal import EVERYTHING, Kept, Target, points_at
from storage.privacy_tables import look
from storage.tables import contact, group, group_mentor, member, mentor, person


@dataclass(frozen=True, slots=True)
class Affected:
    """Somebody whose data were here; ``name`` is empty once she is forgotten.

    ``groups`` are the names of hers, ``chats`` the channels she can be written to on, ``kinds`` the
    headings of what is kept about her.
    """

    person: int
    name: str
    sapaan: str
    groups: Sequence[str]
    chats: Sequence[str]
    kinds: Sequence[str]


@dataclass(frozen=True, slots=True)
class Looked:
    """One look at people's data."""

    at: datetime
    by: str
    what: str
    why: str


@dataclass(frozen=True, slots=True)
class GroupNumbers:
    """A group in numbers (rupiah), without anybody's name."""

    group: int
    name: str
    place: str
    members: int
    savers: int
    saved: int
    unanswered: int
    closed: bool


def affected(db: Connection, since: datetime, group_id: int | None = None) -> list[Affected]:
    """Everybody of whom anything was kept at ``since`` or later; of one group, if it is named."""
    wanted = select(person.c.id, person.c.name, person.c.sapaan).where(
        or_(person.c.erased_at.is_(None), person.c.erased_at > since)
    )
    if group_id is not None:
        here = select(member.c.person).where(member.c.group_id == group_id)
        leading = select(group_mentor.c.person).where(group_mentor.c.group_id == group_id)
        wanted = wanted.where(person.c.id.in_(here.union(leading)))
    groups = _lists(
        db,
        select(member.c.person, group.c.name).join(group, group.c.id == member.c.group_id),
        select(group_mentor.c.person, group.c.name).join(
            group, group.c.id == group_mentor.c.group_id
        ),
    )
    chats = _lists(db, select(contact.c.person, contact.c.channel).where(~contact.c.gone))
    kinds: dict[int, list[str]] = defaultdict(list)
    for kept in EVERYTHING:
        if kept.title:
            for whose in db.scalars(_whose(kept)):
                kinds[whose].append(kept.title)
    return [
        Affected(
            row.id,
            row.name,
            row.sapaan,
            groups.get(row.id, []),
            chats.get(row.id, []),
            kinds.get(row.id, []),
        )
        for row in db.execute(wanted.order_by(person.c.id))
        if row.name or row.id in kinds
    ]


def _whose(kept: Kept) -> Select[Any]:
    """The people who have rows in a table."""
    column = kept.table.c[kept.hers]
    match points_at(column):
        case Target.PERSON:
            return select(column).where(column.is_not(None)).distinct()
        case Target.CONTACT:
            joined = kept.table.join(contact, contact.c.id == column)
            return select(contact.c.person).select_from(joined).distinct()
        case Target.CONSULTATION:
            joined = kept.table.join(consultation, consultation.c.id == column)
            return select(consultation.c.asker).select_from(joined).distinct()
        case _:
            hers = (member.c.group_id == kept.table.c.group_id) & (member.c.number == column)
            joined = kept.table.join(member, hers)
            return select(member.c.person).select_from(joined).distinct()


def _lists(db: Connection, *selects: Select[Any]) -> dict[int, list[str]]:
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for one in selects:
        for whose, what in db.execute(one.order_by(*one.selected_columns)):
            found[whose][what] = None
    return {whose: list(what) for whose, what in found.items()}


def looked_since(db: Connection, since: datetime) -> list[Looked]:
    """Who looked at whose data since then, the oldest first."""
    rows = db.execute(select(look).where(look.c.at >= since).order_by(look.c.at, look.c.id))
    return [Looked(row.at, row.by, row.what, row.why) for row in rows]


def note_look(
    db: Connection,
    at: datetime,
    by: str,
    what: str,
    why: str,
    group_id: int | None = None,
    whose: Sequence[int] = (),
) -> None:
    """Record that an operator looks at people's data: once, or for each person she looks at."""
    row = {"at": at, "by": by[:80], "what": what[:40], "why": why[:200], "group_id": group_id}
    db.execute(insert(look), [{**row, "person": one} for one in whose or (None,)])


def group_numbers(db: Connection) -> list[GroupNumbers]:
    """Every group in numbers."""
    active = _counted(
        db,
        select(member.c.group_id, func.count()).where(member.c.active).group_by(member.c.group_id),
    )
    owed = (balance.c.account == "savings") & (balance.c.rupiah != 0)
    saved = select(balance.c.group_id, func.sum(-balance.c.rupiah)).where(owed)
    sums = _counted(db, saved.group_by(balance.c.group_id))
    savers = _counted(
        db,
        select(balance.c.group_id, func.count()).where(owed).group_by(balance.c.group_id),
    )
    waits = consultation.c.state == State.NEW
    open_ = select(consultation.c.group_id, func.count()).where(waits)
    asked = _counted(db, open_.group_by(consultation.c.group_id))
    return [
        GroupNumbers(
            row.id,
            row.name,
            row.place,
            active.get(row.id, 0),
            savers.get(row.id, 0),
            sums.get(row.id, 0),
            asked.get(row.id, 0),
            row.closed_at is not None,
        )
        for row in db.execute(select(group).order_by(group.c.name, group.c.id))
    ]


def _counted(db: Connection, asked: Select[Any]) -> dict[int, int]:
    return {int(row[0]): int(row[1]) for row in db.execute(asked)}


def group_people(db: Connection, group_id: int) -> list[tuple[int, Person]]:
    """The active members of a group, by number."""
    named = (
        select(member.c.number, person.c.id, person.c.name, person.c.sapaan)
        .join(person, person.c.id == member.c.person)
        .where(member.c.group_id == group_id, member.c.active)
        .order_by(member.c.number)
    )
    return [(row.number, Person(row.id, row.name, row.sapaan)) for row in db.execute(named)]


def mentors_of(db: Connection, group_id: int) -> list[str]:
    """The names of a group's mentors."""
    led = (
        select(person.c.name)
        .join(group_mentor, group_mentor.c.person == person.c.id)
        .join(mentor, mentor.c.person == person.c.id)
        .where(group_mentor.c.group_id == group_id)
    )
    return list(db.scalars(led.order_by(person.c.id)))
