"""Activities of a group: planned, answered, attended and noted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum

from bot.domain.people import Group, Member, Person

#: Signs of a topic, a place and of what is noted, at most.
LONGEST_TOPIC, LONGEST_PLACE, LONGEST_NOTES = 80, 60, 1_000

#: How far ahead a meeting may be planned, in days.
FURTHEST = 365


class Attendance(StrEnum):
    """Who was there."""

    PRESENT = "present"
    EXCUSED = "excused"
    ABSENT = "absent"


@dataclass(frozen=True, slots=True)
class Meeting:
    """One meeting; ``coming`` is what members answered, ``attended`` what was ticked, by number.

    Until its members are ``invited`` only mentors know of it. One that is ``called_off`` is in no list
    any more; who still holds its invitation is told so.
    """

    group: int
    number: int
    day: date
    at: time
    place: str
    topic: str
    notes: str = ""
    coming: Mapping[int, bool] = field(default_factory=dict)
    attended: Mapping[int, Attendance] = field(default_factory=dict)
    invited: bool = True
    called_off: bool = False

    @property
    def held(self) -> bool:
        """Whether its attendance was taken."""
        return bool(self.attended)

    def those(self, what: Attendance) -> int:
        """How many members attended in this way."""
        return sum(one is what for one in self.attended.values())


@dataclass(frozen=True, slots=True)
class MeetingPlanned:
    """A mentor plans a meeting, and ``invites`` all members at once or later."""

    group: Group
    day: date
    at: time
    place: str
    topic: str
    by: Person
    invites: bool = True


@dataclass(frozen=True, slots=True)
class MeetingInvited:
    """All members are invited to a meeting."""

    meeting: Meeting


@dataclass(frozen=True, slots=True)
class MeetingMoved:
    """A mentor changes when or where a meeting is; who was invited is asked anew."""

    meeting: Meeting
    day: date
    at: time
    place: str


@dataclass(frozen=True, slots=True)
class MeetingCalledOff:
    """A mentor calls a meeting off."""

    meeting: Meeting


@dataclass(frozen=True, slots=True)
class MeetingAnswered:
    """A member says whether she comes."""

    meeting: Meeting
    member: Member
    comes: bool


@dataclass(frozen=True, slots=True)
class MeetingHeld:
    """A mentor says who was there and what is to be kept of it."""

    meeting: Meeting
    attended: Mapping[int, Attendance]
    notes: str
    by: Person


@dataclass(frozen=True, slots=True)
class MeetingNear:
    """Tomorrow is a meeting's day."""

    meeting: Meeting
