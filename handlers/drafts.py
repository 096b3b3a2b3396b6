"""A machine's draft of an answer, to the mentor alone: send it, change it or drop it."""

from __future__ import annotations

from datetime import timedelta

from bot.domain.changes import WordsAnswered
from bot.domain.consultations import AnswerDrafted
from bot.talk import Turn, anything, ask, dialogue, one_of
from handlers.human import LONGEST
from handlers.inbox import hers, taken

_WHAT = {"send": ("kirim",), "edit": ("ubah",), "drop": ("buang",)}


@dialogue(
    follows=AnswerDrafted,
    to=lambda change, _: change.to,
    lasts=timedelta(days=7),
    kind="question",
)
async def drafted(turn: Turn) -> WordsAnswered | None:
    """To the mentors: what a machine would answer, and from which articles."""
    it = hers(turn, turn.facts["question"])
    if it is None or taken(turn, it):
        return None
    words = str(turn.facts["words"])
    turn.say("draft", asker=it.asker, titles=turn.facts["titles"], words=words)
    what = await ask("what", one_of(_WHAT), quietly=True)
    if what == "drop":
        turn.say("dropped", asker=it.asker)
        return None
    if what == "edit":
        note = await ask("answer", anything(LONGEST), asker=it.asker)
        return WordsAnswered(it.number, it.asker, turn.me, note.words, note.media)
    return WordsAnswered(it.number, it.asker, turn.me, words)
