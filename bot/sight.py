"""Looks at pictures members send: fetched from their channel, opened safely, judged."""

from __future__ import annotations

import asyncio
from datetime import timedelta

from bot.channels.reading import read
from bot.domain.pictures import Looked, PhotoLooked, PhotoUnread, Purpose, Unreadable
from bot.errands import Errand, ErrandKind
from bot.files import Files
from bot.pictures.looking import look
from bot.pictures.opening import NotOpened, as_jpeg, open_picture

#: How long fetching may take, in seconds.
PATIENCE = 30.0


class Sight:
    """Judges pictures. Fulfils ``bot.clerk.Work``."""

    kind = ErrandKind.PHOTO
    lease = timedelta(seconds=60)

    def __init__(self, files: Files) -> None:
        self._files = files

    async def do(self, errand: Errand) -> PhotoLooked | PhotoUnread:
        """What was seen. Raises TryAgain, Refused, TimeoutError."""
        async with asyncio.timeout(PATIENCE):
            content = (await read(self._files, errand.media)).content
        purpose, words = Purpose(errand.facts["purpose"]), str(errand.facts.get("words", ""))
        try:
            looked = await asyncio.to_thread(_look_at, content)
        except NotOpened as shut:
            return PhotoUnread(errand.number, errand.person, shut.why, purpose)
        return PhotoLooked(errand.number, errand.person, purpose, words, looked)

    def give_up(self, errand: Errand) -> PhotoUnread:
        """It could not be fetched."""
        purpose = Purpose(errand.facts["purpose"])
        return PhotoUnread(errand.number, errand.person, Unreadable.OUT_OF_REACH, purpose)


def _look_at(content: bytes) -> Looked:
    picture = open_picture(content)
    return Looked(as_jpeg(picture), look(picture).faults)
