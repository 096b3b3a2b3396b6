"""What one table keeps about people, and how its rows are found to be somebody's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from sqlalchemy import Column, ColumnElement, Table

from storage import tables


class Target(StrEnum):
    """What a column points at."""

    PERSON = "person"
    CONTACT = "contact"
    MEMBER = "member"
    CONSULTATION = "consultation"


class Erased(StrEnum):
    """What becomes of her rows when she is erased."""

    DELETED = "deleted"
    BLANKED = "blanked"
    KEPT = "kept"


#: Names that mean somebody even where no key says so.
_NAMES = {"person": Target.PERSON, "contact": Target.CONTACT, "member": Target.MEMBER}
_KEYS = {
    "person.id": Target.PERSON,
    "contact.id": Target.CONTACT,
    "member.number": Target.MEMBER,
    "consultation.id": Target.CONSULTATION,
}


def points_at(column: Column[Any]) -> Target | None:
    """Whether a column says whose a row is, and by what."""
    if column.table is tables.person and column.name == "id":
        return Target.PERSON
    if column.table is tables.contact and column.name == "id":
        return None  # its own number; whose it is says ``person``
    for key in column.foreign_keys:
        if key.target_fullname in _KEYS:
            return _KEYS[key.target_fullname]
    return _NAMES.get(column.name)


@dataclass(frozen=True, slots=True)
class Kept:
    """What one table keeps about people.

    ``hers`` names the column by which rows are hers, ``shows`` the columns she is given with their
    headings (none: ``why`` says why not), ``only`` narrows the rows she is given. ``others`` are
    further columns that point at people, each with the reason why those rows are not given to them.
    When she is erased her rows are deleted (those of the columns ``also`` as well), ``blanks`` are
    written into them, or they are kept.
    """

    table: Table
    title: str
    why: str
    until: str
    hers: str = ""
    shows: Mapping[str, str] = field(default_factory=dict)
    others: Mapping[str, str] = field(default_factory=dict)
    erased: Erased = Erased.KEPT
    blanks: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()
    only: ColumnElement[bool] | None = None


#: How long, and what for, where several tables say the same.
WITH_GROUP = "selama kelompok berjalan dan setahun sesudahnya"
WITH_BOOKS = "selama buku kelompok ada; sesudah dihapus tanpa nama"
