"""The library as it ships, the questions kept for measuring it, and cross-validation over the ways to ask."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from bot.talk.knowledge import Library, read_articles, read_elsewhere

_HERE = Path(__file__).parent
_FOLDER = _HERE.parents[1] / "handlers" / "knowledge" / "id"
_FOLDS = 8

ARTICLES = read_articles(_FOLDER)
ELSEWHERE = read_elsewhere((_FOLDER / "elsewhere.txt").read_text("utf-8"))


@dataclass(frozen=True)
class Asked:
    """A question and the articles that answer it: none, when nothing here does."""

    words: str
    right: tuple[str, ...] = ()


@dataclass(frozen=True)
class Figures:
    """Shares of some questions, 0 to 1."""

    questions: int
    first: float
    in_three: float
    alone: float
    wrong_alone: float
    handed_over: float

    def __str__(self) -> str:
        shares = ("first", "in_three", "alone", "wrong_alone", "handed_over")
        row = "  ".join(f"{name} {getattr(self, name):6.1%}" for name in shares)
        return f"{self.questions:5d} questions  {row}"


def held_out() -> tuple[Asked, ...]:
    rows = (line.split("\t") for line in _lines("questions.tsv"))
    return tuple(Asked(words, tuple(right.split("|"))) for words, right in rows)


def out_of_scope() -> tuple[Asked, ...]:
    return tuple(map(Asked, _lines("out_of_scope.txt")))


def measured(answered: Sequence[tuple[Library, Asked]]) -> Figures:
    first = in_three = alone = wrong_alone = handed_over = 0
    for library, asked in answered:
        found = library.find(asked.words)
        ids = [one.id for one in found.answers]
        good = bool(ids) and ids[0] in asked.right
        first += good
        in_three += any(one in asked.right for one in ids)
        alone += found.alone
        wrong_alone += found.alone and not good
        handed_over += not ids
    many = len(answered)
    counts = (first, in_three, alone, wrong_alone, handed_over)
    return Figures(many, *(count / many for count in counts))


def cross_validated() -> tuple[Figures, Figures]:
    """Every way to ask, and every way to speak of something else, put to a library without it."""
    ours: list[tuple[Library, Asked]] = []
    theirs: list[tuple[Library, Asked]] = []
    for fold in range(_FOLDS):
        shorter = [replace(one, ways=tuple(_kept(one.ways, fold))) for one in ARTICLES]
        themes = {theme: tuple(_kept(ways, fold)) for theme, ways in ELSEWHERE.items()}
        library = Library(shorter, themes)
        ours += [(library, Asked(way, (a.id,))) for a in ARTICLES for way in a.ways[fold::_FOLDS]]
        left_out = (way for ways in ELSEWHERE.values() for way in ways[fold::_FOLDS])
        theirs += [(library, Asked(way)) for way in left_out]
    return measured(ours), measured(theirs)


def _kept(ways: Sequence[str], fold: int) -> Iterator[str]:
    return (way for i, way in enumerate(ways) if i % _FOLDS != fold)


def _lines(name: str) -> Iterator[str]:
    for line in (_HERE / name).read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            yield line


if __name__ == "__main__":
    library = Library(ARTICLES, ELSEWHERE)
    rows = zip(
        ("cross-validated", "  out of scope", "held out", "  out of scope"),
        (
            *cross_validated(),
            measured([(library, one) for one in held_out()]),
            measured([(library, one) for one in out_of_scope()]),
        ),
        strict=True,
    )
    for name, figures in rows:
        print(f"{name:16}{figures}")  # noqa: T201
