"""What a group chose to do: programmes, goals that can be checked, and how far each member is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.domain.people import Group, Member, Person

#: Signs of a programme's name, of its goal, of an indicator and of an obstacle, at most.
LONGEST_NAME, LONGEST_GOAL, LONGEST_INDICATOR, LONGEST_OBSTACLE = 40, 160, 120, 400

#: Programmes put to the vote at most, and words a goal has at least.
MOST_PROGRAMMES, FEWEST_WORDS = 5, 3

#: Which programme answers which need, the most usual first; other needs ask for one of the group's own.
ANSWERS = {
    "capital": "celengan",
    "finance": "celengan",
    "licence": "oss",
    "marketing": "market",
}
OWN = "own"


class Step(StrEnum):
    """How far a member is with a programme, by her own word."""

    NOT_YET = "not_yet"
    UNDER_WAY = "under_way"
    DONE = "done"


@dataclass(frozen=True, slots=True)
class Goal:
    """What, how many of the members, by when; how it is seen, where it begins, and who looks after it."""

    what: str
    people: int
    by: date
    indicator: str
    baseline: int
    responsible: int | None = None


@dataclass(frozen=True, slots=True)
class Programme:
    """Something the group may do together; ``votes`` are by member."""

    group: int
    number: int
    kind: str
    name: str
    chosen: bool = False
    goal: Goal | None = None
    votes: Mapping[int, bool] = field(default_factory=dict)

    @property
    def wanted(self) -> bool:
        """Whether more want it than not."""
        return sum(self.votes.values()) * 2 > len(self.votes)


@dataclass(frozen=True, slots=True)
class PlanAnswer:
    """What a member said to the plan."""

    agrees: bool
    words: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a member was with a programme when she last told, and what was in her way."""

    programme: int
    member: int
    step: Step
    obstacle: str
    at: datetime


def proposed(needs: Sequence[str]) -> Sequence[str]:
    """The kinds of programmes that answer the needs, each once, in the needs' order."""
    return list(dict.fromkeys(ANSWERS[need] for need in needs if need in ANSWERS))


def vague(goal: Goal, members: int, until: date | None) -> Sequence[str]:
    """What keeps a goal from being one that can be checked, by name; nothing when it is fine.

    It says what in at least three words, is within reach of so many members, ends before the group
    does, and asks for more than there is already.
    """
    wrong = {
        "too_short": len(goal.what.split()) < FEWEST_WORDS,
        "too_many": goal.people > members,
        "too_late": until is not None and goal.by > until,
        "reached_already": goal.baseline >= goal.people,
    }
    return [name for name, is_so in wrong.items() if is_so]


@dataclass(frozen=True, slots=True)
class ProgrammesProposed:
    """Programmes by kind and name, for the group to vote on."""

    group: Group
    programmes: Sequence[tuple[str, str]]
    by: Person


@dataclass(frozen=True, slots=True)
class ProgrammesVoted:
    """A member's word on each, by its number."""

    member: Member
    votes: Mapping[int, bool]


@dataclass(frozen=True, slots=True)
class ProgrammesChosen:
    """What the group does from now on, by number."""

    group: Group
    numbers: Sequence[int]
    by: Person


@dataclass(frozen=True, slots=True)
class ProgrammeGoalSet:
    """The goal of one programme; a plan agreed before is agreed anew."""

    programme: Programme
    goal: Goal
    by: Person


@dataclass(frozen=True, slots=True)
class PlanOffered:
    """The whole plan is put before the members."""

    group: Group
    by: Person


@dataclass(frozen=True, slots=True)
class PlanAnswered:
    """A member agrees, or would have it otherwise in her ``words``."""

    member: Member
    agrees: bool
    words: str


@dataclass(frozen=True, slots=True)
class ProgressAsked:
    """The members are asked how far they are."""

    group: Group
    by: Person


@dataclass(frozen=True, slots=True)
class ProgressTold:
    """How far she is with each programme, and what is in her way."""

    member: Member
    steps: Mapping[int, Step]
    obstacle: str
