"""The gate for pictures: one that just came waits until somebody saw that it is no identity card.

Whatever it came for, nothing is done with it before; then its message is heard as if it came now.
"""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

from bot.domain.people import Person
from bot.domain.pictures import CardSeen, PictureCame, PicturePassed
from bot.domain.privacy import without_secrets
from bot.errands import Errand, ErrandKind
from bot.files import Files, Media, MediaKind
from bot.pictures.id_card import shows_id_card
from bot.pictures.opening import NotOpened, open_picture
from bot.ports import LONGEST_HEARD, Heard, Refused, Writing

#: What may be a picture.
_PICTURES = (MediaKind.PHOTO, MediaKind.DOCUMENT)

#: How long fetching may take, in seconds: her message waits for it.
PATIENCE = 15.0


def stops(books: Writing, me: Person, heard: Heard) -> bool:
    """Whether this is looked at first; it waits for that now.

    Words with a secret go on, to be told so, and strangers' pictures are used for nothing.
    """
    media = heard.media
    if media is None or media.kind not in _PICTURES or not (me.name or books.sharing(me)):
        return False
    words, had_secrets = without_secrets(heard.words[:LONGEST_HEARD].strip())
    if not had_secrets:
        books.record(PictureCame(me, media.packed(), words, heard.reply_to, heard.at))
    return not had_secrets


def heard_again(came: PictureCame) -> Heard:
    """The message a picture came with."""
    media = Media.unpacked(came.media)
    return Heard(
        media.channel, "", "", came.at, words=came.words, media=media, reply_to=came.reply_to
    )


class Gate:
    """Looks at what just came. Fulfils ``bot.clerk.Work``."""

    kind = ErrandKind.GLANCE
    lease = timedelta(seconds=20)

    def __init__(self, files: Files) -> None:
        self._files = files

    async def do(self, errand: Errand) -> PicturePassed | CardSeen:
        """What it is. Raises TryAgain, Refused, TimeoutError."""
        if errand.facts.get("vouched"):  # she says it is none
            return self.give_up(errand)
        fetch = self._files.get(errand.media.channel)
        if fetch is None:
            raise Refused("no files on that channel")
        async with asyncio.timeout(PATIENCE):
            content = (await fetch(errand.media.ref)).content
        if await asyncio.to_thread(_is_card, content):
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
