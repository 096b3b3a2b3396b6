"""Pictures members send of what they make: what for, what may be wrong with them, how long they stay."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.people import Person

#: A picture is kept for so long, and no more than so many of one person.
KEPT, MOST_KEPT = timedelta(days=30), 6

#: A look at the gate takes no longer; for so long what she writes meanwhile waits behind it.
A_LOOK = timedelta(seconds=20)

#: For so long she may say that what we held back is no identity card.
HELD_BACK = timedelta(hours=1)


class Purpose(StrEnum):
    """What she sent a picture for."""

    CHECK = "check"
    PROMO = "promo"
    MEETING = "meeting"  # a mentor, to remember a meeting by


class Fault(StrEnum):
    """What can be better about a picture; in this order it is told."""

    SMALL = "small"
    BLURRED = "blurred"
    BACKLIT = "backlit"
    DARK = "dark"
    BRIGHT = "bright"
    CLUTTERED = "cluttered"
    CROOKED = "crooked"


class Unreadable(StrEnum):
    """Why nothing came of something sent."""

    NO_PICTURE = "no_picture"
    TOO_LARGE = "too_large"
    OUT_OF_REACH = "out_of_reach"
    ONE_TOO_MANY = "one_too_many"  # of a meeting that had its most photos by then


@dataclass(frozen=True, slots=True)
class Looked:
    """A picture made safe (JPEG without anything hidden in it), and what can be better about it."""

    jpeg: bytes
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class PhotoSent:
    """She sent a picture (``media``), to be looked at; ``words`` are what she said with it."""

    person: Person
    media: str
    purpose: Purpose
    words: str = ""


@dataclass(frozen=True, slots=True)
class PhotoLooked:
    """Errand ``errand`` is done: the picture was looked at."""

    errand: int
    person: Person
    purpose: Purpose
    words: str
    looked: Looked


@dataclass(frozen=True, slots=True)
class PhotoUnread:
    """Errand ``errand`` is done: nothing came of it."""

    errand: int
    person: Person
    why: Unreadable
    purpose: Purpose = Purpose.CHECK


@dataclass(frozen=True, slots=True)
class PhotoChosen:
    """She takes a picture that is kept already."""

    person: Person
    photo: int
    purpose: Purpose
    words: str = ""


@dataclass(frozen=True, slots=True)
class PhotoReady:
    """A picture of hers is kept and can be worked with."""

    person: Person
    purpose: Purpose


# A picture at the door: before anything is done with one, we look whether it is an identity card


@dataclass(frozen=True, slots=True)
class PictureCame:
    """Something that may be a picture came ``at`` an instant (aware UTC), with ``words`` beside it,
    perhaps as a reply to the message ``reply_to``; or words alone, while one of hers is looked at.
    """

    person: Person
    media: str
    words: str
    reply_to: str
    at: datetime


@dataclass(frozen=True, slots=True)
class PicturePassed:
    """Errand ``errand`` is done: it is no card, and is heard as if it came now."""

    errand: int
    came: PictureCame


@dataclass(frozen=True, slots=True)
class CardSeen:
    """Errand ``errand`` is done: it looks like an identity card and goes no further."""

    errand: int
    person: Person


@dataclass(frozen=True, slots=True)
class CardDenied:
    """She says that what we held back last is no identity card."""

    person: Person


PictureChange = (
    PhotoSent
    | PhotoLooked
    | PhotoUnread
    | PhotoChosen
    | PhotoReady
    | PictureCame
    | PicturePassed
    | CardSeen
    | CardDenied
)
