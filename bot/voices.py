"""What we need of a store to put voice notes into words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.people import Person
from bot.files import Media


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A voice note to be put into words; ``tries`` counts this one."""

    number: int
    person: Person
    media: Media
    tries: int


class Voices(Protocol):
    """The voice notes that wait."""

    def next(self, now: datetime, lease: timedelta) -> VoiceNote | None:
        """Take the oldest that is due; it comes back by itself when the lease is over."""
        ...
