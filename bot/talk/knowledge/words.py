"""The words of a question, so that two ways of writing or bending one word count as one.

Three steps: shorthand and regional spelling (`gmn`, `piye`), words for the same thing (`kasbon`,
`bon`), and endings and beginnings (`menghitung`, `ngitung`, `itungan`). A shorter form is only
taken when the articles themselves use it, so that nothing is cut that is no root: the usual
Indonesian stemmer makes `abung` of `menabung`, and found fewer right answers here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

from bot.talk.knowledge.synonyms import EMPTY, SAME
from bot.talk.understand.shorthand import plain, silent
from bot.talk.understand.tokens import bag

_WORD = re.compile(r"[a-z]+|\d+")
_DOUBLED = re.compile(r"([a-z]{3,})2\b")

_ASKING = bag("apa apaan apakah bagaimana cara berapa kenapa kapan maksudnya artinya")

#: Beginnings that may be taken off, each with the letters it may have swallowed.
_BEGINNINGS = {
    "menge": ("", "k"), "meng": ("", "k"), "meny": ("", "s"), "mem": ("", "p"), "men": ("", "t"), "me": ("",),
    "nge": ("", "k"), "ng": ("", "k"), "ny": ("", "s"), "n": ("", "t"), "m": ("", "p"),
    "peng": ("", "k"), "peny": ("", "s"), "pem": ("", "p"), "pen": ("", "t"), "per": ("",), "pe": ("",),
    "di": ("",), "ber": ("",), "ter": ("",), "ke": ("",), "se": ("",),
}  # fmt: skip
_ENDINGS = ("nya", "nye", "kan", "lah", "kah", "in", "an", "ku", "mu", "ne", "i", "e")

#: Beginnings and endings after which a root of three letters is believed; after others, four.
_SURE = {"di", "ng", "ny", "meng", "meny", "mem", "men", "menge", "ber", "nya", "ku", "mu"}
_SHORTEST, _SHORTEST_SURE = 4, 3


def bare_words(text: str) -> Iterator[str]:
    """The words that say something, in one spelling, still bent."""
    text = _DOUBLED.sub(r"\1", text.lower().replace("'", ""))
    for word in _WORD.findall(text):
        one = SAME.get(word)
        if one is None:
            if silent(word):
                continue
            short = plain(word)
            one = SAME.get(short, short)
        if one not in EMPTY and not (one.isdecimal() and len(one) < _SHORTEST_SURE):
            yield one


def asks(text: str) -> bool:
    """Whether the words ask something, rather than tell or begin it: `hpp itu apa`."""
    words = _WORD.findall(text.lower())
    return "?" in text or any(plain(word) in _ASKING for word in words)


class Roots:
    """Bent words to their roots, as far as ``known`` words have them."""

    def __init__(self, known: Collection[str]) -> None:
        self._known = known
        self._found: dict[str, str] = {}

    def of(self, text: str) -> list[str]:
        """The roots of a text's words, in order."""
        return [root for word in bare_words(text) if (root := self.root(word)) not in EMPTY]

    def root(self, word: str) -> str:
        """The shortest known form that ``word`` can be bent from; itself if there is none."""
        found = self._found.get(word)
        if found is None:
            shorter = [form for form in _unbent(word) if form in self._known and form != word]
            best = min(shorter, key=len, default=word)
            found = SAME.get(best, best)
            if len(self._found) < _MOST_REMEMBERED:
                self._found[word] = found
        return found


#: Bent words whose root is remembered; questions bring ever new ones.
_MOST_REMEMBERED = 20_000


def _unbent(word: str) -> Iterator[str]:
    stems = [word, *_without_endings(word)]
    for stem in stems:
        yield stem
        for beginning, swallowed in _BEGINNINGS.items():
            rest = stem[len(beginning) :]
            if stem.startswith(beginning) and len(rest) >= _shortest(beginning):
                yield from (letter + rest for letter in swallowed)


def _without_endings(word: str) -> Iterable[str]:
    once = [_cut(word, ending) for ending in _ENDINGS]
    for stem in filter(None, once):
        yield stem
        yield from filter(None, (_cut(stem, ending) for ending in _ENDINGS))


def _cut(word: str, ending: str) -> str:
    stem = word.removesuffix(ending)
    return stem if stem != word and len(stem) >= _shortest(ending) else ""


def _shortest(affix: str) -> int:
    return _SHORTEST_SURE if affix in _SURE else _SHORTEST
