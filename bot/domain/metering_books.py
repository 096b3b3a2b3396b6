"""What conversations about costs may look at."""

from __future__ import annotations

from datetime import date
from typing import Protocol

from bot.domain.metering import Spent
from bot.domain.people import Group


class MeteringBooks(Protocol):
    """Reading what went out where it costs."""

    def spent(self, group: Group, month: date) -> Spent:
        """A group's messages of the month that begins on this day."""
        ...
