"""Who has put money in today, and what still waits for somebody's word."""

from __future__ import annotations

from bot.domain.money import Money
from bot.talk import Turn, dialogue
from handlers.who import kept_group


@dialogue(says=("siapa",), keepers=True)
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
    waiting = turn.books.claims_waiting(group)
    for key, mine in (("waits", True), ("waits_for", False)):
        rows = [
            {"member": one.member, "amount": one.amount, "who": one.confirmer}
            for one in waiting
            if (one.confirmer.id == turn.me.id) is mine
        ]
        if rows:
            turn.say(key, rows=rows)
