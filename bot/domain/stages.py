"""The six stages of accompanying a group, and what each expects: read from the books or ticked by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import IntEnum

from bot.domain.people import Group, Person


class Stage(IntEnum):
    """In their order; a mentor may move either way."""

    PREPARING = 1
    ASSESSING = 2
    PLANNING = 3
    DOING = 4
    EVALUATING = 5
    ENDING = 6

    @property
    def after(self) -> Stage | None:
        """The next one."""
        return Stage(self + 1) if self < Stage.ENDING else None

    @property
    def before(self) -> Stage | None:
        """The one before."""
        return Stage(self - 1) if self > Stage.PREPARING else None


@dataclass(frozen=True, slots=True)
class Move:
    """When a group came to a stage, and whose word it was."""

    stage: Stage
    by: Person
    at: datetime


@dataclass(frozen=True, slots=True)
class Seen:
    """What the books know of a group's programme: each a number of members unless said otherwise."""

    members: int = 0
    meetings_held: int = 0  # meetings
    agreed: int = 0
    before: int = 0
    spoke: int = 0
    ranked: int = 0
    chosen: int = 0  # programmes
    goals: int = 0  # programmes with a goal that says what, how many and by when
    plan_agreed: int = 0
    holder: bool = False
    saved: int = 0
    told: int = 0
    after: int = 0
    shared: bool = False
    announced: bool = False
    closed: bool = False
    choices: int = 0
    ticks: frozenset[str] = field(default_factory=frozenset)


@dataclass(frozen=True, slots=True)
class Check:
    """One thing a stage expects: how many of how many have it; ``done`` when that is all."""

    name: str
    count: int
    of: int

    @property
    def done(self) -> bool:
        """Whether nothing of it is missing."""
        return self.of > 0 and self.count >= self.of


#: What no book can know: the mentor ticks it herself.
BY_HAND = {
    Stage.PREPARING: ("permission",),
    Stage.ASSESSING: (),
    Stage.PLANNING: (),
    Stage.DOING: (),
    Stage.EVALUATING: ("talked",),
    Stage.ENDING: ("celebrated", "handed_in"),
}

#: Members a group should have before it begins, and meetings the fourth stage should see.
FEWEST_MEMBERS, FEWEST_MEETINGS = 5, 3


def checklist(stage: Stage, seen: Seen) -> Sequence[Check]:
    """What a stage expects and how much of it is there."""
    everyone = seen.members
    known = {
        Stage.PREPARING: [
            Check("members", seen.members, max(FEWEST_MEMBERS, seen.members)),
            Check("met", min(seen.meetings_held, 1), 1),
            Check("contract", seen.agreed, everyone),
            Check("baseline", seen.before, everyone),
        ],
        Stage.ASSESSING: [
            Check("spoke", seen.spoke, everyone),
            Check("ranked", seen.ranked, everyone),
        ],
        Stage.PLANNING: [
            Check("chosen", min(seen.chosen, 1), 1),
            Check("goals", seen.goals, max(seen.chosen, 1)),
            Check("plan", seen.plan_agreed, everyone),
        ],
        Stage.DOING: [
            Check("holder", int(seen.holder), 1),
            Check("saved", seen.saved, everyone),
            Check("meetings", seen.meetings_held, max(FEWEST_MEETINGS, seen.meetings_held)),
            Check("told", seen.told, everyone),
        ],
        Stage.EVALUATING: [
            Check("after", seen.after, everyone),
            Check("shared", int(seen.shared), 1),
        ],
        Stage.ENDING: [
            Check("announced", int(seen.announced), 1),
            Check("paid_back", int(seen.closed), 1),
            Check("choices", seen.choices, everyone),
        ],
    }
    by_hand = [Check(name, int(name in seen.ticks), 1) for name in BY_HAND[stage]]
    return [*known[stage], *by_hand]


@dataclass(frozen=True, slots=True)
class StageMoved:
    """A mentor takes her group to another stage, forward or back."""

    group: Group
    stage: Stage
    by: Person


@dataclass(frozen=True, slots=True)
class StepTicked:
    """She says of something no book knows whether it is done."""

    group: Group
    name: str
    done: bool
    by: Person


@dataclass(frozen=True, slots=True)
class ProgrammeDay:
    """A day begins for a group: what its programme has for today is looked at."""

    group: Group
