"""Her card for the wall: thirty boxes to tick, her goal, and a way into the chat."""

from __future__ import annotations

from bot.files import document
from bot.talk import Turn, dialogue
from handlers.who import membership


@dialogue(says=("kartu", "kartu tabungan", "kartu celengan"), keepers=True)
async def card(turn: Turn) -> None:
    """A document of one small page, to print or to have printed."""
    me = await membership(turn)
    if me is None:
        return
    goal = turn.books.goal(me)
    printed = document(
        "card",
        name=me.called,
        group=turn.books.group(me.group).name,
        goal=goal.name if goal else None,
        amount=goal.amount.rupiah if goal else None,
        link=next(iter(turn.ways.to_chat().values()), ""),
    )
    turn.say("for_the_wall", media=printed, offers=() if goal else ("target",))
