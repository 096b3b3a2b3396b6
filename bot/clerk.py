"""Does errands of one kind, one at a time, and lets the conversation hear what came of them."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import timedelta
from typing import Protocol

import structlog

from bot.domain.changes import Change
from bot.errands import Errand, ErrandKind, Errands
from bot.ports import Clock, Conflict, Refused, TryAgain, Unavailable
from bot.runner import Runner

log = structlog.get_logger()

#: Seconds between two looks for work, and how often one errand is tried.
LOOK_EVERY, MOST_TRIES = 0.5, 3


class Work(Protocol):
    """How one kind of errand is done; one whose worker died is taken up again after ``lease``."""

    kind: ErrandKind
    lease: timedelta

    async def do(self, errand: Errand) -> Change:
        """What came of it. Raises TryAgain, Refused, OSError or TimeoutError."""
        ...

    def give_up(self, errand: Errand) -> Change:
        """What is to be said when nothing came of it."""
        ...


class Clerk:
    """Takes the errands of one kind as they come."""

    def __init__(
        self,
        work: Work,
        errands: Errands,
        runner: Runner,
        clock: Clock,
        written: Callable[[], None] = lambda: None,
    ) -> None:
        self._work, self._errands, self._runner = work, errands, runner
        self._clock, self._written = clock, written

    async def run(self) -> None:
        """Work until cancelled."""
        while True:
            try:
                if not await self._next():
                    await asyncio.sleep(LOOK_EVERY)
            except Unavailable as fault:
                log.warning("errands_unavailable", kind=self._work.kind, reason=str(fault))
                await asyncio.sleep(LOOK_EVERY * 10)

    async def finish(self) -> None:
        """Do all that is due now, where nobody waits (a rehearsal, a transcript)."""
        while await self._next():
            pass

    async def _next(self) -> bool:
        """Do one errand; False when none is due. Raises Unavailable."""
        work = self._work
        errand = await asyncio.to_thread(self._errands.next, work.kind, self._clock(), work.lease)
        if errand is not None:
            await self._serve(errand)
        return errand is not None

    async def _serve(self, errand: Errand) -> None:
        about = {"kind": self._work.kind, "errand": errand.number}
        try:
            change = await self._work.do(errand)
        except Exception as fault:  # whatever one picture brings about, the others need not wait
            ours = not isinstance(fault, (TryAgain, Refused, OSError, TimeoutError))
            log.warning("errand_not_done", reason=type(fault).__name__, exc_info=ours, **about)
            if errand.tries < MOST_TRIES and not isinstance(fault, Refused):
                return  # the lease runs out, and it is tried again
            change = self._work.give_up(errand)
        try:
            await asyncio.to_thread(self._runner.happen, change, errand.person)
        except Conflict:  # another worker was faster: its lease had run out
            log.info("errand_done_already", **about)
        except Unavailable:
            raise
        except Exception:  # a fault of ours: the lease runs out, and others need not wait for it
            log.exception("errand_failed", **about)
        self._written()
