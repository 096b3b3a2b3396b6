"""What went into one batch, thing by thing, as it is written down, added to and put right."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.money import Money


class Manner(StrEnum):
    """How a bill is meant that follows another: beside it, put right, or as the whole of it."""

    WRITTEN = "written"
    ADDS = "adds"
    PUTS_RIGHT = "puts right"
    WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was bought; without a name it is only so much money."""

    name: str
    cost: Money


@dataclass(frozen=True, slots=True)
class Bill:
    """Some things that were bought, and the ``manner`` in which they were written."""

    items: tuple[Item, ...]
    manner: Manner = Manner.WRITTEN

    @property
    def total(self) -> Money:
        """What they cost together."""
        return Money(sum(one.cost.rupiah for one in self.items))

    @property
    def named(self) -> tuple[Item, ...]:
        """Those of which she said what they are."""
        return tuple(one for one in self.items if one.name)

    def names(self, name: str) -> bool:
        """Whether there is a thing of that name on it."""
        return any(one.name == name for one in self.items)

    def with_more(self, later: Bill) -> Bill:
        """This bill after what she wrote ``later``: more of it, another cost of the same, or the whole."""
        puts_all_right = later.manner is Manner.PUTS_RIGHT and not later.named
        if later.manner is Manner.WHOLE or puts_all_right:
            return Bill(later.items)
        replaced = {one.name for one in later.named} if later.manner is not Manner.ADDS else set()
        stays = tuple(one for one in self.items if one.name not in replaced)
        return Bill(stays + later.items)
