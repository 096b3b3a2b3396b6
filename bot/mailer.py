"""Gets broadcasts on their way when their hour comes, and tells when they are over."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

import structlog

from bot.domain.broadcasts import Broadcast, BroadcastFinished, PollClosed
from bot.domain.calendar import Zone
from bot.domain.reminding import Moment
from bot.mailings import MailingStore, Ready
from bot.ports import Conflict, Unavailable
from bot.runner import Runner

log = structlog.get_logger()

#: The conversation by which a broadcast is put into words.
MAILING = "mailing"

#: Steps of planning at one look, and broadcasts that end at one; the rest waits for the next.
MOST_STEPS, MOST_ENDING = 500, 50


class Mailer:
    """Any number of these may look: a group is planned once, and a person is told once."""

    def __init__(self, runner: Runner, store: MailingStore) -> None:
        self._runner, self._store, self._mailings = runner, store, store.mailings

    def look(self) -> int:
        """Do what has become due; how many letters and endings there were. Raises Unavailable."""
        now = self._runner.now()
        done = self._end(self._mailings.closing(now, MOST_ENDING), PollClosed)
        self._mailings.begin(now)
        for zone in Zone:
            done += self._plan_all(Moment.at(now, zone))
        return done + self._end(self._mailings.over(now, MOST_ENDING), BroadcastFinished)

    def _plan_all(self, moment: Moment) -> int:
        planned = 0
        for _ in range(MOST_STEPS):
            ready = self._mailings.ready(moment)
            if ready is None:
                break
            planned += self._plan(ready, moment.instant)
        return planned

    def _plan(self, ready: Ready, now: datetime) -> int:
        """One set of groups: each by itself where each is told something of its own."""
        parts = [replace(ready, groups=(one,)) for one in ready.groups] if ready.apart else [ready]
        planned = 0
        for part in parts:
            facts = {"broadcast": part.broadcast, "group": part.groups[0]}
            try:
                bubble = self._runner.speak(MAILING, part.mentor, facts)
            except Unavailable:
                raise
            except Exception:
                # A fault of ours in one must not keep all others from going out.
                log.exception("mailing_fault", broadcast=part.broadcast)
                bubble = None
            planned += self._mailings.plan(part, bubble, now)
        return planned

    def _end(
        self,
        numbers: Sequence[int],
        ending: Callable[[Broadcast], BroadcastFinished | PollClosed],
    ) -> int:
        for number in numbers:
            with self._store.transaction() as books:
                found = books.broadcast(number)
            if found is not None:
                # Another process may have ended it in this moment: then she has been told.
                with contextlib.suppress(Conflict):
                    self._runner.happen(ending(found), found.mentor)
        return len(numbers)
