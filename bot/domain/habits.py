"""What helps her keep at it: her goal, her rhythm, her days of rest, and the group's quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.money import NOTHING, Money

#: Reminders she leaves unanswered before once a week is offered.
UNANSWERED = 7

#: The shares of a goal at which she hears how far she has come, in percent.
MILESTONES = (25, 50, 75, 100)

#: Daily amounts are said in steps of this many rupiah: nobody hands over Rp4.137.
ROUND_TO = 500


class Rhythm(StrEnum):
    """How often she is reminded; ``ALWAYS`` is daily by her own word, never asked about again."""

    DAILY = "daily"
    WEEKLY = "weekly"
    ALWAYS = "always"


@dataclass(frozen=True, slots=True)
class Habit:
    """When a member is reminded.

    ``rest_until`` is the last day of her rest, ``rest_days`` the weekdays (0 is Monday) she always
    rests on; ``weekly_on`` is the weekday of a weekly rhythm, ``in_ramadan`` her hour in that month.
    """

    rhythm: Rhythm = Rhythm.DAILY
    weekly_on: int | None = None
    rest_until: date | None = None
    rest_days: frozenset[int] = frozenset()
    in_ramadan: time | None = None

    def rests(self, day: date) -> bool:
        """Whether she has said she rests on that day."""
        resting = self.rest_until is not None and day <= self.rest_until
        return resting or day.weekday() in self.rest_days


def as_bits(days: frozenset[int]) -> int:
    """Weekdays as one number, a bit each."""
    return sum(1 << day for day in days)


def from_bits(bits: int) -> frozenset[int]:
    """The weekdays of such a number."""
    return frozenset(day for day in range(7) if bits >> day & 1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """The group's quiet hours, from one evening to the next morning, in its own time."""

    begins: time = time(21, 0)
    ends: time = time(6, 30)

    def holds(self, clock: time) -> bool:
        """Whether it is quiet at that hour."""
        return clock >= self.begins or clock < self.ends

    def over(self, here: datetime) -> datetime:
        """When the quiet hours end that hold at ``here`` (aware, local); in UTC."""
        morning = datetime.combine(here.date(), self.ends, here.tzinfo)
        if here.time() >= self.begins:
            morning += timedelta(days=1)
        return morning.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class GroupRest:
    """Days, ``first`` to ``last``, on which a whole group is not reminded; ``name`` may be empty."""

    first: date
    last: date
    name: str = ""


@dataclass(frozen=True, slots=True)
class Goal:
    """What she saves for: ``name`` in her own words, ``by`` when she would like to have it."""

    name: str
    amount: Money
    by: date | None = None

    def missing(self, saved: Money) -> Money:
        """What is still to come; nothing once she is there."""
        return max(self.amount - saved, NOTHING)

    def percent(self, saved: Money) -> int:
        """How much of it she has, 0 to 100, never rounded up."""
        return max(0, min(100, saved.rupiah * 100 // self.amount.rupiah))

    def per_day(self, saved: Money, today: date) -> Money | None:
        """What each day from today to the last would have to bring, rounded up; None without a day."""
        if self.by is None or self.by < today:
            return None
        days = (self.by - today).days + 1
        share = -(-self.missing(saved).rupiah // days)
        return Money(-(-share // ROUND_TO) * ROUND_TO)


def milestone(goal: Goal, before: Money, after: Money) -> int | None:
    """The share she has just reached, in percent; None when she passed none."""
    reached = [each for each in MILESTONES if goal.percent(before) < each <= goal.percent(after)]
    return reached[-1] if reached else None
