"""Answers a mentor gives often, kept ready to be sent with two presses."""

from __future__ import annotations

from bot.domain.consultations import MOST_CANNED, CannedDropped, CannedKept
from bot.talk import Turn, among, ask, dialogue, one_of, text

_LONGEST_TITLE, _LONGEST = 20, 1_000
_WHAT = {"add": ("tambah",), "drop": ("hapus",)}


@dialogue(says=("jawab cepat",), keepers=True)
async def ready_answers(turn: Turn) -> CannedKept | CannedDropped | None:
    """``jawab cepat``: see them, add one, drop one; they are sent from ``kotak``."""
    if not turn.books.is_mentor(turn.me):
        turn.say("only_mentors")
        return None
    kept = turn.books.canned(turn.me)
    if kept:
        turn.say("kept", rows=[{"title": one.title, "words": one.words} for one in kept])
        what = await ask("what", one_of(_WHAT))
        if what == "drop":
            one = await ask("which", among(kept, lambda one: one.title, lambda one: one.number))
            turn.say("dropped", title=one.title)
            return CannedDropped(turn.me, one.number)
    if len(kept) >= MOST_CANNED:
        turn.say("enough", most=MOST_CANNED)
        return None
    title = await ask("title", text(_LONGEST_TITLE))
    words = await ask("words", text(_LONGEST), title=title)
    turn.say("ready", title=title)
    return CannedKept(turn.me, title, words)
