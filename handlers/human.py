"""Her words to her mentor, and what she hears of them again: a human is always within reach."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.changes import WordsAnswered, WordsPassed
from bot.domain.consultations import (
    Consultation,
    ConsultationClosed,
    HandedOn,
    Rated,
    Remarked,
    Topic,
    TopicTold,
)
from bot.domain.people import Person
from bot.talk import Instead, Turn, anything, ask, dialogue, one_of, text, yes_or_no
from bot.talk.answers import Choice, Note
from bot.talk.understand import small_talk, tokens
from bot.talk.understand.shorthand import silent
from bot.talk.verdicts import word_or_note
from handlers.meaning import money_first
from handlers.menu import settles
from handlers.who import membership

#: Signs of one message to or from a mentor, and of a word of thanks.
LONGEST, _LONGEST_REMARK = 2_000, 300

_ELSEWHERE = ("mentor",)

#: How an answer is rated, and the words and signs for it; anything else is said to the mentor.
_RATINGS = {"good": ("👍", "membantu"), "bad": ("👎", "kurang membantu")}

#: Said with a call for the mentor, out of politeness.
_COURTEOUS = tokens.bag("aja saja tolong dong mau boleh minta dulu saya aku")

#: The message with a mentor's answer can be answered for so long.
_ANSWERABLE = timedelta(days=30)


@dialogue(wishes=_ELSEWHERE, says=("pendamping",))
async def human(turn: Turn) -> WordsPassed | Instead | None:
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
        note = await ask("words", anything(LONGEST), mentor=mentor)
        if small_talk(note.words) and not note.media:
            return Instead("sapaan", note.words)
        if not note.media and (meant := await money_first(turn, note.words)):
            return meant
    turn.say("passed_on", mentor=mentor)
    return WordsPassed(turn.me, group, note.words, note.media)


@dialogue(
    says=(
        "pendamping tolong",
        "pendamping, tolong",
        "sampaikan ke pendamping",
        "tolong sampaikan ke pendamping",
        "bilang ke pendamping",
        "tolong bilang ke pendamping",
    )
)
async def tell_mentor(turn: Turn) -> Instead:
    """``pendamping tolong …``: what stands behind it is for the mentor."""
    return Instead("mentor", said_behind(turn.opening), turn.facts)


def said_behind(words: str) -> str:
    """What stands behind a call for the mentor; nothing, when it is only courtesy: "aja dong bu"."""
    said = words.strip(" ,.:!")
    courteous = all(silent(word) or word in _COURTEOUS for word in tokens.words(said))
    return "" if courteous else said


def _who_asked(change: WordsPassed, _: Books) -> Iterable[Person]:
    return [change.person] if change.unclear else []


@dialogue(follows=WordsPassed, to=_who_asked)
async def about_what(turn: Turn) -> TopicTold | None:
    """To her who asked something whose topic her words do not tell; it is on its way already."""
    topics = one_of({topic.value: () for topic in Topic})
    topic = await ask("topic", topics, quietly=True)
    turn.say("noted")
    return TopicTold(turn.facts["question"], Topic(topic))


@dialogue(follows=WordsAnswered, to=lambda change, _: [change.asker], lasts=_ANSWERABLE)
async def answered_by_mentor(turn: Turn) -> WordsPassed | Rated | None:
    """To the member who asked: a human speaks. Her reply goes back to the same human."""
    number = turn.facts["question"]
    it, part = turn.books.consultation(number), turn.books.part(number, turn.facts.get("part", 2))
    if it is None or part is None:
        return None
    key = "answered" if part.words else "answered_so"
    turn.say(key, mentor=part.writer, words=part.words, media=part.media)
    return await _reply(turn, it, part.writer)


def _her(change: ConsultationClosed, _: Books) -> Iterable[Person]:
    return [change.asker] if change.by and change.by.id != change.asker.id else []


@dialogue(follows=ConsultationClosed, to=_her, lasts=_ANSWERABLE)
async def closed_by_mentor(turn: Turn) -> WordsPassed | Rated | None:
    """To the member: her mentor holds it settled; writing on this message opens it again."""
    it = turn.books.consultation(turn.facts["question"])
    if it is None:
        return None
    mentor = turn.books.person(turn.facts["by"])
    turn.say("closed" if it.answered else "closed_only", mentor=mentor)
    return await _reply(turn, it, mentor)


async def _reply(turn: Turn, it: Consultation, mentor: Person) -> WordsPassed | Rated:
    again = Choice("pendamping", command=True)
    reply = await ask("reply", word_or_note(_RATINGS, LONGEST, (again,)), quietly=True)
    if isinstance(reply, Note):
        turn.say("to_mentor", mentor=mentor)
        asks = bool(reply.media) or not settles(reply.words)
        words, media = reply.words, reply.media
        return WordsPassed(turn.me, it.group, words, media, consultation=it.number, asks=asks)
    if reply == "good":
        turn.say("helped", mentor=mentor, offers=(f"kesan {it.number}",))
    else:
        turn.say("not_helped", mentor=mentor)
    return Rated(it.number, good=reply == "good")


@dialogue(says=("kesan",))
async def remark(turn: Turn) -> Remarked | None:
    """``kesan 12``: a word to the mentor about her answer."""
    number = turn.opening.strip()
    it = turn.books.consultation(int(number)) if number.isdecimal() else None
    if it is None or it.asker.id != turn.me.id or it.mentor is None:
        turn.say("of_what")
        return None
    words = await ask("remark", text(_LONGEST_REMARK), mentor=it.mentor)
    turn.say("to_mentor", mentor=it.mentor)
    return Remarked(it.number, it.mentor, words)


@dialogue(follows=Remarked, to=lambda change, _: [change.mentor])
async def remarked(turn: Turn) -> None:
    """To the mentor."""
    it = turn.books.consultation(turn.facts["question"])
    if it is not None:
        turn.say("remarked", asker=it.asker, words=it.remark)


@dialogue(follows=HandedOn, to=lambda change, _: [change.asker])
async def handed_on(turn: Turn) -> None:
    """To the member: somebody else will answer."""
    turn.say("handed_on", mentor=turn.books.person(turn.facts["to"]))
