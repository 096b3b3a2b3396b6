"""The holder says it did not arrive: the member hears it kindly, with a way on."""

from __future__ import annotations

from bot.domain.changes import ClaimRefused
from bot.talk import Turn, dialogue


@dialogue(follows=ClaimRefused, to=lambda change, _: [change.claim.member.person], kind="receipt")
async def refused(turn: Turn) -> None:
    """To the member whose claim was refused."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    offers = ("setor", "pendamping")
    turn.say("refused", offers=offers, who=claim.confirmer, amount=claim.amount)
