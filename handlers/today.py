"""Who has put money in today, and what still waits for somebody's word."""

from __future__ import annotations

import re

from bot.domain.money import Money
from bot.domain.people import Group
from bot.talk import Turn, dialogue
from handlers.box import all_of_it
from handlers.refused import tell_differing
from handlers.who import kept_group

_NOT_YET = re.compile(r"\b(?:belum|blm|blum|durung|belom)\b")


@dialogue(says=("siapa",), keepers=True, recalls="confirm")
async def today(turn: Turn) -> None:
    """For the holder and the mentor; what waits for her own word is asked again behind it."""
    group = await kept_group(turn)
    if group is None:
        return
    deposits = turn.books.deposits_on(group, turn.today)
    if deposits:
        total = Money(sum(amount.rupiah for _, amount in deposits))
        turn.say("today", count=len(deposits), day=turn.today)
        turn.say("line", rows=[{"member": who, "amount": amount} for who, amount in deposits])
        turn.say("total", total=total, all=all_of_it(turn, group))
    else:
        turn.say("nobody_yet", day=turn.today, all=all_of_it(turn, group))
    if _NOT_YET.search(turn.opening.lower()):
        _not_yet(turn, group, {who.number for who, _ in deposits})
    waiting = turn.books.claims_waiting(group)
    for key, mine in (("waits", True), ("waits_for", False)):
        rows = [
            {"member": one.member, "amount": one.amount, "who": one.confirmer}
            for one in waiting
            if one.counted is None and (one.confirmer.id == turn.me.id) is mine
        ]
        if rows:
            turn.say(key, rows=rows)
    tell_differing(turn, waiting)


def _not_yet(turn: Turn, group: Group, saved: set[int]) -> None:
    """Who has put nothing in today: for whoever asks, and no reproach to anybody."""
    names = [one.called for one in turn.books.members(group.id) if one.number not in saved]
    turn.say("not_yet" if names else "everybody", names=names)
