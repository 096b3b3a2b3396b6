"""Work that takes time or the outside, waiting to be done: what it is, and where it is found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.people import Person
from bot.files import Media


class ErrandKind(StrEnum):
    """What is to be done."""

    VOICE = "voice"  # a voice note to be put into words
    PHOTO = "photo"  # a picture to be looked at
    GLANCE = "glance"  # a picture that just came: whether it shows an identity card


@dataclass(frozen=True, slots=True)
class Errand:
    """Something ``person`` sent that has to be fetched and worked on; ``tries`` counts this one."""

    number: int
    person: Person
    media: Media
    tries: int
    facts: Mapping[str, Any] = field(default_factory=dict)


class Errands(Protocol):
    """The errands that wait."""

    def next(self, kind: ErrandKind, now: datetime, lease: timedelta) -> Errand | None:
        """Take the oldest of a kind that is due; it comes back by itself when the lease is over.

        Those at the gate come in order for each person, unless the one before takes longer than
        ``A_LOOK``.
        """
        ...
