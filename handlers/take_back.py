"""Taking back a deposit that nobody has confirmed yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.changes import ClaimWithdrawn
from bot.domain.claims import Claim
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Doubt, Got, Reading
from bot.talk.understand import read_amount
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
        claim = await ask("which", _one_of(turn, waiting))
    facts: dict[str, Any] = {"amount": claim.amount, "who": claim.confirmer}
    # The yes is about this claim alone: another may be the only one left when she gives it.
    if not await ask("sure", yes_or_no("take_back", "keep"), about=claim.number, **facts):
        turn.say("kept", **facts)
        return None
    turn.say("taken_back", **facts)
    return ClaimWithdrawn(claim)


def _one_of(turn: Turn, claims: Sequence[Claim]) -> Answer[Claim]:
    """One of her claims, by its button or by its amount ("yang 5rb")."""

    def named(claim: Claim) -> str:
        return turn.wording("claim", amount=claim.amount, day=claim.day)

    by_name = among(claims, named, lambda one: one.number)

    def read(words: str) -> Reading[Claim]:
        amounts = read_amount(words).candidates
        fits = tuple(one for one in claims if one.amount.rupiah in amounts)
        if len(fits) == 1:
            return Got(fits[0])
        return Doubt(fits) if fits else by_name.read(words)

    return replace(by_name, read=read)
