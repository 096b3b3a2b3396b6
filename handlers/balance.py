"""What she has, what still waits, and for those who keep the cash: what the group has, in the box and at the bank."""

from __future__ import annotations

from bot.talk import Instead, Turn, dialogue
from handlers.box import all_of_it
from handlers.goal import tell_goal
from handlers.handing import tell_on_its_way_to
from handlers.our_money import money_question
from handlers.refused import tell_differing
from handlers.who import reading_place


@dialogue(wishes=("saldo",), says=("saldo", "celengan"))
async def balance(turn: Turn) -> Instead | None:
    """Her savings; for a mentor what each of her groups has."""
    led = turn.books.groups_led(turn.me)
    if led and not turn.books.memberships(turn.me):
        turn.say("box_of", rows=[{"group": one, "all": all_of_it(turn, one)} for one in led])
        return None
    me = await reading_place(turn)
    if me is None:
        return None
    group = turn.books.group(me.group)
    if not group.open:
        turn.say("all_back", group=group, offers=("riwayat", "buku"))
        return None
    if me.active and money_question(turn.opening) == "whole":
        return Instead("uang kelompok", turn.opening, {"about": "whole"})
    claims = turn.books.waiting_claims(me)
    waiting = [one for one in claims if one.counted is None]
    if not me.active:
        saved = turn.books.saved(me)
        turn.say("still_yours", saved=saved, group=group, offers=("tarik",) if saved else ())
    else:
        turn.say("saved", saved=turn.books.saved(me), offers=("setor", "riwayat"))
    goal = turn.books.goal(me)
    if goal is not None and me.active:
        tell_goal(turn, me, goal, drawn=True)
    if waiting:
        turn.say("waits", rows=[{"amount": one.amount, "who": one.confirmer} for one in waiting])
    tell_differing(turn, claims)
    tell_on_its_way_to(turn, me)
    if group.holder == me.number:
        turn.say("in_box", all=all_of_it(turn, group))
    return None
