"""Which article answers a question: BM25 over words, blended with BM25 over pieces of words.

Both say how much of what the question asks an article covers, from 0 to about 1: a word nobody
here ever wrote counts against every article alike, which is how a question about the weather ends
with none. The pieces (four letters) forgive typing mistakes and words bent in unknown ways.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.talk.knowledge.articles import Article
from bot.talk.knowledge.words import Roots, bare_words

#: How often a word in the title, the tags, the ways to ask and the text counts.
_TITLE, _TAG, _WAY, _TEXT = 3.0, 2.0, 1.0, 0.4

#: BM25: how fast repeating a word stops helping, and how much a long article is held against it.
_K1, _B = 2.0, 0.3

#: The share of the words in the score; the rest is that of their pieces.
_OF_WORDS = 0.6

#: Letters in a piece.
_PIECE = 4

#: An answer is given alone when it scores so much and is so far ahead of the next; below the floor
#: there is none. Settled by cross-validation, see docs/knowledge.md.
SURE, AHEAD, FLOOR = 0.32, 0.16, 0.13

#: Answers offered at most, and letters of a question that are read.
MOST, LONGEST = 3, 600

#: Themes without an answer are known by this sign before their names.
_ELSEWHERE = "-"
_NOWHERE: Mapping[str, Sequence[str]] = {}


@dataclass(frozen=True, slots=True)
class Answer:
    """An article that may answer; ``score`` is the share of the question it covers, 0 to about 1."""

    id: str
    title: str
    tags: tuple[str, ...]
    text: str
    score: float


@dataclass(frozen=True, slots=True)
class Found:
    """What there is: the first ``alone``, up to three to choose from, or nothing (hand over)."""

    answers: tuple[Answer, ...]
    alone: bool


class Library:
    """Articles, indexed once; ``find`` takes about a millisecond.

    ``elsewhere`` are themes nobody here can answer, in the words people use; a question that fits
    one of them best gets no answer, one that nearly does gets none by itself.
    """

    def __init__(
        self, articles: Sequence[Article], elsewhere: Mapping[str, Sequence[str]] = _NOWHERE
    ) -> None:
        self._articles = {one.id: one for one in articles}
        written = [list(_parts(one)) for one in articles]
        written += [[(way, _WAY) for way in ways] for ways in elsewhere.values()]
        known = {word for parts in written for part, _ in parts for word in bare_words(part)}
        self._roots = Roots(known)
        counts = [self._count(parts) for parts in written]
        self._words = _Bm25(counts)
        self._pieces = _Bm25([_pieces(count) for count in counts])
        self._ids = (*self._articles, *(f"{_ELSEWHERE}{theme}" for theme in elsewhere))

    def names(self) -> tuple[str, ...]:
        """The ids of its articles."""
        return tuple(self._articles)

    def article(self, name: str) -> Article | None:
        """One article by its id."""
        return self._articles.get(name)

    def find(self, question: str, floor: float = FLOOR) -> Found:
        """The answers to a question, best first; none where the best scores below ``floor``."""
        order = self.scored(question)
        if not order or order[0][1] < floor or order[0][0].startswith(_ELSEWHERE):
            return Found((), alone=False)
        second = order[1][1] if len(order) > 1 else 0.0
        alone = order[0][1] >= SURE and order[0][1] - second >= AHEAD
        ours = [pair for pair in order[: MOST + 2] if pair[0] in self._articles][:MOST]
        return Found(tuple(self._answer(*pair) for pair in ours), alone=alone)

    def scored(self, question: str) -> list[tuple[str, float]]:
        """Every article, and every theme without one, that has anything of the question; best first."""
        asked = dict.fromkeys(self._roots.of(question[:LONGEST]), 1.0)
        if not asked:
            return []
        words, pieces = self._words.covered(asked), self._pieces.covered(_pieces(asked))
        scores = [
            (self._ids[i], _OF_WORDS * words.get(i, 0.0) + (1 - _OF_WORDS) * share)
            for i, share in pieces.items()
        ]
        return sorted(scores, key=lambda pair: (-pair[1], pair[0]))

    def _answer(self, name: str, score: float) -> Answer:
        one = self._articles[name]
        return Answer(name, one.title, one.tags, one.text, round(score, 3))

    def _count(self, parts: Iterable[tuple[str, float]]) -> dict[str, float]:
        count: dict[str, float] = {}
        for part, weight in parts:
            for root in self._roots.of(part):
                count[root] = count.get(root, 0.0) + weight
        return count


class _Bm25:
    """Documents of weighted terms, and how much of a question's weight each covers."""

    def __init__(self, documents: Sequence[Mapping[str, float]]) -> None:
        many = len(documents)
        mean = sum(sum(one.values()) for one in documents) / max(many, 1)
        in_many = Counter(term for one in documents for term in one)
        self._rarity = {term: _rarity(many, n) for term, n in in_many.items()}
        self._unknown = _rarity(many, 0)
        self._postings: dict[str, list[tuple[int, float]]] = {term: [] for term in in_many}
        for i, one in enumerate(documents):
            slow = _K1 * (1 - _B + _B * sum(one.values()) / mean)
            for term, often in one.items():
                gain = self._rarity[term] * often / (often + slow)
                self._postings[term].append((i, gain))

    def covered(self, terms: Iterable[str]) -> dict[int, float]:
        """The share of the terms' weight that each document covers; those with none are left out."""
        asked = dict.fromkeys(terms)
        whole = sum(self._rarity.get(term, self._unknown) for term in asked)
        shares: dict[int, float] = {}
        for term in asked:
            for i, gain in self._postings.get(term, ()):
                shares[i] = shares.get(i, 0.0) + gain / whole
        return shares


def _rarity(documents: int, having: int) -> float:
    return math.log(1 + (documents - having + 0.5) / (having + 0.5))


def _parts(article: Article) -> Iterable[tuple[str, float]]:
    yield article.title, _TITLE
    yield article.text, _TEXT
    yield from ((tag, _TAG) for tag in article.tags)
    yield from ((way, _WAY) for way in article.ways)


def _pieces(words: Mapping[str, float]) -> dict[str, float]:
    """The pieces of weighted words, a word's ends marked by blanks."""
    pieces: dict[str, float] = {}
    for word, weight in words.items():
        edged = f" {word} "
        for start in range(max(1, len(edged) - _PIECE + 1)):
            piece = edged[start : start + _PIECE]
            pieces[piece] = pieces.get(piece, 0.0) + weight
    return pieces
