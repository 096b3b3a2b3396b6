"""Something happened to people's data: everybody it concerns is told, in words the operator wrote."""

from __future__ import annotations

from bot.domain.privacy_changes import BreachTold
from bot.talk import Turn, dialogue
from bot.talk.texts import Ours


@dialogue(follows=BreachTold, to=lambda change, _: [change.person])
async def breach_told(turn: Turn) -> None:
    """To whom it concerns."""
    turn.say("told", who=turn.me, words=Ours(str(turn.facts["words"])), offers=("pendamping",))
