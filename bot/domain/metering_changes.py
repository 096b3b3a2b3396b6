"""What happens by itself about costs."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.people import Group


@dataclass(frozen=True, slots=True)
class MessagesNearlyUsed:
    """A group has used most of the messages it may have this month: ``used`` of ``limit``."""

    group: Group
    used: int
    limit: int
