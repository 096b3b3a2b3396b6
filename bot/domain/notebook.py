"""Her private notebook: what she sold and what she bought, for herself alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.money import NOTHING, Money


class NoteKind(StrEnum):
    """Which way the money went."""

    SOLD = "sold"
    BOUGHT = "bought"


@dataclass(frozen=True, slots=True)
class Jotting:
    """One line of it; ``number`` counts her own lines."""

    number: int
    kind: NoteKind
    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class Takings:
    """What came in and went out over some days."""

    came_in: Money
    went_out: Money

    @property
    def left(self) -> Money:
        """What is left; less than nothing when more went out."""
        return self.came_in - self.went_out


def takings(jottings: Iterable[Jotting]) -> Takings:
    """The lines added up."""
    came_in = went_out = NOTHING
    for one in jottings:
        if one.kind is NoteKind.SOLD:
            came_in += one.amount
        else:
            went_out += one.amount
    return Takings(came_in, went_out)


def week_of(day: date) -> date:
    """The Monday of its week."""
    return day - timedelta(days=day.weekday())
