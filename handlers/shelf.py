"""The shelf of vetted answers: those that came with the program, and those mentors wrote."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from bot.domain.articles import READ_AGAIN_AFTER, Written
from bot.talk.knowledge import Article, Library, read_articles, read_elsewhere

_FOLDER = Path(__file__).parent / "knowledge" / "id"

#: Shelves kept ready: a new one is put together (a third of a second) when an article changes.
_SHELVES = 4


def library(written: Sequence[Written] = ()) -> Library:
    """Every article of ``knowledge/id``, with what was ``written`` since. Raises BadArticle."""
    return _put_together(tuple(written))


@cache
def shipped() -> dict[str, Article]:
    """The articles that came with the program, by id. Raises BadArticle."""
    return {one.id: one for one in read_articles(_FOLDER)}


@lru_cache(_SHELVES)
def _put_together(written: tuple[Written, ...]) -> Library:
    articles = {**shipped(), **{one.id: as_article(one) for one in written}}
    for one in written:
        if one.withdrawn:
            del articles[one.id]
    elsewhere = read_elsewhere((_FOLDER / "elsewhere.txt").read_text("utf-8"))
    return Library(tuple(articles.values()), elsewhere)


def as_article(one: Written) -> Article:
    """What a mentor wrote, as an article; a changed one keeps its tags, and whence it came."""
    before = shipped().get(one.id)
    source = before.source if before else one.by.called
    if before and before.text != one.words:
        source = f"{before.source}; ditulis ulang {one.by.called}"
    return Article(
        one.id,
        one.title,
        before.tags if before else (),
        one.ways,
        source,
        one.checked,
        one.by.called,
        one.words,
        one.until,
    )


def past(article: Article, today: date) -> date | None:
    """The day since when an article may no longer hold; None while it does."""
    if article.until is not None and article.until < today:
        return article.until
    return article.checked if today - article.checked > READ_AGAIN_AFTER else None


def best_articles(question: str, written: Sequence[Written]) -> Sequence[Article]:
    """Up to three articles that may answer a question, the best first."""
    shelf = library(written)
    found = (shelf.article(one.id) for one in shelf.find(question).answers)
    return [one for one in found if one is not None]
