"""Who is reminded when: a moment on a zone's clocks, each member's reason, and who decides it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from typing import Protocol

from bot.domain.calendar import Zone, local


class Why(StrEnum):
    """Whether a member is reminded at a moment, and why or why not; the first that fits counts."""

    NO_HOUR = "no_hour"
    NOT_YET = "not_yet"
    PLANNED = "planned"
    NO_CHAT = "no_chat"
    JUST_JOINED = "just_joined"
    GROUP_RESTS = "group_rests"
    RESTS = "rests"
    NOT_HER_DAY = "not_her_day"
    WEEK_TOLD = "week_told"
    SAVED = "saved"
    WAITS = "waits"
    TOO_LATE = "too_late"
    DUE = "due"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment on the clocks of one zone; ``instant`` is the same in aware UTC."""

    instant: datetime
    zone: Zone
    day: date
    clock: time

    @classmethod
    def at(cls, instant: datetime, zone: Zone) -> Moment:
        """What the clocks of ``zone`` show at ``instant`` (aware)."""
        here = local(instant, zone)
        return cls(instant, zone, here.date(), here.time())

    def end_of_yesterday(self) -> Moment:
        """The last moment of the day before, still dated now: what was missed is told today."""
        return replace(self, day=self.day - timedelta(days=1), clock=time.max)

    @property
    def day_began(self) -> datetime:
        """When its day began."""
        return datetime.combine(self.day, time(0), self.zone.tz).astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Planned:
    """What planning some groups came to; ``after`` is the last of them, None when all are done."""

    due: int
    too_late: int
    after: int | None


class Schedule(Protocol):
    """Who is to be reminded when. Raises Unavailable."""

    def plan(self, moment: Moment, since: time, after: int) -> Planned:
        """Put the reminders of the hours from ``since`` up to this moment into the outbox.

        Each at most once a member and day, whoever plans and how often; those of the groups behind
        number ``after``, as many as one short transaction takes.
        """
        ...

    def reasons(
        self, moment: Moment, after: int
    ) -> tuple[Sequence[tuple[int, int, Why]], int | None]:
        """Group, member and why, for the groups behind ``after``; and the last of these groups."""
        ...
