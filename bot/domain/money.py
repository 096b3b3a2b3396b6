"""Money in whole rupiah; never a float."""

from __future__ import annotations

from dataclasses import dataclass

#: The smallest coin, and the largest amount one message may speak of, in rupiah.
SMALLEST, LARGEST = 100, 999_999_999


@dataclass(frozen=True, order=True, slots=True)
class Money:
    """An amount of ``rupiah``; negative on the credit side of the books."""

    rupiah: int

    def __add__(self, other: Money) -> Money:
        return Money(self.rupiah + other.rupiah)

    def __sub__(self, other: Money) -> Money:
        return Money(self.rupiah - other.rupiah)

    def __neg__(self) -> Money:
        return Money(-self.rupiah)

    def __bool__(self) -> bool:
        return self.rupiah != 0


NOTHING = Money(0)
