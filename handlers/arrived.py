"""What is said of money on its way back while no question about it is open: "sudah saya kasih Sari"."""

from __future__ import annotations

from bot.domain.payout_changes import (
    PayoutToldOf,
)
from bot.domain.payouts import PayoutState
from bot.talk import Instead, Turn, ask, dialogue
from handlers.hand_out import InHand, is_it_in_hand
from handlers.handing import on_its_way, says_she_gave, says_she_got
from handlers.meaning import is_done, yes_to
from handlers.who import holder_person
from handlers.withdraw import told


def told_of_payout(turn: Turn, *, done: bool = False) -> Instead | None:
    """Where her words belong when they are about money on its way back from her box, or to her.

    ``done``: they say no more than that something is done.
    """
    gave, got = done or says_she_gave(turn.opening), done or says_she_got(turn.opening)
    for mine in turn.books.memberships(turn.me) if gave or got else ():
        waiting = on_its_way(turn, mine.group)
        holds = turn.books.group(mine.group).holder == mine.number
        if gave and holds and waiting:
            return Instead("", f"bayar {turn.opening}")
        if got and not holds and any(one.member.number == mine.number for one in waiting):
            return Instead("uang sampai", turn.opening)
    return None


@dialogue(wishes=("uang sampai",))
async def arrived(turn: Turn) -> InHand | PayoutToldOf:
    """She says that it is in her hand, whether or not the holder has said so before."""
    hers = [
        one
        for mine in turn.books.memberships(turn.me)
        for one in on_its_way(turn, mine.group)
        if one.member.number == mine.number
    ]
    payout = min(hers, key=lambda one: one.state is not PayoutState.PAID)
    already = turn.opening if says_she_got(turn.opening) else ""
    if payout.state is PayoutState.PAID:
        return await is_it_in_hand(turn, payout, already)
    facts = {"holder": holder_person(turn, turn.books.group(payout.group)), **told(payout)}
    here = yes_to(payout.amount, "here", "not_here", fits=is_done)
    if not await ask("is_it_here_already", here, already=already, **facts):
        turn.say("not_yet_here", **facts)
        return None
    turn.say("holder_first", **facts)
    return PayoutToldOf(payout, turn.me)
