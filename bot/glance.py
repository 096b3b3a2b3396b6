"""Looks at pictures that wait at the gate: what is an identity card goes no further."""

from __future__ import annotations

import asyncio
from datetime import datetime

from bot.channels.reading import read
from bot.domain.pictures import A_LOOK, CardSeen, PictureCame, PicturePassed
from bot.errands import Errand, ErrandKind
from bot.files import Files
from bot.pictures.id_card import shows_id_card
from bot.pictures.opening import NotOpened, open_picture

#: How long fetching may take, in seconds: her message waits for it.
PATIENCE = 15.0

#: Clerks that share one glance, so that a channel which answers slowly holds up no other's pictures.
SIDE_BY_SIDE = 4


class Glance:
    """Looks at what just came; fetched side by side, looked at one by one, since a large picture
    takes much memory. Fulfils ``bot.clerk.Work``.
    """

    kind = ErrandKind.GLANCE
    lease = A_LOOK

    def __init__(self, files: Files) -> None:
        self._files = files
        self._eyes = asyncio.Semaphore(1)

    async def do(self, errand: Errand) -> PicturePassed | CardSeen:
        """What it is. Raises TryAgain, Refused, TimeoutError."""
        if (
            errand.facts.get("vouched") or not errand.media.ref
        ):  # she says it is none, or only words
            return self.give_up(errand)
        async with asyncio.timeout(PATIENCE):
            content = (await read(self._files, errand.media)).content
        async with self._eyes:
            is_card = await asyncio.to_thread(_is_card, content)
        if is_card:
            return CardSeen(errand.number, errand.person)
        return self.give_up(errand)

    def give_up(self, errand: Errand) -> PicturePassed:
        """What nobody can look at goes on: a human waits for it."""
        facts = errand.facts
        came = PictureCame(
            errand.person,
            errand.media.packed(),
            str(facts["words"]),
            str(facts["reply_to"]),
            datetime.fromisoformat(str(facts["at"])),
        )
        return PicturePassed(errand.number, came)


def _is_card(content: bytes) -> bool:
    try:
        return shows_id_card(open_picture(content))
    except NotOpened:  # a document, or nothing a phone could show
        return False
