"""A focus group: a guide of questions, what each said, the themes in it, and the needs ranked by all."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.domain.people import Group, Member, Person

#: Questions of a guide, and signs of one and of an answer, at most.
MOST_QUESTIONS, LONGEST_QUESTION, LONGEST_ANSWER = 20, 200, 1_000

#: More in one talk, and not everybody is heard within an hour and a half.
MOST_PEOPLE = 12

#: Votes each member has, and needs they are given to.
VOTES, MOST_NEEDS = 3, 6

#: What is in words that fit nothing.
OTHER = "other"

#: Every theme, the order in which equals are named.
THEMES = ("capital", "marketing", "finance", "licence", "skills", "personal", OTHER)


@dataclass(frozen=True, slots=True)
class Focus:
    """One focus group; ``at`` is the place in the guide when it is held in person.

    ``needs`` are put to the vote, ``votes`` are by member, ``shared`` when the group has seen them.
    """

    group: int
    number: int
    in_chat: bool
    guide: Sequence[str]
    at: int = 0
    closed: bool = False
    needs: Sequence[str] = ()
    votes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    shared: bool = False

    def ranking(self) -> Sequence[tuple[str, int]]:
        """The needs with the votes each was given, most first."""
        given = Counter(need for votes in self.votes.values() for need in votes)
        return sorted(((one, given[one]) for one in self.needs), key=lambda pair: -pair[1])


@dataclass(frozen=True, slots=True)
class Said:
    """What a member answered; it is told to others only when she says that it ``may`` be."""

    number: int
    question: int
    member: int
    words: str
    media: str
    theme: str
    may: bool | None = None


def theme_of(words: str, stems: Mapping[str, Sequence[str]]) -> str:
    """The theme most of whose ``stems`` begin a word here; OTHER when there is none."""
    plain = " ".join(re.findall(r"[a-z-]+", words.lower()))
    hits = {
        theme: sum(bool(re.search(rf"\b{re.escape(stem)}", plain)) for stem in mine)
        for theme, mine in stems.items()
    }
    best = max(hits, key=lambda theme: hits[theme], default=OTHER)
    return best if hits.get(best) else OTHER


def needs_in(said: Sequence[Said]) -> Sequence[str]:
    """The themes that came up, by how many members spoke of each; the vaguest is no need."""
    by_theme = {theme: {one.member for one in said if one.theme == theme} for theme in THEMES}
    found = [theme for theme in THEMES if theme != OTHER and by_theme[theme]]
    return sorted(found, key=lambda theme: -len(by_theme[theme]))[:MOST_NEEDS]


@dataclass(frozen=True, slots=True)
class FocusOpened:
    """A mentor opens a focus group, in person or in chat."""

    group: Group
    in_chat: bool
    guide: Sequence[str]
    by: Person


@dataclass(frozen=True, slots=True)
class GuideChanged:
    """She words the questions otherwise."""

    focus: Focus
    guide: Sequence[str]


@dataclass(frozen=True, slots=True)
class FocusAsked:
    """The next question of the guide is put to a member, in chat."""

    focus: Focus
    member: Member
    question: int


@dataclass(frozen=True, slots=True)
class FocusAnswered:
    """Her answer in chat; without words and media she passed."""

    focus: Focus
    member: Member
    question: int
    words: str
    media: str
    theme: str


@dataclass(frozen=True, slots=True)
class FocusNoted:
    """The mentor writes down what members said in person, and goes on to question ``at``."""

    focus: Focus
    question: int
    lines: Sequence[tuple[int, str, str]]  # member, words, theme
    at: int
    by: Person


@dataclass(frozen=True, slots=True)
class VoiceInvited:
    """The moderator kindly invites somebody who has not spoken yet."""

    focus: Focus
    member: Member
    question: int
    by: Person


@dataclass(frozen=True, slots=True)
class ThemeCorrected:
    """The mentor knows better what something was about."""

    focus: Focus
    said: int
    theme: str


@dataclass(frozen=True, slots=True)
class FocusClosed:
    """Nobody is asked any more; each hears what was kept of her."""

    focus: Focus
    by: Person


@dataclass(frozen=True, slots=True)
class AloudAnswered:
    """Whether what she said may be told to others."""

    focus: Focus
    member: Member
    may: bool


@dataclass(frozen=True, slots=True)
class RankingAsked:
    """The needs are put to the vote."""

    focus: Focus
    needs: Sequence[str]
    by: Person


@dataclass(frozen=True, slots=True)
class NeedsRanked:
    """A member's votes."""

    focus: Focus
    member: Member
    votes: Sequence[str]


@dataclass(frozen=True, slots=True)
class NeedsShared:
    """The group sees what it ranked."""

    focus: Focus
    by: Person
