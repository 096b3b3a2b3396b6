"""Which KBLI 2025 codes fit a business said in everyday words.

Everyday kinds of business, each with its codes and many names, are searched as articles are: BM25
over words and over pieces of words. The official list, where an operator loaded it, fills what is
left. No risk level is ever told: only OSS knows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bot.domain.guide_books import KbliCode
from bot.talk.knowledge import Article, Library

#: Codes offered at most, and letters of a phrase that are read.
MOST, LONGEST = 3, 200

#: Below this share of the phrase nothing fits; kinds within this part of the best one count, too.
_FLOOR, _NEAR = 0.12, 0.55

#: What the first, second and third code of a kind of business weigh.
_PLACES = (1.0, 0.7, 0.55)

#: What a code gains when her words say that she makes, or that she sells.
_SAID = 1.25

#: The official list knows no everyday words, so it counts less, and is only asked when we are not
#: sure ourselves; of its texts the beginnings are read, in which the examples stand.
_OFFICIAL, _SURE, _READ = 0.5, 0.4, 160

_MAKES = re.compile(r"\b(?:bikin|buat|buatan|membuat|produksi|olah|ngolah|mengolah|racik)\b")
_SELLS = re.compile(
    r"\b(?:jual|jualan|menjual|toko|kios|reseller|agen|eceran|dagang|distributor|titip)\b"
)
_IDLE = re.compile(
    r"\b(?:kbli|kode|nomor|nomer|berapa|brp|apa|cocoknya|cocok|carikan|cari|tolong|dong|bu|buk|ya|untuk|utk)\b"
)
_FIVE = re.compile(r"(?<!\d)\d{5}(?!\d)")

#: Categories in which something is made, and in which it is sold.
_MADE, _SOLD = (
    ("10", "11", "13", "14", "15", "16", "17", "20", "21", "23", "25", "31", "32"),
    ("47",),
)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A code that may fit: in plain words (else the official title), and ``when`` to choose it.

    ``score`` is the share of her words it covers, 0 to about 1.
    """

    code: str
    title: str
    when: str
    score: float


@dataclass(frozen=True, slots=True)
class Old:
    """A code of 2020: what it meant, and the codes of 2025 it may be now."""

    code: str
    meant: str
    now: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Kind:
    codes: tuple[str, ...]
    article: Article


class BadList(ValueError):
    """A line that cannot be read; the message says which."""


class Kbli:
    """Everyday kinds of business and their codes, with the ``official`` list where there is one."""

    def __init__(self, folder: Path, official: Sequence[KbliCode] = ()) -> None:
        self._kinds = {one.article.id: one for one in _kinds(folder / "usaha.txt")}
        self._plain = {code: (title, when) for code, title, when in _rows(folder / "kode.txt", 3)}
        self._when = dict(_pairs(folder / "kapan.txt"))
        self.old = {
            code: Old(code, meant, tuple(now.split()))
            for code, meant, now in _rows(folder / "lama.txt", 3)
        }
        self._ours = Library([one.article for one in self._kinds.values()])
        self._official = {one.code: one for one in official}
        self._their_library: Library | None = None

    @property
    def kinds(self) -> int:
        """How many everyday kinds of business are known."""
        return len(self._kinds)

    def codes(self) -> set[str]:
        """Every code of 2025 written here."""
        now = {code for one in self.old.values() for code in one.now}
        return now | set(self._plain) | {c for one in self._kinds.values() for c in one.codes}

    def find(self, phrase: str) -> Sequence[Candidate]:
        """Up to three codes for a business in her own words, best first; none when nothing fits."""
        words = _IDLE.sub(" ", phrase.lower()[:LONGEST])
        ours = list(self._from_ours(words))
        unsure = max((score for _, score in ours), default=0.0) < _SURE
        theirs = self._from_theirs(words) if unsure and self._official else ()
        scores: dict[str, float] = {}
        for code, score in (*ours, *theirs):
            scores[code] = max(scores.get(code, 0.0), score * _said(words, code))
        best = sorted(scores.items(), key=lambda pair: (-pair[1], pair[0]))[:MOST]
        return [self._candidate(code, score) for code, score in best]

    def _from_ours(self, words: str) -> Iterator[tuple[str, float]]:
        scored = self._ours.scored(words)
        for name, score in scored[:6]:
            if score >= max(_FLOOR, scored[0][1] * _NEAR):
                for code, weight in zip(self._kinds[name].codes, _PLACES, strict=False):
                    yield code, score * weight

    def _from_theirs(self, words: str) -> Iterator[tuple[str, float]]:
        for code, score in self._theirs().scored(words)[:MOST]:
            if score * _OFFICIAL >= _FLOOR:
                yield code, score * _OFFICIAL

    def _theirs(self) -> Library:
        """The official list, indexed when it is first needed: that takes about a second."""
        if self._their_library is None:
            articles = [
                _article(one.code, one.title, (), one.text[:_READ])
                for one in self._official.values()
            ]
            self._their_library = Library(articles)
        return self._their_library

    def written(self, words: str) -> str | None:
        """The five digits of a code she wrote, if she wrote one."""
        found = _FIVE.search(words)
        return found[0] if found else None

    def code(self, code: str) -> Candidate | None:
        """One code of 2025, if it is known here or in the official list."""
        known = code in self._plain or code in self._official
        return self._candidate(code, 1.0) if known else None

    def _candidate(self, code: str, score: float) -> Candidate:
        title, when = self._plain.get(code, ("", ""))
        if not title and code in self._official:
            title = self._official[code].title.capitalize()
        starts = (code[:length] for length in (2, 1))
        when = when or next((self._when[one] for one in starts if one in self._when), "")
        return Candidate(code, title, when, round(min(score, 1.0), 3))


def _said(words: str, code: str) -> float:
    """What her own word for it, making or selling, adds to a code."""
    makes = _MAKES.search(words) and code.startswith(_MADE)
    sells = _SELLS.search(words) and not _MAKES.search(words) and code.startswith(_SOLD)
    return _SAID if makes or sells else 1.0


def _kinds(file: Path) -> Iterator[_Kind]:
    for number, (codes, name, ways) in enumerate(_rows(file, 3), 1):
        others = tuple(one.strip() for one in ways.split(",") if one.strip())
        yield _Kind(tuple(codes.split()), _article(str(number), name, others, ""))


def _article(name: str, title: str, ways: tuple[str, ...], text: str) -> Article:
    return Article(name, title, (), ways, "", date.min, "", text)


def _pairs(file: Path) -> Iterator[tuple[str, str]]:
    yield from ((start, when) for start, when in _rows(file, 2))


def _rows(file: Path, columns: int) -> Iterator[list[str]]:
    """The lines of a file, split at the bars. Raises BadList."""
    for line in file.read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            row = [one.strip() for one in line.split("|")]
            if len(row) != columns:
                raise BadList(f"{file.name}: {line}")
            yield row
