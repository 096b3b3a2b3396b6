"""What conversations about people's data and about handing groups on may look at."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.people import Member, Person


class PrivacyBooks(Protocol):
    """Reading where somebody was and who else leads groups."""

    def places(self, person: Person) -> Sequence[Member]:
        """Wherever she is or was a member, by group."""
        ...

    def linking(self, code: str) -> Person | None:
        """Whose chat a code for joining chats was shown in; None when it is wrong or too old."""
        ...
