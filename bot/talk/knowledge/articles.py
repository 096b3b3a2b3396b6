"""Articles: Markdown with a front matter, a file each, named by its id.

The front matter is the plain part of YAML: ``key: value``, ``key: [a, b]`` and a list of lines
that begin with a dash. The text uses ``*bold*`` as its only markup and says "Ibu" for "you".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from pathlib import Path

_FENCE = "---\n"
_IBU = re.compile(r"\bIbu\b(?!-)")


class BadArticle(ValueError):
    """A file that is no article; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Article:
    """One answer: ``ways`` are other ways to ask for it, ``checked`` the day ``by`` somebody read it.

    What it says holds ``until`` a day, where that is known.
    """

    id: str
    title: str
    tags: tuple[str, ...]
    ways: tuple[str, ...]
    source: str
    checked: date
    by: str
    text: str
    until: date | None = None

    def spoken_to(self, you: str) -> str:
        """The text with her own word for "you": Ibu, Kakak."""
        return _IBU.sub(you, self.text)


def read_article(name: str, written: str) -> Article:
    """The article in a file's text. Raises BadArticle."""
    parts = written.split(_FENCE, 2)
    if len(parts) != 3 or parts[0].strip():  # noqa: PLR2004 - nothing, the front matter, the text
        raise BadArticle(f"{name}: no front matter between two lines of ---")
    front = _front_matter(parts[1])
    try:
        return Article(
            name,
            str(front["title"]),
            tuple(front["tags"]),
            tuple(front["ways"]),
            str(front["source"]),
            date.fromisoformat(str(front["checked"])),
            str(front["by"]),
            parts[2].strip(),
            date.fromisoformat(str(front["until"])) if "until" in front else None,
        )
    except (KeyError, ValueError) as fault:
        raise BadArticle(f"{name}: {fault}") from None


def read_articles(folder: Path) -> tuple[Article, ...]:
    """Every article of a folder, by id. Raises BadArticle."""
    files = sorted(folder.glob("*.md"))
    return tuple(read_article(file.stem, file.read_text("utf-8")) for file in files)


def _front_matter(written: str) -> dict[str, str | list[str]]:
    front: dict[str, str | list[str]] = {}
    listing: list[str] = []
    for line in written.splitlines():
        if line.lstrip().startswith("- "):
            listing.append(_unquoted(line.lstrip()[2:]))
            continue
        key, _, value = line.partition(":")
        value = value.strip()
        if not value:
            front[key] = listing = []
        elif value.startswith("["):
            front[key] = [_unquoted(one) for one in value.strip("[]").split(",")]
        else:
            front[key] = _unquoted(value)
    return front


def _unquoted(value: str) -> str:
    value = value.strip()
    quoted = len(value) > 1 and value[0] == value[-1] == '"'
    return value[1:-1] if quoted else value


def read_elsewhere(written: str) -> dict[str, tuple[str, ...]]:
    """What people also write and no article answers: by theme, ``theme: one way | another way``."""
    rows = (line.partition(":") for line in written.splitlines() if not line.startswith("#"))
    return {
        theme.strip(): tuple(way.strip() for way in ways.split("|"))
        for theme, _, ways in rows
        if ways
    }
