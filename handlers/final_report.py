"""The final report: one document for the bank or the campus, in the order of the six stages."""

from __future__ import annotations

from bot.files import document
from bot.talk import Turn, ask, dialogue, yes_or_no
from handlers.who import ever_led_group


@dialogue(says=("laporan akhir",), keepers=True)
async def final_report(turn: Turn) -> None:
    """For mentors, of a group that is open or has ended; with names, or without."""
    group = await ever_led_group(turn)
    if group is None:
        return
    names = await ask("names", yes_or_no("with_names", "without"), group=group)
    facts = {"group": group.id, "names": int(names)}
    turn.say("pdf", group=group, media=document("final report", **facts))
    turn.say("docx", media=document("final report docx", **facts))
