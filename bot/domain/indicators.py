"""What the books themselves saw of each before and after, beside what she says of herself."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.surveys import Survey

#: Who put something in during each of so many weeks saves regularly.
WEEKS = 4

#: The steps that say it: of which guide, and which of its steps.
NIB_STEP, LISTING_STEP = ("oss", "nib"), ("pasar", "facebook")


class Indicator(StrEnum):
    """What is measured; in this order it is shown."""

    SAVES = "saves_regularly"
    NIB = "nib_reported"
    LISTING = "first_listing"
    ANSWERED = "was_answered"


#: Of each indicator the days on which it was seen, by member.
Signs = Mapping[Indicator, Mapping[int, Collection[date]]]


@dataclass(frozen=True, slots=True)
class Measured:
    """Of how many of the same ``people`` it was so before, and of how many after."""

    indicator: Indicator
    people: int
    before: int
    after: int


def measured(signs: Signs, before: Survey, after: Survey) -> Sequence[Measured]:
    """Each indicator on the days she answered, for those alone who answered both times."""
    both = before.on.keys() & after.on.keys()

    def count(one: Indicator, on: Mapping[int, date]) -> int:
        seen = signs.get(one, {})
        return sum(_is_so(one, seen.get(member, ()), on[member]) for member in both)

    return [
        Measured(one, len(both), count(one, before.on), count(one, after.on)) for one in Indicator
    ]


def _is_so(one: Indicator, days: Collection[date], on: date) -> bool:
    if one is not Indicator.SAVES:
        return any(day <= on for day in days)
    weeks = {(on - day) // timedelta(days=7) for day in days if day <= on}
    return weeks >= set(range(WEEKS))
