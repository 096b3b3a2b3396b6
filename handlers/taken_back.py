"""Telling the one who was asked that the question is gone."""

from __future__ import annotations

from bot.domain.changes import ClaimWithdrawn
from bot.talk import Turn, dialogue


@dialogue(follows=ClaimWithdrawn, to=lambda change, _: [change.claim.confirmer])
async def taken_back(turn: Turn) -> None:
    """To the holder, or the witness."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    turn.say("taken_back", member=claim.member, amount=claim.amount)
