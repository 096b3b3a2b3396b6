"""To the mentors: what we want to tell a member cannot reach her just now, and why."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.books import Books
from bot.domain.changes import WritingHeld
from bot.domain.people import Person
from bot.talk import Turn, dialogue


def _others(change: WritingHeld, books: Books) -> Iterable[Person]:
    return [one for one in books.mentors(change.group.id) if one.id != change.person.id]


@dialogue(follows=WritingHeld, to=_others)
async def held(turn: Turn) -> None:
    """Once, until she has written again."""
    turn.say(
        turn.facts["why"],
        person=turn.books.person(turn.facts["person"]),
        group=turn.books.group(turn.facts["group"]),
    )
