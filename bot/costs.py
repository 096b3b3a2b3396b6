"""Keeping what messages cost within what was agreed: a limit a month, and a word before it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.metering_changes import MessagesNearlyUsed
from bot.ports import Letter, Store
from bot.runner import Runner


class Meter(Protocol):
    """What went out where it costs. Raises Unavailable."""

    @property
    def limit(self) -> int:
        """Messages a group may have in a month; 0 is any number."""
        ...

    def over(self, letters: Sequence[Letter], now: datetime) -> set[int]:
        """Which of these letters are beyond their group's limit."""
        ...

    def nearly_used(self, now: datetime) -> Sequence[tuple[int, int]]:
        """Groups whose mentor should hear of it now, with their messages of this month."""
        ...


def warn(runner: Runner, store: Store, meter: Meter) -> bool:
    """Tell the mentors of groups that have used most of their month; whether there were any."""
    used = meter.nearly_used(runner.now())
    for group_id, count in used:
        with store.transaction() as books:
            group, mentors = books.group(group_id), books.mentors(group_id)
        if mentors:
            runner.happen(MessagesNearlyUsed(group, count, meter.limit), mentors[0])
    return bool(used)
