"""What a member has asked: the number each consultation got, and whose turn it is."""

from __future__ import annotations

from bot.domain.changes import WordsPassed
from bot.domain.consultations import Consultation
from bot.talk import Instead, Turn, dialogue
from handlers.who import membership

#: Consultations in one list, and signs of each.
_MOST, _START = 8, 50


@dialogue(says=("konsultasi saya", "pertanyaan saya"))
async def asked_before(turn: Turn) -> Instead | None:
    """``konsultasi saya``: number, state and day of each; more behind it is a question."""
    if turn.opening:
        return Instead("konsultasi", f"saya {turn.opening}", {**turn.facts, "anew": "yes"})
    if await membership(turn) is None:
        return None
    hers = turn.books.consultations_of(turn.me, _MOST)
    if not hers:
        turn.say("none", offers=("konsultasi",))
        return None
    turn.say("row", rows=[_row(turn, it) for it in hers], offers=("konsultasi",))
    return None


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
