"""What WhatsApp asks for a message today, as ``prices.toml`` says."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.postage import Price, price_on, read_prices


@cache
def prices() -> tuple[Price, ...]:
    """What is billed from which day on. Raises BadPrices."""
    return read_prices((Path(__file__).parent / "prices.toml").read_text("utf-8"))


def price(today: date) -> Price:
    """The rule of that day."""
    return price_on(prices(), today)
