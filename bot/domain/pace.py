"""How fast one bot may write: the arithmetic of its bucket, without a clock or a database."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

#: This part of a second's messages may go out at one instant; the rest flows evenly, so that no
#: second, wherever it begins, holds more than is allowed.
AT_ONCE = 0.1


@dataclass(frozen=True, slots=True)
class Limit:
    """What a platform allows one bot.

    ``per_second`` messages to all chats together; to one chat one every ``chat_gap`` seconds,
    after the first ``chat_burst``.
    """

    per_second: float = 1000.0
    chat_gap: float = 0.0
    chat_burst: int = 1

    @property
    def capacity(self) -> float:
        """Messages that may go out at one instant."""
        return max(1.0, self.per_second * AT_ONCE)

    @property
    def refill(self) -> float:
        """Messages a second that flow evenly."""
        return self.per_second * (1 - AT_ONCE)

    @property
    def reserve(self) -> float:
        """What is kept back for answers, whatever else waits."""
        return self.capacity / 2 if self.capacity >= 2 else 0.0  # noqa: PLR2004 - one cannot be halved

    @property
    def slack(self) -> timedelta:
        """How far ahead of its even flow one chat may be."""
        return timedelta(seconds=(self.chat_burst - 1) * self.chat_gap)


@dataclass(frozen=True, slots=True)
class Bucket:
    """What may go out: ``tokens`` as they were counted ``at`` (aware)."""

    tokens: float
    at: datetime

    def filled(self, limit: Limit, now: datetime) -> Bucket:
        """The same bucket ``now``; a clock that was set back fills nothing."""
        passed = max(0.0, (now - self.at).total_seconds())
        return Bucket(min(limit.capacity, self.tokens + passed * limit.refill), now)

    def room(self, limit: Limit, rank: int) -> int:
        """How many messages of a rank may go out at once."""
        return max(0, int(self.tokens - (limit.reserve if rank else 0.0)))

    def less(self, count: int) -> Bucket:
        """The bucket after ``count`` messages."""
        return replace(self, tokens=self.tokens - count)

    def next_look(self, limit: Limit) -> datetime:
        """When a worthwhile number of messages, urgent or not, may go out again."""
        wanted = limit.reserve + max(1.0, limit.capacity / 4)
        return self.at + timedelta(seconds=max(0.0, wanted - self.tokens) / limit.refill)
