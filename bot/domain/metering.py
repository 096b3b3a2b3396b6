"""What writing to people costs: messages counted by month, and what of them is paid for.

Prices change; what is free when stands in a file of dated rules, not here.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import Zone, local_day
from bot.domain.kinds import Kind

#: The mentor hears when so much of a month's messages is used, in percent.
WARN_AT = 80


class Form(StrEnum):
    """How a message went out: in our own words, or as an agreed template outside the window."""

    FREE = "free"
    TEMPLATE = "template"


class BadPrices(ValueError):
    """The file of prices cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Price:
    """What is billed from a day on.

    ``template`` and ``free_form`` say whether such a message costs at all; of the free-form ones the
    first ``free_per_month`` of the whole number cost nothing.
    """

    since: date
    template: bool
    free_form: bool
    free_per_month: int = 0


@dataclass(frozen=True, slots=True)
class Spent:
    """One group's messages of one month by kind and form, and the whole number's free-form ones."""

    month: date
    messages: Mapping[tuple[str, Form], int]
    of_all: int

    @property
    def count(self) -> int:
        """All of them."""
        return sum(self.messages.values())

    @property
    def reminders_in_window(self) -> int:
        """Reminders that went out freely: outside her window each had been a template."""
        return self.messages.get((Kind.REMINDER, Form.FREE), 0)

    def paid(self, price: Price) -> int:
        """How many of them are billed; of the number's free ones each group has its share."""
        by_form = dict.fromkeys(Form, 0)
        for (_, form), count in self.messages.items():
            by_form[form] += count
        billed = by_form[Form.TEMPLATE] if price.template else 0
        beyond = max(0, self.of_all - price.free_per_month)
        if price.free_form and self.of_all and beyond:
            billed += -(-by_form[Form.FREE] * beyond // self.of_all)
        return billed


def month_of(now: datetime) -> date:
    """The first day of the month it is."""
    return local_day(now, Zone.WIB).replace(day=1)


def price_on(prices: Sequence[Price], day: date) -> Price:
    """The rule of a day: the newest that has begun, or the first there is."""
    begun = [one for one in prices if one.since <= day]
    return begun[-1] if begun else prices[0]


def read_prices(text: str) -> tuple[Price, ...]:
    """The rules of a TOML file, by date. Raises BadPrices."""
    try:
        rules = [Price(**one) for one in tomllib.loads(text)["price"]]
    except (tomllib.TOMLDecodeError, KeyError, TypeError) as fault:
        raise BadPrices(str(fault)) from None
    if not rules or any(type(one.since) is not date for one in rules):
        raise BadPrices("every price needs a day: since = 2026-10-01")
    return tuple(sorted(rules, key=lambda one: one.since))
