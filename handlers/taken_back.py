"""Telling the one who was asked that the question is gone."""

from __future__ import annotations

from bot.domain.changes import ClaimWithdrawn
from bot.talk import Turn, dialogue


@dialogue(follows=ClaimWithdrawn, to=lambda change, _: [change.claim.confirmer])
async def taken_back(turn: Turn) -> None:
    """To the holder, or the witness."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    said = "mistyped" if turn.facts.get("instead") else "taken_back"
    turn.say(said, member=claim.member, amount=claim.amount)
