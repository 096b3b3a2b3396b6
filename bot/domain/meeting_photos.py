"""Photos of a meeting: kept by the mentor, and shown once everybody seen on one has said yes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.meetings import Meeting
from bot.domain.people import Member, Person

#: Photos of one meeting at most.
MOST_PHOTOS = 6


@dataclass(frozen=True, slots=True)
class MeetingPhoto:
    """One photo; ``seen`` are those on it by number, with their word: None while they have not said."""

    group: int
    number: int
    meeting: int
    seen: Mapping[int, bool | None] = field(default_factory=dict)

    @property
    def allowed(self) -> bool:
        """Whether it may be shown: to the group, and in the final report."""
        return all(self.seen.values())


@dataclass(frozen=True, slots=True)
class MeetingPhotoSent:
    """A mentor sent a photo (``media``), and says who is seen on it.

    Those she ``asked`` herself, since no chat reaches them, have said yes to her.
    """

    meeting: Meeting
    media: str
    seen: Sequence[Member]
    asked: Sequence[Member]
    by: Person


@dataclass(frozen=True, slots=True)
class MeetingPhotoKept:
    """It was made safe and is kept; who is seen and has not said yes is asked."""

    photo: MeetingPhoto
    by: Person


@dataclass(frozen=True, slots=True)
class MeetingPhotoAnswered:
    """The word of somebody who is seen; a no erases the photo."""

    photo: MeetingPhoto
    member: Member
    may: bool


@dataclass(frozen=True, slots=True)
class MeetingPhotosTakenBack:
    """Somebody would be seen on none any more, wherever she is or was a member; they are erased."""

    places: Sequence[Member]
