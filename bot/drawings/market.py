"""The way to an NIB and to the market: a step's picture, her photo better, her promo pictures."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.files import PNG, File
from bot.printing.photos import photo_draws
from bot.printing.step import step_picture
from bot.studio import Draw
from storage.reading.pictures import jpeg_of
from storage.store import SqlStore


def of_market(store: SqlStore) -> Mapping[str, Draw]:
    """Drawn from what was said, and from the photos she sent."""

    def step(facts: Mapping[str, Any]) -> File:
        return File(step_picture(facts), PNG, f"langkah-{facts['number']}.png")

    def kept(number: int) -> bytes | None:
        with store.snapshot() as connection:
            return jpeg_of(connection, number)

    return {"step": step, **photo_draws(kept)}
