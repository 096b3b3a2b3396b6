"""The windows within which a platform lets us write freely, and when it takes nothing at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from bot.ports import Letter, TryAgain

#: A window that closes so soon counts as closed: the message is still to travel.
NEARLY = timedelta(minutes=1)

#: The payload of a button that only lets us write again: what waited goes out when it is pressed.
OPENS = "!"


@dataclass(frozen=True, slots=True)
class Door:
    """Whether somebody may be written to just now, and what is known to ask her to open.

    ``open_until`` ends her window; ``welcome`` is her word that we may write first; ``knocked_at``
    is when a template last went to her because of this; ``kind`` and ``newest`` are the kind and
    time of the newest letter that waits for her; ``facts`` fill a template.
    """

    open_until: datetime | None
    welcome: bool
    knocked_at: datetime | None
    kind: str
    newest: datetime
    facts: Mapping[str, str]


class Doors(Protocol):
    """The windows within which a platform lets us write freely, and when it takes nothing at all."""

    def door(self, letter: Letter) -> Door:
        """The door of the chat a letter goes to."""
        ...

    def shut(self, letter: Letter, now: datetime) -> None:
        """The platform says that this window is closed."""
        ...

    def knocked(self, letter: Letter, template: str, platform_id: str, now: datetime) -> None:
        """A template went out in place of a letter."""
        ...


class Stopped(TryAgain):
    """Nothing goes out on this channel until the operator has mended it; letters wait as long."""

    def __init__(self, reason: str, after: float) -> None:
        super().__init__(reason, after, everyone=True)


class Closed(Exception):
    """She wrote too long ago: the platform takes nothing free-form until she writes again."""


class Held(Exception):
    """It waits until she writes again; ``until`` is when to look whether she must be asked to."""

    def __init__(self, reason: str, until: datetime) -> None:
        super().__init__(reason)
        self.until = until
