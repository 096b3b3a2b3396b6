"""What is sent besides words, in full."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from enum import StrEnum


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
