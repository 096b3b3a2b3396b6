"""A member says a receipt is not so: nothing is changed alone, and everybody concerned hears it."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.books import Books
from bot.domain.changes import ReceiptContested
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, text
from handlers.who import membership


@dialogue(says=("bukan segitu",))
async def contest(turn: Turn) -> ReceiptContested | None:
    """Begun by the button under a receipt, which carries the entry's number."""
    me = await membership(turn)
    if me is None:
        return None
    number = turn.opening.strip()
    entry = turn.books.entry(me.group, int(number)) if number.isdecimal() else None
    if entry is None or entry.member != me.number:
        turn.say("no_such_entry")
        return None
    words = await ask("words", text(300), amount=entry.amount, day=entry.day)
    group = turn.books.group(me.group)
    turn.say("passed_on", mentor=turn.books.mentors(me.group)[0])
    return ReceiptContested(me, group, entry, words)


def _concerned(change: ReceiptContested, books: Books) -> Iterable[Person]:
    holder = change.group.holder
    keeps = [] if holder is None else [books.member(change.group.id, holder).person]
    found = {one.id: one for one in [*books.mentors(change.group.id), *keeps]}
    return [one for one in found.values() if one.id != change.member.person.id]


@dialogue(follows=ReceiptContested, to=_concerned, kind="question")
async def contested(turn: Turn) -> None:
    """To the mentors and the holder."""
    entry = turn.books.entry(turn.facts["group"], turn.facts["entry"])
    if entry is not None:
        turn.say(
            "contested",
            member=turn.books.member(entry.group, entry.member),
            group=turn.books.group(entry.group),
            amount=entry.amount,
            day=entry.day,
            number=entry.number,
            words=turn.facts["words"],
        )
