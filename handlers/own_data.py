"""What we keep about her, and forgetting it when she wants that."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.domain.erasure import Hindrance, hindrance
from bot.domain.privacy_changes import DataErased, DataHandedOut, ErasureAgreed
from bot.files import document
from bot.talk import Turn, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from handlers.who import holder_of

_SEE = ("data saya", "lihat data saya", "data aku", "dataku", "minta data saya", "unduh data saya")
_ERASE = ("hapus data", "hapus data saya", "hapus akun", "lupakan saya")

_SAYS_IT = re.compile(r"^\W*(?:ya|iya|y|jadi|betul)\W+(?:jadi )?hapus\b|^\W*hapus (?:semua|data)")


@dialogue(says=_SEE, behind="nothing")
async def my_data(turn: Turn) -> DataHandedOut:
    """Everything at once, to read and for other programs; whoever asks gets her own."""
    turn.say("to_read", media=document("own data printed", person=turn.me.id))
    turn.say("for_programs", media=document("own data raw", person=turn.me.id))
    return DataHandedOut(turn.me)


@dialogue(wishes=("hapus_data",), says=_ERASE)
async def erase_data(turn: Turn) -> ErasureAgreed | None:
    """After what waits is settled and her savings are back; never without an explicit yes."""
    found = hindrance(turn.books, turn.me)
    if found is not None:
        _explain(turn, found)
        return None
    places = turn.books.places(turn.me)
    numbers = sorted({one.number for one in places})
    question = "sure_in_books" if places else "sure"
    if not await ask(question, _outright(), numbers=numbers):
        turn.say("stays", offers=("data saya",))
        return None
    return ErasureAgreed(turn.me)


def _outright() -> Answer[bool]:
    """It cannot be undone, and *hapus* may have been about something else: a bare yes is none."""
    plain = yes_or_no("erase", "keep")

    def read(words: str) -> Reading[bool]:
        said = plain.read(words)
        if said == Got(value=False):
            return said
        return Got(value=True) if _SAYS_IT.search(words.lower()) else None

    return replace(plain, read=read)


def _explain(turn: Turn, found: Hindrance) -> None:
    """What has to come first, and the button for it."""
    offers = (found.offer,) if found.offer else ()
    mentors = turn.books.mentors(found.group.id)
    turn.say(
        found.name,
        offers=offers,
        group=found.group,
        saved=found.saved,
        mentor=mentors[0],
        holder=holder_of(turn, found.group) or mentors[0],
    )


@dialogue(follows=DataErased, to=lambda change, _: [change.stranger])
async def erased(turn: Turn) -> None:
    """The last words in her chat."""
    turn.say("done")
