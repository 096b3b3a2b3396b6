"""Who has put money in today, and what still waits for the holder's word."""

from __future__ import annotations

from bot.domain.money import Money
from bot.talk import Turn, dialogue
from handlers.who import kept_group


@dialogue(says=("siapa",))
async def today(turn: Turn) -> None:
    """For the holder and the mentor."""
    group = await kept_group(turn)
    if group is None:
        return
    deposits = turn.books.deposits_on(group, turn.today)
    if deposits:
        total = Money(sum(amount.rupiah for _, amount in deposits))
        turn.say("today", count=len(deposits), day=turn.today)
        turn.say("line", rows=[{"member": who, "amount": amount} for who, amount in deposits])
        turn.say("total", total=total, box=turn.books.in_box(group))
    else:
        turn.say("nobody_yet", day=turn.today, box=turn.books.in_box(group))
    waiting = [one for one in turn.books.claims_to_confirm(turn.me) if one.group == group.id]
    if waiting:
        turn.say("waits", rows=[{"member": one.member, "amount": one.amount} for one in waiting])
