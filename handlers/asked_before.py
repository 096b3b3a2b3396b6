"""What a member has asked: the number each consultation got, whose turn it is, and what was answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.changes import WordsPassed
from bot.domain.consultations import Consultation, Part, PartKind
from bot.talk import Instead, Turn, ask, dialogue, one_of
from bot.talk.answers import Answer, Choice
from handlers.inbox import as_number
from handlers.who import membership

#: Consultations in one list, and signs of each.
_MOST, _START = 8, 50

#: What else may be done below the list.
_ASK_MORE = Choice("konsultasi", command=True)

#: Parts and pictures of one that are shown.
_LAST_PARTS, _MOST_MEDIA = 8, 3


@dialogue(says=("konsultasi saya", "pertanyaan saya"), yields=True)
async def asked_before(turn: Turn) -> Instead | None:
    """``konsultasi saya``: number, state and day of each; ``konsultasi saya 2`` shows one of them.

    Other words behind it are a question.
    """
    number = as_number(turn.opening)
    if turn.opening and number is None:
        return Instead("konsultasi", f"saya {turn.opening}", {**turn.facts, "anew": "yes"})
    if await membership(turn) is None:
        return None
    hers = turn.books.consultations_of(turn.me, _MOST)
    if not hers:
        turn.say("none", offers=("konsultasi",))
        return None
    it = turn.books.consultation(number) if number is not None else None
    if it is not None and it.asker.id == turn.me.id:
        _show(turn, it)
        return None
    turn.say("row", rows=[_row(turn, one) for one in hers])
    chosen = await ask("which", _by_number(turn, hers))
    _show(turn, next(one for one in hers if str(one.number) == chosen))
    return None


def _by_number(turn: Turn, hers: Sequence[Consultation]) -> Answer[str]:
    """One of hers by its number, not by its place in the list."""
    numbers = [str(one.number) for one in hers]
    ways = one_of({number: (f"nomor {number}", f"no {number}") for number in numbers})

    def label(number: str) -> str:
        return turn.wording("one", number=number)

    choices = (*(Choice(one, shows=label(one)) for one in numbers), _ASK_MORE)
    return replace(ways, choices=choices, shows=label, counted=False)


def _show(turn: Turn, it: Consultation) -> None:
    """What was said in it, without what only mentors see."""
    newest = turn.books.parts(it.number, _LAST_PARTS)
    parts = [one for one in newest if one.kind is not PartKind.PRIVATE]
    turn.say("about", number=it.number, state=turn.wording(f"states.{it.state}"))
    turn.say("said", rows=[_said(turn, one) for one in parts])
    for one in [one for one in parts if one.media][-_MOST_MEDIA:]:
        turn.say("sent", who=one.writer, media=one.media)


def _said(turn: Turn, part: Part) -> dict[str, object]:
    words = part.words or turn.wording("picture")
    return {"who": part.writer, "day": part.at, "words": words}


def _row(turn: Turn, it: Consultation) -> dict[str, object]:
    first = turn.books.part(it.number, 1)
    words = first.begins(_START) if first else ""
    return {
        "number": it.number,
        "state": turn.wording(f"states.{it.state}"),
        "day": it.last_at,
        "words": words or turn.wording("picture"),
    }


@dialogue(
    follows=WordsPassed,
    to=lambda change, _: [change.person] if change.consultation is None else [],
)
async def has_number(turn: Turn) -> None:
    """To her who asked something new: the number by which both sides know it."""
    if turn.facts["part"] == 1:
        first = len(turn.books.consultations_of(turn.me, 2)) == 1
        turn.say("first" if first else "number", number=turn.facts["question"])
