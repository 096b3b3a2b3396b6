"""Taking back a deposit that nobody has confirmed yet."""

from __future__ import annotations

from typing import Any

from bot.domain.changes import ClaimWithdrawn
from bot.domain.claims import Claim
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from handlers.who import membership


@dialogue(wishes=("batal",), says=("batal",))
async def take_back(turn: Turn) -> ClaimWithdrawn | None:
    """A member has changed her mind, or mistyped."""
    me = await membership(turn)
    if me is None:
        return None
    waiting = turn.books.waiting_claims(me)
    if not waiting:
        turn.say("nothing_waits")
        return None
    claim = waiting[0]
    if len(waiting) > 1:
        claim = await ask(
            "which", among(waiting, lambda one: _named(turn, one), lambda one: one.number)
        )
    facts: dict[str, Any] = {"amount": claim.amount, "who": claim.confirmer}
    if not await ask("sure", yes_or_no("take_back", "keep"), **facts):
        turn.say("kept", **facts)
        return None
    turn.say("taken_back", **facts)
    return ClaimWithdrawn(claim)


def _named(turn: Turn, claim: Claim) -> str:
    return turn.wording("claim", amount=claim.amount, day=claim.day)
