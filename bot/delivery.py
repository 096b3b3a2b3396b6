"""From the outbox to the person, patiently: in order for each, again after what may pass."""

from __future__ import annotations

import asyncio
import contextlib
import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

import structlog

from bot.domain.kinds import Kind
from bot.domain.pace import Limit
from bot.doors import Held, Stopped
from bot.metrics import ANSWER_SECONDS, SENDS
from bot.pieces import split
from bot.ports import (
    Channel,
    Claimed,
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
LOOK_EVERY = timedelta(seconds=0.2)

#: Letters on their way at once, and how many of these places only answers may take.
MOST_UNDER_WAY, KEPT_FOR_ANSWERS = 160, 40

#: A letter whose worker died is taken up again after this; longer than any channel waits.
LEASE = timedelta(seconds=45)

#: A letter is given up after so many tries, or when it is this old.
MOST_TRIES, OLDEST = 15, timedelta(hours=24)

#: Seconds before the second try and at most before any later one.
FIRST_PAUSE, LONGEST_PAUSE = 1.0, 600.0

#: What an operator does about a channel that stopped.
ADVICE = "nothing is lost: letters wait; run `pendamping doctor`, mend it, and they go out"

#: What is due later than this is not waited for where nobody waits.
A_WHILE = timedelta(seconds=30)

#: Letters made ready for sending: put into words, or put off. Runs in a thread. Raises Unavailable.
Prepare = Callable[[Sequence[Letter]], Sequence[Letter]]


def pause(tries: int) -> float:
    """Seconds to wait after ``tries`` tries: doubling, capped, and never in step with others."""
    longest = min(FIRST_PAUSE * 2.0 ** min(tries - 1, 30), LONGEST_PAUSE)
    return longest * random.uniform(0.5, 1.0)  # noqa: S311 - jitter is no secret


class Delivery:
    """Sends what is due over the channels it is given, as fast as ``limits`` (by channel) allow.

    Any number of them may work on one outbox. ``lease`` is how long a letter is one's own.
    """

    def __init__(
        self,
        outbox: Outbox,
        channels: Mapping[str, Channel],
        clock: Clock,
        limits: Mapping[str, Limit] | None = None,
        prepare: Prepare | None = None,
        lease: timedelta = LEASE,
    ) -> None:
        self._outbox, self._channels, self._clock = outbox, channels, clock
        self._limits = {name: (limits or {}).get(name, Limit()) for name in channels}
        self._prepare, self._lease = prepare, lease
        self._news = asyncio.Event()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._under_way: set[asyncio.Task[None]] = set()
        self._arrived: list[tuple[Letter, str]] = []

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
                for letter in took.letters:
                    task = asyncio.create_task(self._deliver(letter))
                    self._under_way.add(task)
                    task.add_done_callback(self._finished)
                await self._something_new(took.look_again)
        finally:
            if self._under_way:
                await asyncio.wait(self._under_way, timeout=10)
            await asyncio.to_thread(self._settle)

    async def _something_new(self, look_again: datetime | None) -> None:
        wait = LOOK_EVERY if look_again is None else min(LOOK_EVERY, look_again - self._clock())
        # Not wait_for: in Python 3.11 it swallows being cancelled when there is news just then.
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(max(0.0, wait.total_seconds())):
                await self._news.wait()

    def _finished(self, task: asyncio.Task[None]) -> None:
        self._under_way.discard(task)
        self._news.set()
        if not task.cancelled() and (fault := task.exception()):
            # Its mark could not be written. Nothing is lost: the lease runs out.
            log.warning("mark_lost", reason=type(fault).__name__)

    def _settle_and_claim(self) -> Claimed:
        self._settle()
        now, busy = self._clock(), len(self._under_way)

        def room(rank: int) -> int:
            return MOST_UNDER_WAY - busy - (KEPT_FOR_ANSWERS if rank else 0)

        claimed = self._outbox.claim(self._limits, room, now, now + self._lease)
        if self._prepare is None or not claimed.letters:
            return claimed
        return replace(claimed, letters=self._prepare(claimed.letters))

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
        channel = self._channels[letter.channel]
        pieces = split(letter.bubble, channel.longest, channel.longest_beside)
        piece = pieces[min(letter.pieces_sent, len(pieces) - 1)]
        try:
            platform_id = await channel.send(replace(letter, bubble=piece))
        except Held as hold:
            log.info("send_held", letter=letter.id, reason=str(hold))
            await asyncio.to_thread(self._outbox.held, letter, hold.until, self._clock())
        except Stopped as stop:
            await self._stop(letter, stop)
        except TryAgain as wait:
            await self._told_to_wait(letter, wait)
        except Uncertain as doubt:
            if Kind(letter.kind).may_repeat:
                await self._again(letter, f"uncertain: {doubt}")
            else:
                await self._give_up(letter, f"uncertain: {doubt}")
        except Refused as no:
            await self._give_up(letter, str(no), gone=no.gone)
        except Exception:
            # A fault of ours must not stop the others; the letter waits and the log says why.
            log.exception("send_fault", letter=letter.id)
            await self._again(letter, "fault")
        else:
            if letter.pieces_sent + 1 < len(pieces):
                await asyncio.to_thread(self._outbox.piece_sent, letter, self._clock())
            else:
                self._took(letter, platform_id)

    def _took(self, letter: Letter, platform_id: str) -> None:
        self._arrived.append((letter, platform_id))
        _count(letter, "sent")
        if letter.kind == Kind.ANSWER and letter.heard_at is not None:
            seconds = (self._clock() - letter.heard_at).total_seconds()
            ANSWER_SECONDS.labels(letter.channel).observe(max(0.0, seconds))

    async def _stop(self, letter: Letter, stop: Stopped) -> None:
        """Nothing goes out there for now; the operator hears of it, once each time we look."""
        log.error("channel_stopped", channel=letter.channel, reason=str(stop), advice=ADVICE)
        until = self._clock() + timedelta(seconds=stop.after or 0)
        await asyncio.to_thread(self._outbox.hold_all, letter.channel, until)
        await asyncio.to_thread(lambda: self._outbox.later(letter, str(stop), until, counted=False))

    async def _told_to_wait(self, letter: Letter, wait: TryAgain) -> None:
        if wait.after is None:
            await self._again(letter, str(wait))
            return
        until = self._clock() + timedelta(seconds=wait.after)
        if wait.everyone:
            await asyncio.to_thread(self._outbox.hold_all, letter.channel, until)
        else:
            await asyncio.to_thread(self._outbox.hold_chat, letter, until)
        await self._again(letter, str(wait), until)

    async def _again(self, letter: Letter, reason: str, until: datetime | None = None) -> None:
        """Later: at ``until`` if we were told, else after a pause that grows with the tries."""
        now = self._clock()
        worn_out = until is None and letter.tries >= MOST_TRIES
        if worn_out or now - letter.since >= OLDEST:
            await self._give_up(letter, reason)
            return
        at = until or now + timedelta(seconds=pause(letter.tries))
        log.info("send_later", letter=letter.id, tries=letter.tries, reason=reason)
        _count(letter, "again")
        await asyncio.to_thread(
            lambda: self._outbox.later(letter, reason, at, counted=until is None)
        )

    async def _give_up(self, letter: Letter, reason: str, *, gone: bool = False) -> None:
        log.warning("send_failed", letter=letter.id, tries=letter.tries, reason=reason, gone=gone)
        _count(letter, "failed")
        now = self._clock()
        await asyncio.to_thread(lambda: self._outbox.failed(letter, reason, now, gone=gone))


#: How far and how often `deliver_now` looks behind the last letter it found.
A_MOMENT, LOOKS_BEHIND = timedelta(seconds=0.05), 2


def deliver_now(outbox: Outbox, channel: str, now: datetime, prepare: Prepare) -> Iterator[Letter]:
    """Everything that is due on a channel, as if a platform took it at once.

    Where nobody waits (a rehearsal, a transcript), letters to one person need not keep apart: the
    time at which the next one may go is taken to have come.
    """
    looks_left, until = 1, now + A_WHILE
    while looks_left and now <= until:
        claimed = outbox.claim({channel: Limit()}, lambda _: MOST_UNDER_WAY, now, now + LEASE)
        letters = prepare(claimed.letters)
        if letters:
            outbox.sent([(one, str(one.id)) for one in letters], now)
        yield from letters
        # Behind a letter that went out the next may be waiting a moment, and behind that another.
        looks_left = LOOKS_BEHIND if claimed.letters else looks_left - 1
        now = max(now + A_MOMENT, claimed.look_again or now)


def _count(letter: Letter, result: str) -> None:
    SENDS.labels(letter.channel, letter.kind, result).inc()
