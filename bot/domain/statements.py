"""Once a week each member is shown what stands there for her, and says whether it is so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, time

from bot.domain.ledger import Entry
from bot.domain.money import Money
from bot.domain.people import Member

#: The weekday (Monday is 0) and the local hour at which statements go out.
WEEKDAY, HOUR = 5, time(9, 0)


@dataclass(frozen=True, slots=True)
class Statement:
    """What stood there for ``member`` on ``day``; ``answer`` is ``right``, ``wrong`` or None.

    ``entries`` are those since the statement before; ``differences`` what counts found more (or
    less) in the box since then.
    """

    member: Member
    day: date
    saved: Money
    entries: Sequence[Entry]
    differences: Sequence[Money]
    answer: str | None
