"""What a conversation may look at of a mentor's broadcasts."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Protocol

from bot.domain.broadcasts import At, Audience, Broadcast, Reach, Results, Tally
from bot.domain.calendar import Zone
from bot.domain.people import Group, Person


class BroadcastBooks(Protocol):
    """Reading broadcasts, polls and what became of them."""

    def broadcast(self, number: int) -> Broadcast | None:
        """One broadcast; None when there is none of that number."""
        ...

    def broadcasts_open(self, mentor: Person) -> Sequence[Broadcast]:
        """Hers that wait or run, the next first."""
        ...

    def broadcasts_begun(self, mentor: Person, most: int) -> Sequence[Broadcast]:
        """Her newest that go out or went out."""
        ...

    def reach(self, mentor: Person, audience: Audience) -> Reach:
        """How many people would hear it now."""
        ...

    def businesses(self, mentor: Person, group: Group | None, most: int) -> Sequence[str]:
        """What the members of her groups make, the commonest first."""
        ...

    def results(self, broadcast: Broadcast) -> Results:
        """What became of it."""
        ...

    def told_in(self, broadcast: int, person: Person) -> Group | None:
        """The group for whose sake she was sent a broadcast; None when she was not."""
        ...

    def broadcast_of_message(self, person: Person, platform_id: str) -> int | None:
        """The broadcast a message to her belonged to, by the platform's id of it."""
        ...

    def tips_heard(self, groups: Collection[int]) -> Sequence[str]:
        """The tips that any of these groups has heard."""
        ...

    def tip_chosen(self, broadcast: int, group: int) -> str | None:
        """The tip a group hears by a broadcast, once it is chosen."""
        ...

    def tally(self, poll: Broadcast) -> Tally:
        """A poll's votes so far."""
        ...

    def has_passed(self, at: At, zone: Zone) -> bool:
        """Whether that hour is over in a zone."""
        ...
