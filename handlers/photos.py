"""Photos of what she makes: looked at, with a tip for each thing that can be better."""

from __future__ import annotations

from dataclasses import replace

from bot.domain.pictures import Fault, PhotoReady, PhotoSent, PhotoUnread, Purpose
from bot.files import picture
from bot.talk import Turn, ask, dialogue, photo
from bot.talk.answers import Answer
from bot.talk.texts import Ours
from handlers.who import membership

#: Tips told at once: more are not read.
_MOST_TIPS = 2


def sent_picture() -> Answer[str]:
    """A photo, also one sent as a file."""
    takes = ("photo:", "document:")
    return replace(
        photo(), media=lambda reply: reply.media if reply.media.startswith(takes) else None
    )


def picture_of(turn: Turn) -> str:
    """The picture she sent along with the words that began this; empty when there was none."""
    media = str(turn.facts.get("media", ""))
    return media if media.startswith(("photo:", "document:")) else ""


@dialogue(says=("cek foto", "cek foto produk", "periksa foto", "nilai foto"))
async def check_photo(turn: Turn) -> PhotoSent | None:
    """``cek foto``, with the photo or before it."""
    if await membership(turn) is None:
        return None
    media = picture_of(turn) or await ask("photo", sent_picture())
    turn.say("looking")
    return PhotoSent(turn.me, media, Purpose.CHECK)


@dialogue(
    follows=PhotoReady,
    to=lambda change, _: [change.person] if change.purpose is Purpose.CHECK else [],
)
async def photo_checked(turn: Turn) -> None:
    """Before and after beside one another, and what to do better next time."""
    number = turn.facts["photo"]
    faults = [Fault(one) for one in str(turn.facts["faults"]).split()]
    turn.say("tidied" if faults else "good", media=picture("photo pair", photo=number))
    if faults:
        turn.say(
            "tip", rows=[{"tip": Ours(turn.wording(f"tips.{one}"))} for one in faults[:_MOST_TIPS]]
        )
    turn.say("next", offers=(f"foto baru {number}", "promosi", "cek foto"))


@dialogue(says=("foto baru",))
async def new_photo(turn: Turn) -> None:
    """``foto baru 12``: the button under the comparison; the better picture alone."""
    words = turn.opening.strip()
    number = int(words) if words.isdecimal() and len(words) < len(str(2**62)) else None
    if number is None or not turn.books.has_photo(turn.me, number):
        number = turn.books.last_photo(turn.me)
    if number is None:
        turn.say("none_kept", offers=("cek foto",))
        return
    turn.say("here", media=picture("photo improved", photo=number), offers=("promosi", "cek foto"))


@dialogue(follows=PhotoUnread, to=lambda change, _: [change.person])
async def photo_unread(turn: Turn) -> None:
    """Why nothing came of it, and what to do."""
    of_meeting = turn.facts.get("purpose") == Purpose.MEETING
    turn.say(str(turn.facts["why"]), offers=("foto kegiatan" if of_meeting else "cek foto",))
