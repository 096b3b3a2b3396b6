"""Consultation: a vetted answer at once where there is one, and otherwise her human mentor."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.domain.changes import WordsPassed
from bot.domain.consultations import Consultation, Judged, QuestionTried, Tried, Verdict
from bot.domain.people import Member
from bot.domain.privacy import masked
from bot.talk import Instead, Turn, among, anything, ask, dialogue, one_of, optional, yes_or_no
from bot.talk.answers import Answer, Doubt, Got, Note, Reading
from bot.talk.knowledge import Article, Found, Library, asks, topic_of
from bot.talk.knowledge.words import bare_words
from bot.talk.texts import Ours
from bot.talk.understand import guess, match_name, read_yes_no, small_talk
from bot.talk.understand.tokens import bag
from handlers.human import said_behind
from handlers.inbox import as_number
from handlers.meaning import money_first
from handlers.menu import settles
from handlers.shelf import library, past
from handlers.unhurried import wants_time
from handlers.who import membership, only_leads

_LONGEST = 2_000
#: Words that open a consultation and ask nothing yet.
_OPENERS = bag(
    "konsultasi konsul tanya nanya bertanya curhat mau boleh ingin dong bu kak ya saya aku minta saran"
)

#: How her own consultations are looked up, by their number.
_HERS = "konsultasi saya"

#: Whom she wants to ask.
_ASKS_MENTOR = re.compile(r"(?:dong )?(?:ke |sama |kepada |pada )?pendamping\b", re.IGNORECASE)

#: Whom she asks before she answers us.
_AT_HOME = re.compile(
    r"(?:dulu )?(?:ke |sama |karo )?(?:suami|bojo|laki|bapak|pak|mertua|orang ?tua|ortu|mamak|anak|keluarga)"
)

#: The buttons under an answer, and what else they may be said in.
_HELPED = {
    "yes": ("ya", "iya", "membantu", "sudah", "sip", "makasih", "terima kasih", "alhamdulillah"),
    "not_yet": ("belum", "tidak", "kurang", "belum jelas", "masih bingung"),
    "mentor": ("tanya pendamping", "pendamping"),
}
#: Says that no title fits.
_NONE_FITS = re.compile(
    r"\b(?:tidak|tdk|gak?|ng?gak?|ndak|kurang|belum) (?:ada )?(?:yang |yg )?(?:ada|cocok|pas|sesuai)\b"
)


@dataclass(slots=True)
class _Question:
    """What she asks; the ids ``offered`` to her, those whose titles she saw, and what she said."""

    me: Member
    note: Note
    shelf: Library
    offered: list[str] = field(default_factory=list)
    seen: list[str] = field(default_factory=list)
    judged: list[Judged] = field(default_factory=list)


@dialogue(says=("konsultasi",))
async def ask_anew(turn: Turn) -> Instead:
    """``konsultasi …``: what follows is a question of its own, whoever she spoke with before; or a number."""
    number = as_number(turn.opening)
    if number is not None:
        it = turn.books.consultation(number)
        others = it is not None and it.asker.id != turn.me.id and turn.books.is_mentor(turn.me)
        return Instead("kotak", turn.opening) if others else Instead("", f"{_HERS} {turn.opening}")
    return Instead("konsultasi", turn.opening, {**turn.facts, "anew": "yes"})


@dialogue(says=("konsul", "tanya"))
async def ask_something(turn: Turn) -> Instead | None:
    """``tanya …``: what follows is the question; "tanya suami dulu" asks us nothing."""
    if _AT_HOME.match(turn.opening.lower()) and wants_time(turn.opening):
        turn.say("ask_first")
        return None
    to_mentor = _ASKS_MENTOR.match(turn.opening)
    if to_mentor is not None:
        return Instead("mentor", said_behind(turn.opening[to_mentor.end() :]), turn.facts)
    return Instead("konsultasi", turn.opening, turn.facts)


@dialogue(wishes=("konsultasi",), yields=True)
async def consult(turn: Turn) -> WordsPassed | QuestionTried | Instead | None:
    """A question: its answer, titles to choose from, or the mentor."""
    thread = turn.books.going_on(turn.me)
    media = str(turn.facts.get("media", ""))
    if thread is not None and thread.answered and not turn.facts.get("anew"):
        return _to_human(turn, thread, media)
    if only_leads(turn):
        return Instead("cari jawaban", turn.opening)
    me = await membership(turn)
    if me is None:
        return None
    note = Note(_question(turn.opening), media)
    if not note.words and not media:
        note = await ask("question", anything(_LONGEST))
        if small_talk(note.words) and not note.media:
            return Instead("sapaan", note.words)
        if not note.media and (meant := await money_first(turn, note.words)):
            return meant
    it = _Question(me, note, library(turn.books.articles()))
    found = it.shelf.find(note.words) if not note.media else Found((), alone=False)
    if not found.answers:
        return await _to_mentor(turn, it)
    it.offered = [one.id for one in found.answers]
    it.seen = it.offered[:1] if found.alone else it.offered
    chosen = it.shelf.article(it.offered[0]) if found.alone else await ask("which", _titles(it))
    if chosen is None:
        return _passed(turn, it, Verdict.NONE)
    return _anew(chosen) if isinstance(chosen, Note) else await _read(turn, it, chosen)


def _anew(note: Note) -> Instead:
    """Instead of choosing she asks something else."""
    return Instead("konsultasi", note.words, {"anew": "yes"})


async def _read(
    turn: Turn, it: _Question, article: Article
) -> WordsPassed | QuestionTried | Instead:
    """She reads an article, and another if that did not help."""
    _tell(turn, article)
    verdict = Verdict(await _helped(article))
    it.judged.append(Judged(verdict, article.id))
    if verdict is Verdict.YES:
        turn.say("glad")
        return _tried(turn, it)
    others = [one for one in it.offered if one != article.id]
    if verdict is Verdict.MENTOR or not others:
        return _passed(turn, it)
    it.seen = it.offered
    other = await ask("which_else", _titles(it, but=article.id))
    if other is None:
        return _passed(turn, it)
    if isinstance(other, Note):
        return _anew(other)
    _tell(turn, other)
    verdict = Verdict(await _helped(other, about="other"))
    it.judged.append(Judged(verdict, other.id))
    if verdict is not Verdict.YES:
        return _passed(turn, it)
    turn.say("glad")
    return _tried(turn, it)


def _helped(article: Article, about: str = "") -> ask[str]:
    """Whether it did; where the article comes from stands below, where it is in nobody's way."""
    source, checked = article.source, article.checked
    return ask("helped", one_of(_HELPED), about=about, source=source, checked=checked)


def _question(opening: str) -> str:
    """What she asks; nothing, when she only says that she wants to ask."""
    words = opening.lower().replace("/", " ").strip(" .,?!").split()
    return "" if _OPENERS.issuperset(words) else opening.strip()


def _to_human(turn: Turn, thread: Consultation, media: str) -> WordsPassed:
    """A human speaks with her: her words are the human's, and we say no more than that."""
    words = turn.opening.strip()
    asks = bool(media) or not settles(words)
    turn.say("to_human", mentor=thread.mentor)
    return WordsPassed(turn.me, thread.group, words, media, consultation=thread.number, asks=asks)


def _tell(turn: Turn, article: Article) -> None:
    turn.say(
        "article",
        title=article.title,
        text=Ours(article.spoken_to(turn.me.you)),
    )
    since = past(article, turn.today)
    if since is not None:
        turn.say("past", since=since)


def _titles(it: _Question, but: str = "") -> Answer[Article | Note | None]:
    """One of the articles offered, none of them (then the mentor), or another question (a note)."""
    ids: Sequence[str] = [one for one in it.offered if one != but]
    articles = [found for one in ids if (found := it.shelf.article(one)) is not None]
    by_title = among(articles, lambda one: one.title, lambda one: one.id)
    titles, note = optional(by_title, "mentor", _HELPED["mentor"]), anything(_LONGEST)

    def read(words: str) -> Reading[Article | Note | None]:
        if titles.read(words) == Got(None) or _NONE_FITS.search(words.lower()):
            return Got(None)
        said = [word for word in bare_words(words) if not asks(word)]
        match by_title.read(" ".join(said)):
            case Got(one) if _all_in(said, one.title):
                return Got(one)
            case Doubt(several) if all(_all_in(said, one.title) for one in several):
                return Doubt(several)
        return Got(Note(words.strip())) if _asks_anew(words) else None

    def keep(value: Article | Note | None) -> str:
        return note.keep(value) if isinstance(value, Note) else titles.keep(value)

    def recall(kept: str) -> Got[Article | Note | None] | None:
        found: Any = titles.recall(kept) or note.recall(kept)
        return found if isinstance(found, Got) else None

    return Answer(read, keep, recall, titles.choices, shows=_shown)


def _shown(chosen: Article | Note | None) -> object:
    return chosen.title if isinstance(chosen, Article) else None


def _all_in(said: Sequence[str], title: str) -> bool:
    """Whether a title has every one of these words: "cara menagih" is no "Cara hitung HPP"."""
    return all(match_name(word, [title]) for word in said)


def _asks_anew(words: str) -> bool:
    """Whether what is no title is another question, and no sure wish for something else, nor a "no"."""
    wish = guess(words)
    elsewhere = not wish.choices and wish.name != "konsultasi"
    small = small_talk(words) or read_yes_no(words) is not None
    return not elsewhere and not small and len(list(bare_words(words))) > 1


async def _to_mentor(turn: Turn, it: _Question) -> WordsPassed | QuestionTried:
    """Nothing here answers it: her words go to the mentor, if she wants."""
    mentor = turn.books.mentors(it.me.group)[0]
    if not it.note.media and not await ask(
        "send_this", yes_or_no("send", "do_not"), words=it.note.words, mentor=mentor
    ):
        turn.say("let_go")
        return _tried(turn, it, Verdict.NONE)
    return _passed(turn, it, Verdict.NONE)


def _passed(turn: Turn, it: _Question, verdict: Verdict | None = None) -> WordsPassed:
    """To the mentors, with what she read; the topic is asked for when her words do not tell it."""
    group = turn.books.group(it.me.group)
    turn.say("passed_on", mentor=turn.books.mentors(it.me.group)[0])
    seen = [it.shelf.article(one) for one in it.seen]
    best = it.shelf.article(it.offered[0]) if it.offered else None
    topic = topic_of(it.note.words) or (
        topic_of(" ".join([best.title, *best.tags])) if best else None
    )
    return WordsPassed(
        turn.me,
        group,
        it.note.words,
        it.note.media,
        anew=True,
        topic=topic,
        unclear=topic is None and bool(it.note.words),
        offered=tuple(one.title for one in seen if one),
        tried=_tried(turn, it, verdict).tried if it.note.words else None,
    )


def _tried(turn: Turn, it: _Question, verdict: Verdict | None = None) -> QuestionTried:
    group = turn.books.group(it.me.group)
    names = [one.person.name for one in turn.books.members(group.id)]
    more = [Judged(verdict)] if verdict else []
    return QuestionTried(group, Tried(masked(it.note.words, names), (*it.judged, *more)))
