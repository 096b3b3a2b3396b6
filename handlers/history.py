"""Her deposits, newest first, ten at a time."""

from __future__ import annotations

from bot.talk import Turn, dialogue
from handlers.who import reading_place

_AT_ONCE = 10


@dialogue(wishes=("riwayat",), says=("riwayat",))
async def history(turn: Turn) -> None:
    """The newest ten."""
    await _tell(turn, before=None)


@dialogue(says=("riwayat sebelum",))
async def older_history(turn: Turn) -> None:
    """The ten before those; the button carries the number of the last one shown."""
    number = turn.opening.strip()
    await _tell(turn, before=int(number) if number.isdecimal() else None)


async def _tell(turn: Turn, before: int | None) -> None:
    me = await reading_place(turn)
    if me is None:
        return
    # One more than is shown tells whether there are older ones.
    entries = turn.books.entries(me, before, _AT_ONCE + 1)
    shown = entries[:_AT_ONCE]
    if not shown:
        offers = ("setor",) if turn.books.group(me.group).open else ()
        turn.say("nothing_yet" if before is None else "nothing_older", offers=offers)
        return
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
    turn.say("entry", rows=rows, offers=older)
