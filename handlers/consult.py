"""Consultation: a vetted answer at once where there is one, and otherwise her human mentor."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.changes import WordsPassed
from bot.domain.people import Member
from bot.talk import Instead, Turn, among, anything, ask, dialogue, one_of, optional, yes_or_no
from bot.talk.answers import Answer, Note
from bot.talk.knowledge import Article, Found
from bot.talk.texts import Ours
from bot.talk.understand.tokens import bag
from handlers.shelf import library
from handlers.who import membership

_LONGEST = 2_000
#: Words that open a consultation and ask nothing yet.
_OPENERS = bag(
    "konsultasi konsul tanya nanya bertanya curhat mau boleh ingin dong bu kak ya saya aku minta saran"
)

#: The buttons under an answer, and what else they may be said in.
_HELPED = {
    "yes": ("ya", "iya", "membantu", "sudah", "sip", "makasih", "terima kasih", "alhamdulillah"),
    "not_yet": ("belum", "tidak", "kurang", "belum jelas", "masih bingung"),
    "mentor": ("tanya pendamping", "pendamping"),
}


@dialogue(says=("konsultasi", "konsul", "tanya"))
async def ask_something(turn: Turn) -> Instead:
    """``konsultasi …``, ``tanya …``: what follows is the question."""
    if turn.opening.lower().startswith("pendamping"):
        return Instead("mentor", "")
    return Instead("konsultasi", turn.opening)


@dialogue(wishes=("konsultasi",), yields=True)
async def consult(turn: Turn) -> WordsPassed | None:
    """A question: its answer, titles to choose from, or the mentor."""
    me = await membership(turn)
    if me is None:
        return None
    note = Note(_question(turn.opening), str(turn.facts.get("media", "")))
    if not note.words:
        note = await ask("question", anything(_LONGEST))
    found = library().find(note.words) if not note.media else Found((), alone=False)
    if not found.answers:
        return await _to_mentor(turn, me, note)
    others = [one.id for one in found.answers]
    article = library().article(others[0]) if found.alone else await ask("which", _titles(others))
    if article is None:
        return _passed(turn, me, note)
    _tell(turn, article)
    helped = await ask("helped", one_of(_HELPED))
    if helped == "yes":
        turn.say("glad")
        return None
    others.remove(article.id)
    if helped == "mentor" or not others:
        return _passed(turn, me, note)
    other = await ask("which_else", _titles(others))
    if other is None:
        return _passed(turn, me, note)
    _tell(turn, other)
    turn.say("that_is_all", offers=("pendamping",))
    return None


def _question(opening: str) -> str:
    """What she asks; nothing, when she only says that she wants to ask."""
    words = opening.lower().replace("/", " ").strip(" .,?!").split()
    return "" if _OPENERS.issuperset(words) else opening.strip()


def _tell(turn: Turn, article: Article) -> None:
    turn.say(
        "article",
        title=article.title,
        text=Ours(article.spoken_to(turn.me.you)),
        source=article.source,
        checked=article.checked,
    )


def _titles(ids: Sequence[str]) -> Answer[Article | None]:
    """One of these articles by its title, or none of them: then the mentor."""
    articles = [found for one in ids if (found := library().article(one)) is not None]
    by_title = among(articles, lambda one: one.title, lambda one: one.id)
    return optional(by_title, "mentor", _HELPED["mentor"])


async def _to_mentor(turn: Turn, me: Member, note: Note) -> WordsPassed | None:
    """Nothing here answers it: her words go to the mentor, if she wants."""
    mentor = turn.books.mentors(me.group)[0]
    if not note.media and not await ask(
        "send_this", yes_or_no("send", "do_not"), words=note.words, mentor=mentor
    ):
        turn.say("let_go")
        return None
    return _passed(turn, me, note)


def _passed(turn: Turn, me: Member, note: Note) -> WordsPassed:
    turn.say("passed_on", mentor=turn.books.mentors(me.group)[0])
    return WordsPassed(turn.me, turn.books.group(me.group), note.words, note.media)
