"""A mentor adds and changes articles in chat; an answered question becomes a draft of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.domain.articles import (
    LONGEST_TEXT,
    LONGEST_TITLE,
    LONGEST_WAY,
    MOST_WAYS,
    SHORTEST_TEXT,
    ArticleWritten,
    Written,
)
from bot.domain.consultations import MOST_PARTS, Consultation, PartKind
from bot.domain.privacy import nameless
from bot.talk import Instead, Turn, among, ask, dialogue, one_of, optional, text, yes_or_no
from bot.talk.answers import Answer, Got, day_ahead
from bot.talk.knowledge import Article
from bot.talk.texts import Ours
from handlers.inbox import hers
from handlers.shelf import library, past, shipped

_LONGEST_SEARCH, _FURTHEST = 80, 3_650  # letters, days
_MOST_SHOWN, _START = 6, 80  # versions (it is one bubble), and letters of each

_BEGIN = {"new": ("baru", "tulis baru"), "change": ("ubah",)}
_PARTS = {
    "text": ("isi",),
    "ways": ("cara bertanya",),
    "until": ("masa berlaku",),
    "checked": ("sudah diperiksa",),
    "versions": ("versi",),
    "withdraw": ("tarik",),
}


def _prose(shortest: int, longest: int) -> Answer[str]:
    """Words with their line breaks."""

    def read(words: str) -> Got[str] | None:
        kept = "\n".join(line.rstrip() for line in words.strip().splitlines())[:longest]
        # Bold that is not closed would swallow what comes after it.
        kept = kept if kept.count("*") % 2 == 0 else kept.replace("*", "")
        return Got(kept) if len(kept) >= shortest else None

    return replace(text(longest), read=read)


@dialogue(says=("artikel",), keepers=True)
async def open_articles(turn: Turn) -> Instead:
    """``artikel``, ``artikel pirt``."""
    return Instead("artikel", turn.opening)


@dialogue(wishes=("artikel",))
async def articles(turn: Turn) -> ArticleWritten | None:
    """Write one, or change one; ``artikel dari 12`` makes one of a consultation."""
    if not turn.books.is_mentor(turn.me):
        turn.say("only_mentors")
        return None
    first, _, number = turn.opening.strip().partition(" ")
    if first == "dari" and number.isdecimal():
        it = hers(turn, int(number))
        return await _from_answer(turn, it) if it else None
    if not turn.opening and await ask("what", one_of(_BEGIN)) == "new":
        return await _new(turn)
    return await _change(turn)


async def _new(turn: Turn) -> ArticleWritten | None:
    title = await ask("title", text(LONGEST_TITLE))
    words = await ask("text", _prose(SHORTEST_TEXT, LONGEST_TEXT), title=title)
    ways = _lines(await ask("ways", optional(_prose(1, LONGEST_TEXT))))
    until = await ask("until", optional(day_ahead(turn.today, most=_FURTHEST)))
    return await _save(turn, title, words, ways, until)


async def _from_answer(turn: Turn, it: Consultation) -> ArticleWritten | None:
    """What was answered, without the names of anybody in the group."""
    people = [*(one.person for one in turn.books.members(it.group.id)), it.asker]
    names = [one.name for one in [*people, *turn.books.mentors(it.group.id), turn.me]]
    parts = turn.books.parts(it.number, MOST_PARTS)
    asked = [one.words for one in parts if one.kind is PartKind.HERS and one.words]
    answers = [one.words for one in parts if one.kind is PartKind.ANSWER and one.words]
    words = nameless("\n\n".join(answers), names)[:LONGEST_TEXT].replace("*", "")
    ways = tuple(nameless(one, names)[:LONGEST_WAY] for one in asked[:1])
    if not words:
        turn.say("no_words")
        return None
    turn.say("draft", words=words)
    title = await ask("title", text(LONGEST_TITLE))
    if not await ask("as_it_is", yes_or_no("keep", "edit")):
        words = await ask("text", _prose(SHORTEST_TEXT, LONGEST_TEXT), title=title)
    return await _save(turn, title, words, ways, None)


async def _save(
    turn: Turn, title: str, words: str, ways: Sequence[str], until: date | None
) -> ArticleWritten | None:
    if not await ask("save", yes_or_no("save", "do_not"), title=title, words=Ours(words)):
        turn.say("let_go")
        return None
    turn.say("saved", title=title)
    new = Written("", 0, title, words, tuple(ways), until, turn.today, turn.me)
    return ArticleWritten(new)


async def _change(turn: Turn) -> ArticleWritten | None:
    # A mentor finds what was withdrawn, too, and may bring it back.
    written = {one.id: one for one in turn.books.articles()}
    shelf = library([replace(one, withdrawn=False) for one in written.values()])
    search = await ask("search", text(_LONGEST_SEARCH), already=turn.opening)
    ids = [one.id for one in shelf.find(search).answers]
    found = [one for name in ids if (one := shelf.article(name)) is not None]
    if not found:
        turn.say("none", offers=("artikel",))
        return None
    article = await ask("which", among(found, lambda one: one.title, lambda one: one.id))
    _tell(turn, article)
    gone = article.id in written and written[article.id].withdrawn
    if gone:
        turn.say("gone")
    part = "versions" if gone else await ask("part", one_of(_PARTS))
    if part == "versions":
        versions = _versions(turn, article, gone=gone)
        if not versions:
            turn.say("first_version")
            return None
        changed = await _used_again(turn, article, versions)
    else:
        changed = await _changed(turn, article, part)
    turn.say("let_go" if changed is None else "changed", title=article.title)
    return changed


def _tell(turn: Turn, article: Article) -> None:
    many = len(turn.books.article_versions(article.id))
    words = Ours(article.text)
    turn.say("now", title=article.title, words=words, checked=article.checked, by=article.by)
    if many:
        turn.say("how_many", many=many)
    since = past(article, turn.today)
    if since is not None:
        turn.say("past", since=since)


def _versions(turn: Turn, article: Article, *, gone: bool) -> Sequence[Written]:
    """Shows how it was before, the newest first, and as it came with the program; gives what is not so now."""
    kept = list(turn.books.article_versions(article.id)[:_MOST_SHOWN])
    before = shipped().get(article.id)
    if before is not None:
        first = (before.title, before.text, before.ways, before.until, before.checked)
        kept.append(Written(article.id, 0, *first, by=turn.me))
    for one in kept:
        start = " ".join(one.words.split())[:_START]
        key = "version" if one.version else "version_first"
        turn.say(key, version=one.version, day=one.checked, by=one.by, start=start)
    return kept if gone else kept[1:]


async def _used_again(
    turn: Turn, article: Article, versions: Sequence[Written]
) -> ArticleWritten | None:
    """One of the versions before, as the newest; its text keeps the day it was checked."""

    def label(one: Written) -> str:
        return turn.wording("label" if one.version else "label_first", version=one.version)

    which = among(versions, label, lambda one: one.version)
    chosen = await ask("which_version", optional(which, "leave", ("biarkan", "tidak jadi")))
    if chosen is None:
        return None
    words = Ours(chosen.words)
    if not await ask("sure", yes_or_no("use_again", "leave"), title=article.title, words=words):
        return None
    return ArticleWritten(replace(chosen, by=turn.me, withdrawn=False))


async def _changed(turn: Turn, article: Article, part: str) -> ArticleWritten | None:
    words, ways, until = article.text, article.ways, article.until
    withdrawn = False
    if part == "text":
        words = await ask("text", _prose(SHORTEST_TEXT, LONGEST_TEXT), title=article.title)
    elif part == "ways":
        said: str = await ask("more_ways", _prose(1, LONGEST_TEXT))
        more = _lines(said)
        ways = tuple(dict.fromkeys([*more, *ways]))[: max(MOST_WAYS, len(ways))]
    elif part == "until":
        until = await ask("until", optional(day_ahead(turn.today, most=_FURTHEST)))
    elif part == "withdraw":
        withdrawn = await ask("withdraw", yes_or_no("take_away", "leave"), title=article.title)
        if not withdrawn:
            return None
    read = turn.today if part in ("text", "checked") else article.checked
    return ArticleWritten(
        Written(article.id, 0, article.title, words, ways, until, read, turn.me, withdrawn)
    )


def _lines(words: str | None) -> tuple[str, ...]:
    """One way to ask a line."""
    lines = (" ".join(line.split())[:LONGEST_WAY] for line in (words or "").splitlines())
    return tuple(dict.fromkeys(line for line in lines if line))[:MOST_WAYS]
