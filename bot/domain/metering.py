"""Messages counted by month, and how many of them are paid for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.calendar import Zone, local_day
from bot.domain.kinds import Kind
from bot.domain.postage import Price

#: The mentor hears when so much of a month's messages is used, in percent.
WARN_AT = 80


class Form(StrEnum):
    """How a message went out: in our own words, or as an agreed template outside the window."""

    FREE = "free"
    TEMPLATE = "template"


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
