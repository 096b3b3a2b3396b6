"""How a programme ends: announced early, with what each keeps and what becomes of her data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.people import Group, Member, Person

#: Weeks ahead at which it is announced, the longest first.
WEEKS_AHEAD = (4, 2, 1)

#: Days after the end at which those who agreed are asked how they are; later it is let be.
FOLLOW_UP_AFTER, FOLLOW_UP_UNTIL = timedelta(days=91), timedelta(days=98)


class Reason(StrEnum):
    """Why it ends."""

    TIME_OVER = "time_over"
    GOALS_MET = "goals_met"
    REFERRED = "referred"
    OTHER = "other_reason"


@dataclass(frozen=True, slots=True)
class Ending:
    """When and why a group ends; ``choices`` are by member whether her data is kept for a follow-up.

    ``ended_at`` is when the mentor closed it.
    """

    group: int
    last_day: date
    reason: Reason
    by: Person
    ended_at: datetime | None = None
    choices: Mapping[int, bool] = field(default_factory=dict)


def weeks_to_announce(last_day: date, today: date) -> int | None:
    """How many weeks ahead it is exactly today, when that is one of those to announce it."""
    days = (last_day - today).days
    return days // 7 if days % 7 == 0 and days // 7 in WEEKS_AHEAD else None


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
