"""Once a week, a word about the guide she has not finished; one tap goes on, one stops it."""

from __future__ import annotations

from datetime import date

from bot.talk import Turn, dialogue
from handlers.guidance import PAUSE, command, guides


@dialogue(kind="step")
async def remind_step(turn: Turn) -> None:
    """Begun by the clock; says nothing when it is no longer wanted."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    day = date.fromisoformat(turn.facts["day"])
    open_walks = [one for one in turn.books.walks(me.person) if not one.ended]
    if not me.active or me.habit.rests(day) or not open_walks:
        return
    guide = guides().get(open_walks[0].guide)
    step = guide.next_step(turn.books.steps_kept(me.person, guide.id)) if guide else None
    if guide is None or step is None:
        return
    offers = [(guide.word, "Lanjut"), (command(guide, step, PAUSE), "Jangan ingatkan")]
    turn.say("so_far", me=me, title=guide.title, step=step.title, offers=offers)
