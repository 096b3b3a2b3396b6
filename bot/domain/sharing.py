"""A phone that several women use: who of them is writing, as far as we know."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.people import Person

#: Women who may share one chat.
MOST = 4


@dataclass(frozen=True, slots=True)
class Shared:
    """One chat of several women.

    ``speaker`` wrote last and counts as writing until ``until`` (aware UTC; None: nobody does).
    ``words`` and ``media`` came while we did not know who writes, and wait for that.
    """

    chat: int
    people: Sequence[Person]
    speaker: Person | None
    until: datetime | None
    words: str = ""
    media: str = ""


class SharingBooks(Protocol):
    """Reading which chats are shared."""

    def sharing(self, person: Person) -> Shared | None:
        """The shared chat she is reached by; None when it is hers alone."""
        ...
