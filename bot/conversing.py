"""What we need of a store between two messages: what is open, and what she was told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from bot.domain.people import Person


@dataclass(slots=True)
class OpenSession:
    """A conversation on its way: ``state`` is the talk's own JSON, the rest is for finding it.

    ``asked_at`` orders typed words (None: she is not being asked); ``wake_at`` is when silence
    becomes an answer; all aware UTC.
    """

    id: str
    person: int
    dialogue: str
    state: dict[str, Any]
    asked_at: datetime | None = None
    wake_at: datetime | None = None
    expires_at: datetime | None = None
    closed: bool = False


class Conversing(Protocol):
    """The conversations people are in, and the newest that was said to them."""

    def sessions(self, person: Person) -> list[OpenSession]:
        """Her open conversations, the one asked last at the end."""
        ...

    def sessions_beyond(self, person: Person, most: int) -> list[OpenSession]:
        """Her open conversations but for the ``most`` asked last."""
        ...

    def session(self, session_id: str) -> OpenSession | None:
        """One conversation, open or closed; None when it is unknown or long gone."""
        ...

    def spoken(self, person: Person, since: datetime, most: int) -> Sequence[tuple[str, str]]:
        """Kind and text of the newest bubbles put out for her since then, newest first."""
        ...

    def shown(self, person: Person, since: datetime, most: int) -> Sequence[tuple[str, datetime]]:
        """Conversation ("" for none) and time of the newest messages put out for her since then."""
        ...

    def sessions_to_wake(self, most: int) -> list[str]:
        """The conversations whose silence is due, the longest due first."""
        ...

    def session_of_message(self, person: Person, platform_id: str) -> str | None:
        """The conversation a sent message belonged to, by the platform's id of it."""
        ...

    def keep_session(self, session: OpenSession) -> None:
        """Write it, new or not; gives a new one its id."""
        ...
