"""The guides, read once, and how one of their steps is said."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from bot.files import picture
from bot.talk import Turn
from bot.talk.guides import Guide, Step, read_guides
from bot.talk.knowledge import spoken_to
from bot.talk.texts import Ours

_FOLDER = Path(__file__).parent / "guides" / "id"

#: What is said of a step, and the buttons under it, which are good for ever.
DONE, STUCK, LATER, PAUSE = "sudah", "bingung", "nanti", "stop"

#: How much of what she writes by herself a known trouble must cover to be taken for it.
SURE = 0.23


@cache
def guides() -> dict[str, Guide]:
    """Every guide of ``guides/id``, by its id. Raises BadGuide."""
    return read_guides(_FOLDER)


def ours(turn: Turn, text: str) -> Ours:
    """A text of a guide, with her own word for "you"."""
    return Ours(spoken_to(text, turn.me.you))


def command(guide: Guide, step: Step, what: str) -> str:
    """The words that say how it stands with a step; they are what a button carries."""
    return f"langkah {guide.id} {step.id} {what}"


def facts_of(turn: Turn, guide: Guide, step: Step) -> dict[str, Any]:
    """What the text of a step puts in."""
    return {
        "number": guide.number(step),
        "of": len(guide.steps),
        "title": step.title,
        "text": ours(turn, step.text),
    }


def show(turn: Turn, guide: Guide, step: Step) -> None:
    """What goes with a step besides its words: its picture, what is not certain, its link."""
    if step.screen is not None:
        drawn = picture(
            "step",
            number=guide.number(step),
            of=len(guide.steps),
            title=step.title,
            head=step.screen.head,
            lines="\n".join(step.screen.lines),
            tap=step.screen.tap,
            checked=guide.checked.strftime("%d-%m-%Y"),
        )
        turn.say("screen", media=drawn)


def step_left(turn: Turn) -> tuple[Guide, Step] | None:
    """The step she was at when she left a guide; None when she is in none."""
    walk = next(iter(turn.books.walks(turn.me)), None)
    guide = guides().get(walk.guide) if walk and not walk.ended else None
    if guide is None:
        return None
    step = guide.next_step(turn.books.steps_kept(turn.me, guide.id))
    return (guide, step) if step else None
