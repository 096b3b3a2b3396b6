"""Whose money a yes is about: one that names somebody else is no yes to this question."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.domain.people import Person
from bot.talk import Turn, yes_or_no
from bot.talk.answers import Answer, Reading
from bot.talk.understand import name_parts, tokens

#: Says that somebody wants to or soon will, not that money has passed from hand to hand.
_NOT_DONE = re.compile(
    r"^\W*(?:mau|boleh|setuju|ikut|pengen|pingin|gelem)\b|\b(?:se)?bentar\b|\bnanti\b|\btunggu\b"
)


def names_another(words: str, ours: Iterable[Person], others: Iterable[Person]) -> bool:
    """Whether words name one of ``others`` by a name that none of ``ours`` bears."""
    hers = name_parts(one.name for one in ours)
    return bool((name_parts(one.name for one in others) - hers) & set(tokens.words(words)))


def is_done(words: str) -> bool:
    """Whether a yes can mean that it has happened."""
    return not _NOT_DONE.search(words.lower())


def yes_about(
    turn: Turn, group: int, ours: Iterable[Person], yes: str, no: str, *, done: bool = False
) -> Answer[bool]:
    """Yes or no about the money of ``ours``, members of a group; ``done``: that it has happened."""
    plain, people = yes_or_no(yes, no), [one.person for one in turn.books.members(group)]
    mine = [*ours, turn.me]

    def read(words: str) -> Reading[bool]:
        said = plain.read(words)
        meant = not names_another(words, mine, people) and (is_done(words) or not done)
        return said if meant else None

    return replace(plain, read=read)
