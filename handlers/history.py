"""Her deposits, newest first, ten at a time."""

from __future__ import annotations

from bot.talk import Instead, Turn, dialogue
from handlers.handing import tell_on_its_way_to
from handlers.meaning import right_or_new
from handlers.who import reading_place

_AT_ONCE = 10


@dialogue(wishes=("riwayat",), says=("riwayat",))
async def history(turn: Turn) -> Instead | None:
    """The newest ten."""
    return await _tell(turn, before=None)


@dialogue(says=("riwayat sebelum",))
async def older_history(turn: Turn) -> Instead | None:
    """The ten before those; the button carries the number of the last one shown."""
    number = turn.opening.strip()
    return await _tell(turn, before=int(number) if number.isdecimal() else None)


async def _tell(turn: Turn, before: int | None) -> Instead | None:
    me = await reading_place(turn)
    if me is None:
        return None
    # One more than is shown tells whether there are older ones.
    entries = turn.books.entries(me, before, _AT_ONCE + 1)
    shown = entries[:_AT_ONCE]
    group = turn.books.group(me.group)
    if before is None:
        tell_on_its_way_to(turn, me)
    if not shown:
        offers = ("setor",) if group.open else ()
        turn.say("nothing_yet" if before is None else "nothing_older", offers=offers)
        return None
    turn.say("newest" if before is None else "older")
    older = (f"riwayat sebelum {shown[-1].number}",) if len(entries) > _AT_ONCE else ()
    rows = [
        {
            "day": one.day,
            "what": turn.wording(f"kinds.{one.kind}"),
            "amount": one.amount,
            "number": one.number,
        }
        for one in shown
    ]
    if not group.open or not me.active:
        turn.say("entry", rows=rows, offers=older)
        return None
    turn.say("entry", rows=rows)
    return await right_or_new(older)
