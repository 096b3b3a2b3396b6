"""The holder says it did not arrive, or not so much: the member hears it kindly, with a way on."""

from __future__ import annotations

from typing import Any

from bot.domain.changes import ClaimRefused, DepositClaimed
from bot.domain.money import Money
from bot.talk import Turn, ask, dialogue, yes_or_no


@dialogue(follows=ClaimRefused, to=lambda change, _: [change.claim.member.person], kind="receipt")
async def refused(turn: Turn) -> DepositClaimed | None:
    """To the member whose claim was refused; where another amount arrived, whether that is right."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    facts: dict[str, Any] = {"who": claim.confirmer, "amount": claim.amount}
    if not turn.facts.get("instead"):
        turn.say("refused", offers=("setor", "pendamping"), **facts)
        return None
    instead = Money(int(turn.facts["instead"]))
    if not await ask("instead", yes_or_no("right", "wrong"), instead=instead, **facts):
        turn.say("differ", offers=("pendamping",), **facts)
        return None
    turn.say("once_more", instead=instead, **facts)
    return DepositClaimed(claim.member, instead, claim.day, claim.confirmer)
