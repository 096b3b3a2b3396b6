"""The practice channel: what is sent to a practice phone is written down, and its viewers wake."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from bot.files import MediaKind
from bot.ports import (
    Clock,
    Letter,
    Refused,
    TryAgain,
    Unavailable,
)
from bot.practice import CHANNEL, Line, NoRoom, PracticeLog


class Bell:
    """Wakes everyone who watches; may be rung from any thread."""

    def __init__(self) -> None:
        self._watchers: dict[asyncio.Event, asyncio.AbstractEventLoop] = {}

    @property
    def watchers(self) -> int:
        """How many are watching."""
        return len(self._watchers)

    @contextmanager
    def watch(self) -> Iterator[asyncio.Event]:
        """An event that is set at each ring while the block lasts."""
        event = asyncio.Event()
        self._watchers[event] = asyncio.get_running_loop()
        try:
            yield event
        finally:
            del self._watchers[event]

    def ring(self) -> None:
        """Wake them all."""
        for event, loop in list(self._watchers.items()):
            if not loop.is_closed():
                loop.call_soon_threadsafe(event.set)


class PracticeChannel:
    """Delivers to the phones of the practice room."""

    name = CHANNEL
    # The room scrolls: nothing is ever cut.
    longest = longest_beside = 100_000

    def __init__(self, log: PracticeLog, clock: Clock) -> None:
        self.log = log
        self.clock = clock
        self.bell = Bell()

    async def send(self, letter: Letter) -> str:
        """Write the bubble on her phone; the same letter twice is one line.

        Raises Refused, TryAgain.
        """
        bubble = letter.bubble
        media = bubble.media
        shown = media and media.kind is MediaKind.PHOTO and media.channel == CHANNEL
        line = Line(
            address=letter.address,
            key=f"letter {letter.id}",
            from_her=False,
            at=self.clock(),
            text=bubble.text,
            buttons=bubble.buttons,
            qr=bubble.qr,
            photo=media.ref if media and shown else "",
        )
        try:
            kept = await asyncio.to_thread(self.log.add, line)
        except NoRoom as none:
            raise Refused(str(none), gone=True) from none
        except Unavailable as away:
            raise TryAgain(str(away)) from away
        self.bell.ring()
        return str(kept.id)
