"""A focus group, as members meet it: the guide's questions in chat, and a kind word to the silent."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.focus import LONGEST_ANSWER, FocusAnswered, FocusAsked, VoiceInvited
from bot.domain.people import Person
from bot.talk import Note, Silence, Turn, anything, ask, dialogue, optional
from handlers.focus_guide import theme

_TWO_WEEKS = timedelta(days=14)
_A_DAY = timedelta(hours=24)


def _her(change: FocusAsked | VoiceInvited, _: Books) -> Iterable[Person]:
    return [change.member.person]


@dialogue(follows=FocusAsked, to=_her, lasts=_TWO_WEEKS, kind="question")
async def focus_asked(turn: Turn) -> FocusAnswered | None:
    """One question of the guide; the next follows her answer."""
    if turn.facts["question"] == 0:
        turn.say("welcome")
    return await _answered(turn, "question", Silence(_A_DAY, "nudge"))


@dialogue(follows=VoiceInvited, to=_her, lasts=_TWO_WEEKS, kind="question")
async def voice_invited(turn: Turn) -> FocusAnswered | None:
    """To a member who has not spoken yet."""
    turn.say("your_voice", mentor=turn.books.person(turn.facts["by"]))
    return await _answered(turn, "question")


async def _answered(turn: Turn, key: str, *silence: Silence) -> FocusAnswered | None:
    now, place = turn.books.focus(turn.facts["group"]), int(turn.facts["question"])
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    if now is None or now.closed or now.number != turn.facts["focus"] or place >= len(now.guide):
        turn.said.clear()
        turn.say("over")
        return None
    mine = [one.question for one in turn.books.said_in(now) if one.member == me.number]
    if place in mine:
        turn.said.clear()
        turn.say("answered_already")
        return None
    answer = optional(anything(LONGEST_ANSWER))
    note = await ask(
        key,
        answer,
        silence=silence,
        number=place + 1,
        of=len(now.guide),
        question=now.guide[place].replace("Ibu", turn.me.you),
    ) or Note("")
    last = place + 1 == len(now.guide) or not now.in_chat
    turn.say("thanks_last" if last else "thanks")
    return FocusAnswered(now, me, place, note.words, note.media, theme(note.words))
