"""The mentoring contract: the group's own blanks in a versioned text, agreed by each for herself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.domain.people import Group, Member, Person

#: Signs of one blank at most.
LONGEST_BLANK = 240


@dataclass(frozen=True, slots=True)
class Terms:
    """The blanks of the contract, filled by the group."""

    purpose: str
    until: date
    schedule: str
    rules: str
    leaving: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What a member said to one version, and when."""

    agrees: bool
    at: datetime


@dataclass(frozen=True, slots=True)
class Contract:
    """One version; ``wording`` are the very words that were read, ``answers`` are by member."""

    group: int
    version: int
    terms: Terms
    wording: str
    by: Person
    made_at: datetime
    answers: Mapping[int, Answer] = field(default_factory=dict)

    def agreed_by(self, member: int) -> bool:
        """Whether she said yes to this version."""
        answer = self.answers.get(member)
        return answer is not None and answer.agrees


@dataclass(frozen=True, slots=True)
class ContractOffered:
    """A mentor puts a new version before the group."""

    group: Group
    terms: Terms
    wording: str
    by: Person


@dataclass(frozen=True, slots=True)
class ContractAnswered:
    """A member agrees to a version, or would rather not."""

    contract: Contract
    member: Member
    agrees: bool
