"""Articles mentors write and change in chat; every version is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from bot.domain.people import Person

#: Letters of a title (a button shows it) and of a text; ways to ask for it, and letters of one.
LONGEST_TITLE, SHORTEST_TEXT, LONGEST_TEXT = 24, 40, 1_000
MOST_WAYS, LONGEST_WAY = 20, 120

#: Articles written in chat, and versions of one, at most.
MOST_WRITTEN, MOST_VERSIONS = 500, 200

#: An article nobody has read through for so long is said to be old.
READ_AGAIN_AFTER = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class Written:
    """One version of an article: of a new one, or instead of a shipped one with the same ``id``.

    It holds ``until`` a day, if it ends; ``checked`` is when ``by`` read it. Once ``withdrawn``
    nobody is shown it.
    """

    id: str
    version: int
    title: str
    words: str
    ways: tuple[str, ...]
    until: date | None
    checked: date
    by: Person
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class ArticleWritten:
    """A mentor wrote an article (its ``id`` is empty) or changed one; the version is given to it."""

    article: Written


class ArticleBooks(Protocol):
    """Reading what mentors wrote."""

    def articles(self) -> Sequence[Written]:
        """The newest version of every article written or changed in chat, by id."""
        ...

    def article_versions(self, article: str) -> Sequence[Written]:
        """Every version of one article, the newest first."""
        ...
