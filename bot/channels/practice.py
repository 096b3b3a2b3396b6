"""The practice channel: what is sent to a practice phone is written down, and its viewers wake."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import sha256
from mimetypes import guess_extension

from bot.channels.reading import read_to_send_on
from bot.files import File, Files, Media, MediaKind
from bot.ports import (
    Clock,
    Letter,
    Refused,
    TryAgain,
    Unavailable,
)
from bot.practice import CHANNEL, SEPARATOR, Line, NoRoom, Photo, PracticeLog


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

    def __init__(self, log: PracticeLog, clock: Clock, files: Files | None = None) -> None:
        self._files: Files = {CHANNEL: self.fetch} if files is None else files
        self.log = log
        self.clock = clock
        self.bell = Bell()

    async def send(self, letter: Letter) -> str:
        """Write the bubble on her phone; the same letter twice is one line.

        Raises Refused, TryAgain.
        """
        bubble = letter.bubble
        line = Line(
            address=letter.address,
            key=f"letter {letter.id}",
            from_her=False,
            at=self.clock(),
            text=bubble.text,
            buttons=bubble.buttons,
            qr=bubble.qr,
            photo=await self._kept(letter),
        )
        try:
            kept = await asyncio.to_thread(self.log.add, line)
        except NoRoom as none:
            raise Refused(str(none), gone=True) from none
        except Unavailable as away:
            raise TryAgain(str(away)) from away
        self.bell.ring()
        return str(kept.id)

    async def _kept(self, letter: Letter) -> str:
        """The id of the picture or file a letter brings; none when there is nothing to show."""
        media = letter.bubble.media
        if media is None or media.kind not in (MediaKind.PHOTO, MediaKind.DOCUMENT):
            return ""
        file = await read_to_send_on(self._files, media, CHANNEL)
        return await self._keep(letter, media, file) if file else ""

    async def _keep(self, letter: Letter, media: Media, file: File) -> str:
        run, ending = letter.address.partition(SEPARATOR)[0], guess_extension(file.mime) or ""
        key = sha256(f"{run} {letter.id} {media.ref}".encode()).hexdigest()[:32] + ending
        photo = Photo(file.mime, file.content)
        try:
            await asyncio.to_thread(self.log.keep_photo, run, key, photo, self.clock())
        except NoRoom:  # full: the words at least
            return ""
        except Unavailable as away:
            raise TryAgain(str(away)) from away
        return key

    async def fetch(self, ref: str) -> File:
        """The photo behind a ``Media.ref`` of this room. Raises TryAgain or Refused."""
        try:
            photo = await asyncio.to_thread(self.log.photo, ref)
        except Unavailable as away:
            raise TryAgain(str(away)) from away
        if photo is None:
            raise Refused("there is no such photo")
        return File(photo.data, photo.mime)
