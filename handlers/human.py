"""Her words to her mentor, and the mentor's answer back: a human is always within reach."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.changes import WordsAnswered, WordsPassed
from bot.talk import Turn, anything, ask, dialogue, yes_or_no
from bot.talk.answers import Choice, Note
from handlers.who import membership

_LONGEST = 2_000
_ELSEWHERE = ("mentor", "oss", "marketplace")


@dialogue(wishes=_ELSEWHERE, says=("pendamping",))
async def human(turn: Turn) -> WordsPassed | None:
    """Whatever we cannot do ourselves goes to the mentor in her own words."""
    me = await membership(turn)
    if me is None:
        return None
    group, mentor = turn.books.group(me.group), turn.books.mentors(me.group)[0]
    words = turn.opening.strip()
    if words != "" and await ask(
        "send_this", yes_or_no("send", "write"), words=words, mentor=mentor
    ):
        note = Note(words, str(turn.facts.get("media", "")))
    else:
        note = await ask("words", anything(_LONGEST), mentor=mentor)
    turn.say("passed_on", mentor=mentor)
    return WordsPassed(turn.me, group, note.words, note.media)


@dialogue(
    follows=WordsPassed,
    to=lambda change, books: books.mentors(change.group.id),
    lasts=timedelta(days=30),
    kind="question",
)
async def asked_by_member(turn: Turn) -> WordsAnswered | None:
    """To the mentors: answered by replying to this very message, or by its button."""
    return await _answer(turn, turn.facts["question"], quietly=True)


@dialogue(says=("jawab",))
async def answer(turn: Turn) -> WordsAnswered | None:
    """``jawab 12``: the button under a member's words."""
    number = turn.opening.strip()
    if not number.isdecimal():
        turn.say("only_mentors")
        return None
    return await _answer(turn, int(number), quietly=False)


async def _answer(turn: Turn, number: int, *, quietly: bool) -> WordsAnswered | None:
    question = turn.books.question(number)
    led = [group.id for group in turn.books.groups_led(turn.me)]
    if question is None or question.group.id not in led:
        turn.say("only_mentors")
        return None
    facts: dict[str, Any] = {"asker": question.asker, "group": question.group}
    facts["words"] = question.words
    if question.answered_by is not None:
        turn.say("answered_already", mentor=question.answered_by, **facts)
        return None
    if quietly:
        turn.say("she_writes" if question.words else "she_sends", media=question.media, **facts)
    reply = anything(_LONGEST)
    if quietly:
        reply = replace(reply, choices=(Choice(f"jawab {number}", command=True),))
    note = await ask("answer", reply, quietly=quietly, **facts)
    turn.say("answer_sent", **facts)
    return WordsAnswered(number, question.asker, turn.me, note.words, note.media)


@dialogue(follows=WordsAnswered, to=lambda change, _: [change.asker])
async def answered_by_mentor(turn: Turn) -> None:
    """To the member who asked."""
    question = turn.books.question(turn.facts["question"])
    if question is not None:
        turn.say(
            "answered",
            mentor=question.answered_by,
            words=turn.facts["words"],
            media=turn.facts["media"],
            offers=("pendamping",),
        )
