"""What conversations about consultations may look at; they never write here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.domain.calendar import Zone
from bot.domain.consultations import Canned, Consultation, InboxSize, Part
from bot.domain.people import Person


class ConsultBooks(Protocol):
    """Reading consultations and a mentor's inbox."""

    def consultation(self, number: int) -> Consultation | None:
        """One consultation."""
        ...

    def parts(self, number: int, most: int) -> Sequence[Part]:
        """The newest parts of a consultation, the oldest of them first."""
        ...

    def part(self, number: int, part: int) -> Part | None:
        """One part."""
        ...

    def going_on(self, person: Person) -> Consultation | None:
        """Her newest consultation, if what she says now still belongs to it."""
        ...

    def open_consultation(self, person: Person) -> Consultation | None:
        """Her newest consultation that is not closed."""
        ...

    def consultations_of(self, person: Person, most: int) -> Sequence[Consultation]:
        """Her newest consultations, closed ones too, the newest first."""
        ...

    def inbox(self, mentor: Person, skip: int, most: int) -> Sequence[Consultation]:
        """What is not closed of her groups or was handed to her: who waits longest first, then
        what is put off, then what is answered.
        """
        ...

    def inbox_size(self, mentor: Person) -> InboxSize:
        """How many there are."""
        ...

    def other_mentors(self, me: Person, group: int) -> Sequence[Person]:
        """Mentors she may hand a question to: those of the group, then all others, by name."""
        ...

    def canned(self, mentor: Person) -> Sequence[Canned]:
        """The answers she keeps ready, by title."""
        ...


class LateQuestions(Protocol):
    """What has waited too long, in one zone; the longest waiting first."""

    def to_nudge(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Questions of which the mentors should be reminded."""
        ...

    def to_hand_on(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Questions another mentor should have."""
        ...

    def to_close(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Consultations nobody has added to for long."""
        ...

    def next_mentor(self, it: Consultation) -> Person | None:
        """Who else may answer it, if there is anybody."""
        ...
