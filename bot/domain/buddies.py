"""Saving buddies: someone a member chose, who hears each week whether she kept at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Protocol

from bot.domain.money import Money
from bot.domain.people import Member, Person

#: Members one person hears of at most: more would be a duty, not a friendship.
MOST_HEARD = 5


class BuddyState(StrEnum):
    """Asked, both have said yes, or over; once over it stays so."""

    ASKED = "asked"
    ON = "on"
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Buddy:
    """One friendship of saving: ``person`` hears of ``member``; ``amounts`` if she allows those too.

    ``person`` is None while nobody has opened the link with ``code``, and again once it is over.
    """

    number: int
    member: Member
    person: Person | None
    amounts: bool
    state: BuddyState
    code: str = ""


@dataclass(frozen=True, slots=True)
class BuddyAsked:
    """A member asks ``person`` (a fellow member) to be her buddy, or whoever opens her link."""

    member: Member
    person: Person | None
    amounts: bool


@dataclass(frozen=True, slots=True)
class BuddyOffered:
    """Somebody opened the link, read what it is (``wording``) and says she would."""

    buddy: Buddy
    person: Person
    name: str
    sapaan: str
    wording: str


@dataclass(frozen=True, slots=True)
class BuddyAccepted:
    """Both have said yes, ``by`` last."""

    buddy: Buddy
    by: Person


@dataclass(frozen=True, slots=True)
class BuddyEnded:
    """One of them (``by``) would rather not, or no longer."""

    buddy: Buddy
    by: Person


@dataclass(frozen=True, slots=True)
class BuddyAmounts:
    """The member says whether her buddy may hear amounts."""

    buddy: Buddy
    amounts: bool


@dataclass(frozen=True, slots=True)
class BuddyHears:
    """It is the day on which a buddy hears of the week."""

    buddy: Buddy
    day: date


BuddyChange = BuddyAsked | BuddyOffered | BuddyAccepted | BuddyEnded | BuddyAmounts | BuddyHears


class BuddyBooks(Protocol):
    """Reading who is whose buddy."""

    def buddy(self, number: int) -> Buddy:
        """One of them, whatever became of it."""
        ...

    def buddy_of(self, member: Member) -> Buddy | None:
        """Hers, asked or on."""
        ...

    def buddy_by_code(self, code: str) -> Buddy | None:
        """The one a link stands for, while nobody has opened it."""
        ...

    def heard_by(self, person: Person) -> Sequence[Buddy]:
        """Of whom somebody hears: those that are on, oldest first."""
        ...

    def saved_between(self, member: Member, first: date, last: date) -> Money:
        """What she put in on these days."""
        ...
