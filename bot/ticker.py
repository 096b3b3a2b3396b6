"""Wakes us by the clock: reminders, questions left alone, and what is old enough to be swept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import structlog
from apscheduler.schedulers.background import BackgroundScheduler

from bot.costs import Meter, warn
from bot.late_questions import look_after_questions
from bot.mailer import Mailer
from bot.mailings import MailingStore
from bot.ports import Clock, Unavailable
from bot.reminders import Reminders
from bot.rounds import make_rounds
from bot.runner import Runner

log = structlog.get_logger()

#: How often the clock is looked at.
EVERY = timedelta(seconds=20)
SWEEP_EVERY, SWEEP_AFTER = timedelta(hours=6), timedelta(minutes=5)

#: Silent conversations heard at one look; the others wait for the next.
MOST_AT_ONCE = 500


class Ticker:
    """What is due is the database's word; the schedule only makes us look."""

    def __init__(
        self,
        runner: Runner,
        store: MailingStore,
        clock: Clock,
        written: Callable[[], None],
        meter: Meter | None = None,
    ) -> None:
        self._runner, self._store, self._written, self._meter = runner, store, written, meter
        self._reminders = Reminders(store.schedule, clock)
        self._mailer = Mailer(runner, store)
        # One job at a time, never dropped for being late: looking twice does no harm.
        habits = {"max_instances": 1, "coalesce": True, "misfire_grace_time": None}
        self._schedule = BackgroundScheduler(timezone="UTC", job_defaults=habits)
        # At once: what fell due while nobody looked does not wait any longer.
        now = datetime.now(UTC)
        self._schedule.add_job(
            self.look, "interval", seconds=EVERY.total_seconds(), next_run_time=now
        )
        # Soon: a process that is begun anew each night sweeps, too.
        self._schedule.add_job(
            self.sweep,
            "interval",
            seconds=SWEEP_EVERY.total_seconds(),
            next_run_time=now + SWEEP_AFTER,
        )

    def start(self) -> None:
        """Begin to look."""
        self._schedule.start()

    def stop(self) -> None:
        """Stop looking, once what is being done is done."""
        self._schedule.shutdown()

    def look(self) -> None:
        """Plan what is due today, and let questions left alone long enough hear the silence."""
        try:
            with self._store.transaction() as books:
                due = books.sessions_to_wake(MOST_AT_ONCE)
            for session_id in due:
                self._wake(session_id)
            told = make_rounds(self._runner, self._store)
            told |= self._meter is not None and warn(self._runner, self._store, self._meter)
            told |= look_after_questions(self._runner, self._store)
            reminded = self._reminders.look() + self._mailer.look()
        except Unavailable as fault:
            log.warning("ticker_unavailable", reason=str(fault))
        else:
            if due or told or reminded:
                self._written()

    def _wake(self, session_id: str) -> None:
        try:
            self._runner.wake(session_id)
        except Unavailable:
            raise
        except Exception:
            # A fault of ours in one conversation must not keep all others from being heard.
            log.exception("wake_failed", session=session_id)

    def sweep(self) -> None:
        """Forget messages the platforms will not repeat, and conversations long over."""
        try:
            self._store.sweep()
        except Unavailable as fault:
            log.warning("sweep_unavailable", reason=str(fault))
