"""How a programme ends: announced early, with what each keeps and what becomes of her data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.calendar import Zone, local_day
from bot.domain.people import Group, Member, Person

#: Weeks ahead at which it is announced, the longest first.
WEEKS_AHEAD = (4, 2, 1)

#: Days after the end at which those who agreed are asked how they are; later it is let be.
FOLLOW_UP_AFTER, FOLLOW_UP_UNTIL = timedelta(days=91), timedelta(days=98)


#: How long what was written down may still be read after the end; the contract says so.
READABLE = timedelta(days=91)


class Reason(StrEnum):
    """Why it ends."""

    TIME_OVER = "time_over"
    GOALS_MET = "goals_met"
    REFERRED = "referred"
    OTHER = "other_reason"


@dataclass(frozen=True, slots=True)
class Ending:
    """When and why a group ends; ``choices`` are by member whether her data is kept for a follow-up.

    ``told`` is how many weeks ahead it was announced last, ``ended_at`` when the mentor closed it.
    """

    group: int
    last_day: date
    reason: Reason
    by: Person
    told: int | None = None
    ended_at: datetime | None = None
    choices: Mapping[int, bool] = field(default_factory=dict)

    def readable_until(self, zone: Zone) -> date | None:
        """The last day on which its members may read it; None while it goes on."""
        return None if self.ended_at is None else local_day(self.ended_at, zone) + READABLE


def weeks_to_announce(last_day: date, today: date, told: int | None) -> int | None:
    """Which of the weeks ahead has come by today and was not ``told`` yet; None when there is none.

    One that passed while nobody looked is told late; of several only the nearest.
    """
    days = (last_day - today).days
    come = [weeks for weeks in WEEKS_AHEAD if 0 < days <= weeks * 7]
    return come[-1] if come and (told is None or come[-1] < told) else None


def weeks_left(last_day: date, today: date) -> int:
    """The weeks from today to the last day, a begun one counted whole."""
    return -(-(last_day - today).days // 7)


def is_follow_up(ended_on: date, today: date) -> bool:
    """Whether those who agreed are asked now how they are, three months on."""
    return FOLLOW_UP_AFTER <= today - ended_on < FOLLOW_UP_UNTIL


@dataclass(frozen=True, slots=True)
class EndingPlanned:
    """A mentor names the last day and why."""

    group: Group
    last_day: date
    reason: Reason
    by: Person


@dataclass(frozen=True, slots=True)
class EndingNear:
    """So many weeks are left."""

    group: Group
    weeks: int


@dataclass(frozen=True, slots=True)
class ProgrammeEnded:
    """The mentor closes the group; everybody has her certificate and chooses."""

    group: Group
    by: Person


@dataclass(frozen=True, slots=True)
class DataChosen:
    """A member would be asked in three months, or has what we know of her programme erased now."""

    member: Member
    keeps: bool


@dataclass(frozen=True, slots=True)
class FollowUpDue:
    """Three months are over for those who agreed to be asked."""

    group: Group
