"""From the outbox to the person, patiently: in order for each, again after what may pass."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Mapping
from datetime import datetime, timedelta

import structlog

from bot.ports import (
    Channel,
    Clock,
    Letter,
    Outbox,
    Refused,
    TryAgain,
    Unavailable,
    Uncertain,
)

log = structlog.get_logger()

#: How often we look by ourselves; work in this process wakes us at once.
LOOK_EVERY = 0.2

#: Letters on their way at once.
MOST_UNDER_WAY = 100

#: A letter whose worker died is taken up again after this.
LEASE = timedelta(seconds=60)

#: A letter is given up after so many tries, or when it is this old.
MOST_TRIES, OLDEST = 15, timedelta(hours=24)

#: Seconds before the second try and at most before any later one.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 600.0

#: Kinds that do harm when they come twice; all others are sent again when an answer got lost.
NEVER_TWICE = frozenset({"reminder", "tip"})


def pause(tries: int) -> float:
    """Seconds to wait after ``tries`` tries: doubling, capped, and never in step with others."""
    longest = min(FIRST_PAUSE * 2.0 ** min(tries - 1, 30), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret


class Delivery:
    """Sends what is due over the channels it is given."""

    def __init__(self, outbox: Outbox, channels: Mapping[str, Channel], clock: Clock) -> None:
        self._outbox, self._channels, self._clock = outbox, channels, clock
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._arrived: list[tuple[Letter, str]] = []
        self._held_until: dict[str, datetime] = {}

    def wake(self) -> None:
        """There is something new; may be called from any thread."""
        if self._loop is not None:
            self._loop.call_soon_threadsafe(self._news.set)

    async def run(self) -> None:
        """Deliver until cancelled; what is on its way then is waited for."""
        self._loop = asyncio.get_running_loop()
        try:
            while True:
                self._news.clear()
                try:
                    took = await asyncio.to_thread(self._settle_and_claim)
                except Unavailable as fault:
                    log.warning("outbox_unavailable", reason=str(fault))
                    await asyncio.sleep(pause(2))
                    continue
                for letter in took:
                    task = asyncio.create_task(self._deliver(letter))
                    self._under_way.add(task)
                    task.add_done_callback(self._finished)
                if not took:
                    await self._something_new()
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=10)
            await asyncio.to_thread(self._settle)

    async def _something_new(self) -> None:
        # Not wait_for: in Python 3.11 it swallows being cancelled when there is news just then.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await self._news.wait()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._news.set()
        if not task.cancelled() and (fault := task.exception()):
            log.error("delivery_fault", exc_info=fault)

    def _settle_and_claim(self) -> list[Letter]:
        self._settle()
        now = self._clock()
        open_ = [name for name in self._channels if self._held_until.get(name, now) <= now]
        room = MOST_UNDER_WAY - len(self._under_way)
        return self._outbox.claim(open_, room, now, LEASE) if open_ and room > 0 else []

    def _settle(self) -> None:
        arrived, self._arrived = self._arrived, []
        if not arrived:
            return
        try:
            self._outbox.sent(arrived, self._clock())
        except Unavailable:
            self._arrived = arrived + self._arrived
            raise

    async def _deliver(self, letter: Letter) -> None:
        try:
            platform_id = await self._channels[letter.channel].send(letter)
        except TryAgain as wait:
            await self._again(letter, str(wait), wait.after)
            if wait.everyone and wait.after is not None:
                self._held_until[letter.channel] = self._clock() + timedelta(seconds=wait.after)
        except Uncertain as doubt:
            if letter.kind in NEVER_TWICE:
                await self._give_up(letter, f"uncertain: {doubt}", gone=False)
            else:
                await self._again(letter, f"uncertain: {doubt}", None)
        except Refused as no:
            await self._give_up(letter, str(no), gone=no.gone)
        except Exception:
            # A fault of ours must not stop the others; the letter waits and the log says why.
            log.exception("send_fault", letter=letter.id)
            await self._again(letter, "fault", None)
        else:
            self._arrived.append((letter, platform_id))

    async def _again(self, letter: Letter, reason: str, after: float | None) -> None:
        now = self._clock()
        if letter.tries >= MOST_TRIES or now - letter.since >= OLDEST:
            await self._give_up(letter, reason, gone=False)
            return
        at = now + timedelta(seconds=pause(letter.tries) if after is None else after)
        log.info("send_later", letter=letter.id, tries=letter.tries, reason=reason)
        await asyncio.to_thread(self._outbox.later, letter, reason, at)

    async def _give_up(self, letter: Letter, reason: str, *, gone: bool) -> None:
        log.warning("send_failed", letter=letter.id, tries=letter.tries, reason=reason, gone=gone)
        await asyncio.to_thread(self._outbox.failed, letter, reason, gone=gone)
