"""What conversations of focus groups and plans may look at; they never write here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from bot.domain.endings import Ending
from bot.domain.focus import Focus, Said
from bot.domain.people import Member
from bot.domain.plans import PlanAnswer, Programme, Progress
from bot.domain.sketches import Sketch


class PlanBooks(Protocol):
    """Reading focus groups, programmes and progress."""

    def ending(self, group: int) -> Ending | None:
        """When and why it ends; None while nobody has said so."""
        ...

    def sketch(self, member: Member) -> Sketch | None:
        """Her family and what is around it; None while nobody asked her."""
        ...

    def focus(self, group: int) -> Focus | None:
        """The newest focus group, open or closed."""
        ...

    def said_in(self, it: Focus) -> Sequence[Said]:
        """Everything that was said in it, in order."""
        ...

    def programmes(self, group: int) -> Sequence[Programme]:
        """All that were proposed, in order."""
        ...

    def plan_answers(self, group: int) -> Mapping[int, PlanAnswer]:
        """What members said to the plan as it is, by number."""
        ...

    def progress(self, group: int) -> Sequence[Progress]:
        """What each member told last of each programme."""
        ...
