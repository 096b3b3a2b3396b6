"""Several women on one phone: before anything is done we know who of them is writing."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Protocol

from bot.conversing import OpenSession
from bot.domain.people import Person, how_called
from bot.domain.sharing import Shared
from bot.files import Media
from bot.ports import Bubble, Button, Heard, Writing
from bot.talk.texts import COMMON, Texts

#: Who wrote counts as writing for so long after her last message.
LASTS = timedelta(minutes=15)

#: How the payload of a button begins that only says who she is.
ITS_ME = "?"

#: How she begins who says who she is, while another counts as writing.
_PRESENTS = ("ini ", "saya ")

#: Nobody who is only about to join says so: then another has taken the phone back.
_NOT_NEW = re.compile(
    r"(?:batal|(?:tidak|gak|ga|nggak|tak) jadi|setor|nabung|saldo|tarik|riwayat|koreksi|profil|buku|kartu)\b"
)

#: What is said for her who says who she is and nothing else.
NOTHING_YET = "bantuan"


class Chats(Protocol):
    """What is needed of the books."""

    def session(self, session_id: str) -> OpenSession | None:
        """One conversation."""
        ...

    def speaks(self, shared: Shared, speaker: Person, until: datetime) -> None:
        """Note who is writing; nothing waits for that any more."""
        ...

    def wait_for_speaker(self, shared: Shared, words: str, media: str) -> None:
        """Keep what came while we do not know who writes."""
        ...


def ask_who(books: Writing, texts: Texts, shared: Shared, me: Person, heard: Heard) -> None:
    """Ask who of them writes; what was said waits for it."""
    if heard.nod:
        return
    known = [one for one in shared.people if one.name]
    names = [one.called for one in known]
    zone = books.zone_of(me)
    text = texts.say(COMMON, "which_of_you", you=me.you, zone=zone, names=names)
    buttons = tuple(Button(one.called, f"{ITS_ME}{one.id}") for one in known)
    books.post(replace(me, name=""), Bubble(text, buttons), "answer", None, heard.at)


def who_writes(
    books: Chats, shared: Shared, heard: Heard, words: str, now: datetime
) -> tuple[Person, Heard, str] | None:
    """Who writes, and what she said; None when she has to be asked first.

    ``words`` are hers, without secrets. Saying who she is brings back what waited for it.
    """
    said = _says_who(shared, heard, words, sure=_still(shared, now) is not None)
    if said is not None:
        books.speaks(shared, said, now + LASTS)
        media = Media.unpacked(shared.media) if shared.media else None
        before = shared.words or ("" if media else NOTHING_YET)
        return said, replace(heard, pressed="", words=before, media=media, reply_to=""), before
    writes = _whose_button(books, shared, heard) or _still(shared, now)
    if writes is not None and not (not writes.name and _NOT_NEW.match(words.lower().strip(" .!"))):
        books.speaks(shared, writes, now + LASTS)
        return writes, heard, words
    if not heard.nod:
        kept = heard.pressed.removeprefix("=") if heard.pressed.startswith("=") else words
        books.wait_for_speaker(shared, kept, heard.media.packed() if heard.media else "")
    return None


def _says_who(shared: Shared, heard: Heard, words: str, *, sure: bool) -> Person | None:
    """By the button, or by her name and nothing else: "ini bu Ani".

    While we are ``sure`` who writes a bare name may answer a question, and is left to that.
    """
    if heard.pressed.startswith(ITS_ME):
        number = heard.pressed.removeprefix(ITS_ME)
        return next((one for one in shared.people if str(one.id) == number), None)
    if heard.pressed or heard.media:
        return None
    plain = words.lower().strip(" .!")
    if sure and not plain.startswith(_PRESENTS):
        return None
    for prefix in _PRESENTS:
        plain = plain.removeprefix(prefix)
    _, name = how_called(plain)
    fits = [one for one in shared.people if one.name and one.name.lower() == name.lower()]
    return fits[0] if len(fits) == 1 else None


def _whose_button(books: Chats, shared: Shared, heard: Heard) -> Person | None:
    """A button belongs to her who was asked."""
    session = books.session(heard.pressed.partition(":")[0]) if ":" in heard.pressed else None
    return next((one for one in shared.people if session and one.id == session.person), None)


def _still(shared: Shared, now: datetime) -> Person | None:
    return shared.speaker if shared.until is not None and shared.until > now else None
