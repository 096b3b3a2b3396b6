"""Who is due now, and in which words: planned by the clock, put into words when they go out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta

import structlog

from bot.costs import Meter
from bot.domain.calendar import Zone
from bot.domain.kinds import Kind
from bot.domain.reminding import Moment, Schedule, Why
from bot.metrics import REMINDERS, SENDS
from bot.ports import Bubble, Clock, Letter, Outbox, Unavailable
from bot.runner import Runner

log = structlog.get_logger()

#: Every so often all hours of the day are looked at again: somebody moved hers, a worker slept.
ALL_AGAIN = timedelta(minutes=15)

#: What two looks overlap, for clocks that differ a little.
OVERLAP = timedelta(minutes=2)

MIDNIGHT = time(0)

#: Why a letter is let be when its group has had its messages of the month.
_BEYOND = "monthly limit"


class Reminders:
    """Plans what is due. Any number of these may run: a member's day is planned once."""

    def __init__(self, schedule: Schedule, clock: Clock) -> None:
        self._schedule, self._clock = schedule, clock
        self._looked: datetime | None = None
        self._looked_at_all: datetime | None = None

    def look(self) -> int:
        """Plan what has become due since the last look; how many. Raises Unavailable."""
        now = self._clock()
        everything = self._is_time_for_all(now)
        due = 0
        for zone in Zone:
            moment = Moment.at(now, zone)
            due += self._plan(moment, MIDNIGHT if everything else self._since(moment))
            if everything:
                self._plan(moment.end_of_yesterday(), MIDNIGHT)
        self._looked = now
        if everything:
            self._looked_at_all = now
        return due

    def _is_time_for_all(self, now: datetime) -> bool:
        """At the start, every quarter of an hour, and whenever the clock was set back."""
        if self._looked is None or self._looked_at_all is None or now < self._looked:
            return True
        return now - self._looked_at_all >= ALL_AGAIN

    def _since(self, moment: Moment) -> time:
        """The clock there at the last look, or midnight when that was another day."""
        before = Moment.at((self._looked or moment.instant) - OVERLAP, moment.zone)
        return before.clock if before.day == moment.day else MIDNIGHT

    def _plan(self, moment: Moment, since: time) -> int:
        due = late = after = 0
        while True:
            planned = self._schedule.plan(moment, since, after)
            due, late = due + planned.due, late + planned.too_late
            if planned.after is None:
                break
            after = planned.after
        if late:
            log.warning("reminders_too_late", count=late, zone=moment.zone, day=str(moment.day))
        REMINDERS.labels("planned").inc(due)
        REMINDERS.labels("too_late").inc(late)
        return due


class Words:
    """Makes letters ready for sending: puts the clock's into words, keeps quiet at night.

    What nobody waits for is let be once its group has had its messages of the month.
    """

    def __init__(
        self, runner: Runner, outbox: Outbox, clock: Clock, meter: Meter | None = None
    ) -> None:
        self._runner, self._outbox, self._clock, self._meter = runner, outbox, clock, meter

    def prepare(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        """The letters to be sent now; the others are put off or let be. Raises Unavailable."""
        slow = [one for one in letters if not Kind(one.kind).any_hour]
        if not slow:
            return letters
        words = self._in_words(self._within_limit(slow))
        slowly = {one.id for one in slow}
        ready = [one for one in letters if one.id not in slowly]
        for letter in slow:
            match words.get(letter.id, _BEYOND):
                case Bubble() as bubble:
                    ready.append(replace(letter, bubble=bubble))
                case datetime() as morning:
                    self._outbox.later(letter, "quiet hours", morning, counted=False)
                case Exception():
                    self._outbox.failed(letter, "fault", self._clock())
                case str(reason):
                    SENDS.labels(letter.channel, letter.kind, "cancelled").inc()
                    self._outbox.cancelled(letter, reason, self._clock())
                case None:
                    log.info("letter_let_be", letter=letter.id, kind=letter.kind)
                    SENDS.labels(letter.channel, letter.kind, "cancelled").inc()
                    self._outbox.cancelled(letter, "no longer wanted", self._clock())
        return ready

    def _within_limit(self, letters: Sequence[Letter]) -> Sequence[Letter]:
        beyond = self._meter.over(letters, self._clock()) if self._meter else set()
        return [one for one in letters if one.id not in beyond]

    def _in_words(
        self, letters: Sequence[Letter]
    ) -> dict[int, Bubble | datetime | Exception | None]:
        """All at once, or one by one when one of them cannot be put into words."""
        try:
            return dict(self._runner.put_into_words(letters))
        except Unavailable:
            raise
        except Exception as fault:
            if len(letters) == 1:
                log.exception("letter_fault", letter=letters[0].id)
                return {letters[0].id: fault}
        return {number: what for one in letters for number, what in self._in_words([one]).items()}


def reasons(schedule: Schedule, instant: datetime) -> Iterator[tuple[int, int, Why]]:
    """Group, member and why she would be reminded then or not, for every active member."""
    for zone in Zone:
        moment, after = Moment.at(instant, zone), 0
        while True:
            rows, last = schedule.reasons(moment, after)
            yield from rows
            if last is None:
                break
            after = last
