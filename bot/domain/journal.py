"""A group's books as they are handed on: every entry in the order of its day."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.ledger import Account, EntryKind
from bot.domain.people import Group


@dataclass(frozen=True, slots=True)
class Line:
    """One entry with what stood on its two accounts after it, in whole rupiah."""

    number: int
    kind: EntryKind
    day: date
    member: int
    rupiah: int
    into: Account
    out_of: Account
    into_after: int
    out_of_after: int
    reverses: int | None
    by: str
    at: datetime
    seal: str


@dataclass(frozen=True, slots=True)
class Journal:
    """``names`` are the members' by number, each once; ``lines`` by day, then by number."""

    group: Group
    names: Mapping[int, str]
    lines: Sequence[Line]

    def accounts(self) -> list[Account]:
        """Every account that was moved."""
        return sorted({account for one in self.lines for account in (one.into, one.out_of)})

    def by_day(self) -> Iterator[tuple[date, list[Line]]]:
        """The lines of each day."""
        today: list[Line] = []
        for one in self.lines:
            if today and one.day != today[0].day:
                yield today[0].day, today
                today = []
            today.append(one)
        if today:
            yield today[0].day, today


def told_apart(names: Mapping[int, str]) -> dict[int, str]:
    """The same names; those that occur twice, or not at all, with their number behind."""
    told = dict(names)
    while unclear := [number for number, name in told.items() if _unclear(name, told)]:
        told |= {number: f"{told[number] or 'Anggota'} {number}" for number in unclear}
    return told


def _unclear(name: str, among: Mapping[int, str]) -> bool:
    return not name or list(among.values()).count(name) > 1
