"""She says that something is done, after she left a guide: most likely its step."""

from __future__ import annotations

from bot.talk import Instead, Turn, ask, dialogue, yes_or_no
from handlers.guidance import DONE, command, step_left


@dialogue(wishes=("langkah tadi",))
async def that_step(turn: Turn) -> Instead | None:
    """Whether she means the step she left; nothing is ticked on a guess."""
    left = step_left(turn)
    if left is None:
        return None
    guide, step = left
    if await ask("meant", yes_or_no("done", "not_that"), title=step.title):
        return Instead("", command(guide, step, DONE))
    turn.say("then_later", word=guide.word)
    return None
