"""What conversations of the six stages may look at; they never write here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.contracts import Contract
from bot.domain.indicators import Signs
from bot.domain.meeting_photos import MeetingPhoto
from bot.domain.meetings import Meeting
from bot.domain.people import Group, Person
from bot.domain.plan_books import PlanBooks
from bot.domain.stages import Move, Seen
from bot.domain.surveys import Round, Survey


class ProgrammeBooks(PlanBooks, Protocol):
    """Reading stages, meetings, contracts and surveys."""

    def groups_ever_led(self, mentor: Person) -> Sequence[Group]:
        """The groups a mentor leads, open or ended, by name."""
        ...

    def moves(self, group: int) -> Sequence[Move]:
        """How a group went through the stages, oldest first; the last is where it is."""
        ...

    def seen(self, group: Group) -> Seen:
        """What the books know of its programme."""
        ...

    def meeting(self, group: int, number: int) -> Meeting:
        """One meeting, also when it was called off."""
        ...

    def meetings(self, group: int) -> Sequence[Meeting]:
        """Every meeting that was not called off, by day and hour."""
        ...

    def meeting_photos(self, group: int) -> Sequence[MeetingPhoto]:
        """Every photo of its meetings that is still kept, oldest first."""
        ...

    def contract(self, group: int) -> Contract | None:
        """The newest version."""
        ...

    def survey(self, group: int, round_: Round) -> Survey:
        """Everybody's answers of one round."""
        ...

    def signs(self, group: Group) -> Signs:
        """On which days what is measured was seen of each member."""
        ...

    def survey_asked_at(self, group: int, round_: Round) -> datetime | None:
        """When the group was last asked."""
        ...
