"""Reading and writing the articles mentors wrote."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select

from bot.domain.articles import MOST_VERSIONS, MOST_WRITTEN, ArticleWritten, Written
from bot.ports import Conflict, Happened
from storage.consult_tables import article
from storage.reading.words import WordsReading
from storage.recording.base import record

_newest = (
    select(article.c.article, func.max(article.c.version).label("version"))
    .group_by(article.c.article)
    .subquery()
)
_articles = (
    select(article)
    .join(
        _newest,
        (_newest.c.article == article.c.article) & (_newest.c.version == article.c.version),
    )
    .order_by(article.c.article)
)
_versions = (
    select(article).where(article.c.article == bindparam("this")).order_by(article.c.version.desc())
)

#: Signs that tell one new article from another.
_SIGNS = 7


class ArticleReading(WordsReading):
    """What mentors wrote, of ``bot.domain.books.Books``."""

    def articles(self) -> Sequence[Written]:
        """The newest version of each."""
        return self.once(
            ("articles",), lambda: [self._as_written(row) for row in self.all(_articles)]
        )

    def article_versions(self, article: str) -> Sequence[Written]:
        """Every version of one, the newest first."""
        return [self._as_written(row) for row in self.all(_versions, this=article)]

    def _as_written(self, row: Row[Any]) -> Written:
        return Written(
            row.article,
            row.version,
            row.title,
            row.words,
            tuple(row.ways),
            row.until,
            row.checked,
            self.person(row.by),
            row.withdrawn,
        )


@record.register
def _(change: ArticleWritten, books: ArticleReading) -> Sequence[Happened]:
    it = change.article
    name = it.id or f"tulisan-{books.codes(_SIGNS).lower()}"
    newest = next((one.version for one in books.article_versions(name)), 0)
    if newest >= MOST_VERSIONS or (newest == 0 and len(books.articles()) >= MOST_WRITTEN):
        raise Conflict("there are enough of them")
    row = {
        "article": name,
        "version": newest + 1,
        "title": it.title,
        "words": it.words,
        "ways": list(it.ways),
        "until": it.until,
        "checked": it.checked,
        "by": it.by.id,
        "withdrawn": it.withdrawn,
        "written_at": books.now,
    }
    books.db.execute(insert(article), row)
    return [Happened(change, {"article": name, "version": newest + 1})]
