"""A picture that looks like an identity card: not kept, not sent on, kindly; and where it is none."""

from __future__ import annotations

from bot.domain.pictures import CardDenied, CardSeen
from bot.talk import Turn, dialogue


@dialogue(follows=CardSeen, to=lambda change, _: [change.person])
async def card_refused(turn: Turn) -> None:
    """To her who sent it."""
    turn.say("refused", offers=("ini bukan ktp",))


@dialogue(says=("ini bukan ktp", "itu bukan ktp", "bukan ktp", "dudu ktp"))
async def no_card(turn: Turn) -> CardDenied | None:
    """The picture held back last goes on to where she sent it."""
    if not turn.books.held_back(turn.me):
        turn.say("none_held", offers=("bantuan",))
        return None
    turn.say("goes_on")
    return CardDenied(turn.me)
