"""The shelf of vetted answers, and the prices of messages, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from bot.domain.metering import Price, read_prices
from bot.talk.knowledge import Library, read_articles, read_elsewhere

_FOLDER = Path(__file__).parent / "knowledge" / "id"


@cache
def library() -> Library:
    """Every article of ``knowledge/id``. Raises BadArticle."""
    elsewhere = read_elsewhere((_FOLDER / "elsewhere.txt").read_text("utf-8"))
    return Library(read_articles(_FOLDER), elsewhere)


@cache
def prices() -> tuple[Price, ...]:
    """What is billed from which day on. Raises BadPrices."""
    return read_prices((Path(__file__).parent / "prices.toml").read_text("utf-8"))
