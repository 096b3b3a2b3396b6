"""What WhatsApp asks for messages, by rules that each hold from a day on."""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.broadcasts import Reach
from bot.domain.money import Money


class BadPrices(ValueError):
    """The file of prices cannot be read; the message says where."""


@dataclass(frozen=True, slots=True)
class Price:
    """What is billed from ``since`` on: rupiah a ``template``, and rupiah a ``free_form`` message beyond
    the first ``free_per_month`` of the whole number. Nought means that it costs nothing.
    """

    since: date
    template: int
    free_form: int
    free_per_month: int = 0

    def most(self, reach: Reach) -> Money:
        """What telling these people costs if everybody opens her chat and reads it.

        Whoever's window is closed costs a template and then, like everybody, a message.
        """
        left = max(0, self.free_per_month - reach.sent_this_month)
        billed = max(0, reach.whatsapp - left)
        return Money(reach.closed * self.template + billed * self.free_form)


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
