"""What is sent besides words, in full."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

#: The channel of what nobody sent: pictures and documents we draw when they go out.
DRAWN = "drawn"

#: What ours are. WhatsApp takes no JSON by that name; to it and to people it is a text.
PNG, PDF, TEXT = "image/png", "application/pdf", "text/plain"


class MediaKind(StrEnum):
    """What was sent besides words."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Media:
    """Something sent besides words; ``ref`` is the handle of ``channel`` for it."""

    kind: MediaKind
    ref: str = ""
    channel: str = ""

    def packed(self) -> str:
        """The same in one word, as conversations carry it."""
        return f"{self.kind}:{self.channel}:{self.ref}"

    @classmethod
    def unpacked(cls, word: str) -> Media:
        """What ``packed`` made a word of."""
        kind, channel, ref = word.split(":", 2)
        return cls(MediaKind(kind), ref, channel)


@dataclass(frozen=True, slots=True)
class File:
    """What was sent besides words, in full."""

    content: bytes
    mime: str
    name: str = ""


#: The file behind a ``Media.ref`` of one channel. Raises TryAgain or Refused.
Fetch = Callable[[str], Awaitable[File]]

#: How the files of each channel are read, by its name; all channels share one.
Files = Mapping[str, Fetch]


def picture(what: str, **facts: int | str | None) -> str:
    """A picture of ours, in one word as conversations carry it: ``what`` names who draws it
    (``bot.drawings``), ``facts`` are all that is drawn or where it is read.
    """
    return _drawn(MediaKind.PHOTO, what, facts)


def document(what: str, **facts: int | str | None) -> str:
    """A document of ours, as ``picture``."""
    return _drawn(MediaKind.DOCUMENT, what, facts)


def _drawn(kind: MediaKind, what: str, facts: dict[str, int | str | None]) -> str:
    return Media(kind, f"{what}?{json.dumps(facts, ensure_ascii=False)}", DRAWN).packed()
