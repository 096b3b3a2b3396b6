"""Once a week each member is shown what stands there for her, and says whether it is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.ledger import Entry
from bot.domain.money import Money
from bot.domain.people import Member

#: Days of the week that is told.
WEEK = 7


def week_told(day: date) -> tuple[date, date]:
    """The first and last day of the week told on ``day``: it ended yesterday, so each day is told once."""
    return day - timedelta(days=WEEK), day - timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Statement:
    """The statement of ``day``, as it is to be shown by now; ``answer`` is ``right``, ``wrong`` or None.

    She may read it days later, and is asked about what she sees: ``saved`` is what stands there for
    ``member`` now, ``entries`` are all since the statement before, ``differences`` what counts found
    more (or less) in the box since then.
    """

    member: Member
    day: date
    saved: Money
    entries: Sequence[Entry]
    differences: Sequence[Money]
    answer: str | None
