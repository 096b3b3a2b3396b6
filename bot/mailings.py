"""What we need of a store to get broadcasts on their way, and whether a letter of one still goes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.broadcasts import PAUSED_UNTIL, State
from bot.domain.reminding import Moment
from bot.ports import Bubble, Letter, Store, Writing


@dataclass(frozen=True, slots=True)
class Ready:
    """Groups that may hear a broadcast now: it is their hour, and not quiet there.

    ``apart``: each group is told something of its own.
    """

    broadcast: int
    mentor: int
    groups: tuple[int, ...]
    apart: bool


class Mailings(Protocol):
    """The broadcasts there are. Every method raises Unavailable."""

    def begin(self, now: datetime) -> int:
        """Begin those whose hour has come anywhere, with the groups they are for; how many."""
        ...

    def ready(self, moment: Moment) -> Ready | None:
        """Some groups of a running broadcast that may hear it now in this zone."""
        ...

    def plan(self, ready: Ready, bubble: Bubble | None, now: datetime) -> int:
        """Put ``bubble`` on its way to everybody it is for in these groups; how many.

        A person once a broadcast, whoever plans and however often; without a bubble nobody.
        """
        ...

    def over(self, now: datetime, most: int) -> Sequence[int]:
        """Running broadcasts of which nothing waits any more, or which began a day ago."""
        ...

    def closing(self, now: datetime, most: int) -> Sequence[int]:
        """Polls whose time is over."""
        ...


class MailingStore(Store, Protocol):
    """A store that knows the mentors' broadcasts, too."""

    @property
    def mailings(self) -> Mailings:
        """The broadcasts on their way."""
        ...


def unless_stopped(books: Writing, letter: Letter) -> Bubble | datetime | None:
    """A letter as it is, unless the mentor paused or called off the broadcast it belongs to, or
    she has said goodbye to every group since.
    """
    whole = books.broadcast(letter.broadcast) if letter.broadcast is not None else None
    if whole is None:
        return letter.bubble
    if whole.state is State.CANCELLED or not books.memberships(books.person(letter.person)):
        return None
    return PAUSED_UNTIL if whole.paused else letter.bubble
