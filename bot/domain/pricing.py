"""What one piece costs to make, what it may sell for, and how long a wish takes to save for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.money import Money

_MINUTES = 60
_WHOLE = 100  # per cent

#: Letters of a product's name, and products of one person whose costing is kept.
LONGEST_PRODUCT, MOST_COSTINGS = 40, 30

#: Prices are rounded up to full coins of so many rupiah, from such a price on to larger ones.
_SMALL_STEP, _LARGE_STEP, _LARGE_FROM = 100, 500, 5_000


@dataclass(frozen=True, slots=True)
class Batch:
    """One round of cooking or sewing: what went into it, in rupiah, and how many came out."""

    materials: Money
    packaging: Money
    energy: Money
    minutes: int
    an_hour: Money
    units: int

    @property
    def labour(self) -> Money:
        """What her time is worth."""
        return Money(_up(self.minutes * self.an_hour.rupiah, _MINUTES))

    @property
    def total(self) -> Money:
        """What the whole round cost."""
        return self.materials + self.packaging + self.energy + self.labour

    @property
    def each(self) -> Money:
        """HPP: the cost of one piece, rounded up to a rupiah."""
        return Money(_up(self.total.rupiah, self.units))


@dataclass(frozen=True, slots=True)
class Costing:
    """What she found out one piece of a product costs, and what it sells for; hers alone."""

    product: str
    cost: Money
    percent: int
    price: Money
    day: date

    def is_of(self, product: str) -> bool:
        """Whether that is the same thing: every word of one name is in the other."""
        one, other = set(self.product.lower().split()), set(product.lower().split())
        return one <= other or other <= one


def price(cost: Money, percent: int) -> Money:
    """What to sell for so that ``percent`` of the cost is earned, rounded up to full coins."""
    exact = _up(cost.rupiah * (_WHOLE + percent), _WHOLE)
    step = _LARGE_STEP if exact >= _LARGE_FROM else _SMALL_STEP
    return Money(_up(exact, step) * step)


def days_of_saving(wanted: Money, a_day: Money) -> int:
    """Days until ``wanted`` is together; none when nothing is missing."""
    return max(0, _up(wanted.rupiah, a_day.rupiah))


def day_it_is_saved(today: date, wanted: Money, a_day: Money) -> date:
    """The day ``wanted`` is together, when the first is put aside ``today``."""
    return today + timedelta(days=max(0, days_of_saving(wanted, a_day) - 1))


def _up(amount: int, by: int) -> int:
    """Divided and rounded up."""
    return -(-amount // by)
