"""Where somebody is in a guide of steps, and the changes that move her."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.people import Group, Member, Person

#: Signs of what is kept with a step: a shop's name, a listing, a link, an NIB.
LONGEST_GIVEN = 1_000


class StepState(StrEnum):
    """What she last said of a step, or (``PAUSED``) of a whole guide: not to be reminded of it."""

    DONE = "done"
    STUCK = "stuck"
    LATER = "later"
    PAUSED = "paused"


@dataclass(frozen=True, slots=True)
class StepKept:
    """One step as it stands with her, since ``at`` (aware UTC), with what she gave for it."""

    step: str
    state: StepState
    at: datetime
    given: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A guide somebody is in or was in; ``moved_at`` is when she last said anything about it."""

    guide: str
    begun_at: datetime
    moved_at: datetime
    ended: bool = False


@dataclass(frozen=True, slots=True)
class GuideMoved:
    """She opened a guide (no ``step``), or said how it stands with one of its steps.

    ``ends`` when the whole guide is behind her now; ``given`` and ``media`` are what she sent for it,
    or her words about what holds her up.
    """

    person: Person
    guide: str
    step: str = ""
    state: StepState | None = None
    ends: bool = False
    given: str = ""
    media: str = ""


@dataclass(frozen=True, slots=True)
class SessionHeld:
    """A mentor sat with several members over a guide; each of them has ``done`` these steps now.

    ``ends`` when nothing of it is left for them.
    """

    group: Group
    by: Person
    guide: str
    day: date
    members: tuple[Member, ...]
    done: tuple[str, ...]
    ends: bool = False


GuideChange = GuideMoved | SessionHeld
