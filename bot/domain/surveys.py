"""The same few questions before and after: what is asked, and what the answers say together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from bot.domain.people import Group, Member, Person


class Round(StrEnum):
    """When it was asked."""

    BEFORE = "before"
    AFTER = "after"
    LATER = "later"


#: Every question with its answers, the least favourable first.
BASELINE: Mapping[str, Sequence[str]] = {
    "years": ("under_1", "years_1_3", "years_4_10", "over_10"),
    "turnover": ("under_250", "from_250", "from_500", "over_1000"),
    "records": ("never_writes", "sometimes", "always_writes"),
    "nib": ("none", "trying", "has"),
    "online": ("not_online", "by_chat", "on_market"),
    "saves": ("seldom", "monthly", "weekly", "daily"),
}

#: From the saddest face to the happiest.
FACES = ("face_1", "face_2", "face_3", "face_4", "face_5")

#: Asked three months after the end.
LATER: Mapping[str, Sequence[str]] = {
    "still_saves": ("seldom", "monthly", "weekly", "daily"),
    "still_runs": ("paused", "same", "grown"),
}

#: What is told in her own words.
IN_WORDS = ("helped", "hindered")

#: The question of satisfaction, and whether her words may be quoted.
FACE, QUOTE = "face", "quote"

#: Signs of an answer in words at most.
LONGEST_WORDS = 300

Answers = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Survey:
    """Everybody's answers of one round, by member, and the day ``on`` which each gave hers.

    An answer that was skipped is not there.
    """

    round: Round
    answers: Mapping[int, Answers]
    on: Mapping[int, date] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Compared:
    """One question asked twice of the same ``people``: how many gave which answer, and how many moved.

    ``better`` and ``less`` count who went up or down in the order of the answers.
    """

    question: str
    options: Sequence[str]
    before: Sequence[int]
    after: Sequence[int]
    better: int
    less: int

    @property
    def people(self) -> int:
        """How many answered it both times."""
        return sum(self.before)


def compare(before: Survey, after: Survey) -> Sequence[Compared]:
    """Each question of the baseline, for those alone who answered it both times."""
    found = []
    for question, options in BASELINE.items():
        pairs = [
            (options.index(first[question]), options.index(second[question]))
            for member, first in before.answers.items()
            if (second := after.answers.get(member)) is not None
            and first.get(question) in options
            and second.get(question) in options
        ]
        was, now = Counter(one for one, _ in pairs), Counter(one for _, one in pairs)
        places = range(len(options))
        found.append(
            Compared(
                question,
                options,
                [was[place] for place in places],
                [now[place] for place in places],
                sum(second > first for first, second in pairs),
                sum(second < first for first, second in pairs),
            )
        )
    return found


def counted(survey: Survey, question: str, options: Sequence[str]) -> Sequence[int]:
    """How many gave each answer."""
    given = Counter(one.get(question) for one in survey.answers.values())
    return [given[option] for option in options]


@dataclass(frozen=True, slots=True)
class SurveyAsked:
    """A mentor has the group asked; who has answered this round is not asked again."""

    group: Group
    round: Round
    by: Person


@dataclass(frozen=True, slots=True)
class SurveyAnswered:
    """A member's answers of one round."""

    member: Member
    round: Round
    answers: Answers


@dataclass(frozen=True, slots=True)
class ResultShared:
    """The group sees its own result, all at once."""

    group: Group
    by: Person
