"""What a conversation may look at of guides, and of the list of kinds of business."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.guides import StepKept, Walk
from bot.domain.people import Group, Member, Person


@dataclass(frozen=True, slots=True)
class KbliCode:
    """One code of the official list, in its own words."""

    code: str
    title: str
    text: str


class GuideBooks(Protocol):
    """Reading how far people are."""

    def steps_kept(self, person: Person, guide: str) -> Mapping[str, StepKept]:
        """What she said of each step, by the step's id."""
        ...

    def walks(self, person: Person) -> Sequence[Walk]:
        """The guides she is or was in, the one she moved in last at the front."""
        ...

    def steps_of_group(
        self, group: Group, guide: str
    ) -> Sequence[tuple[Member, Mapping[str, StepKept]]]:
        """Every active member with what she said of each step, by number."""
        ...

    def sessions_held(self, group: Group, guide: str) -> Sequence[tuple[date, int]]:
        """The days on which a mentor sat over a guide with so many members, oldest first."""
        ...

    def kbli_stamp(self) -> str:
        """Changes whenever another official list is loaded; empty while there is none."""
        ...

    def kbli_list(self) -> Sequence[KbliCode]:
        """The official list as it was loaded, by code."""
        ...
