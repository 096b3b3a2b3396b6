"""Signs that an amount in words is only the rest of a longer one that was mistyped.

`seratus lima pu luh ribu` and `dua puhul lima ribu` must never be taken for what is left of them
when the mistyped words are passed over.
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.talk.understand.money_words import CURRENCY, MONEY_VERBS, SMALL_TALK
from bot.talk.understand.notmoney import counts_something
from bot.talk.understand.numerals import Run, number_parts
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import Token, squeeze
from bot.talk.understand.vocabulary import NOT_NUMBERS, STANDARD

_REACH: Final = 3
_LONG: Final = 6
_SHORTEST: Final = 2
_PASSING: Final = 2
_PLAIN: Final = SMALL_TALK | MONEY_VERBS | CURRENCY | NOT_NUMBERS
_COMPARED: Final = (*STANDARD, "rebu", "ceng")
_GROWN: Final = re.compile(
    r"(?:satu|dua|tiga|empat|lima|enam|tujuh|delapan|sembilan|puluh|ratus|sepul|serat|serib|sejut)\w{3,}"
    r"|\w+(?:puluh|pluh|pulh|ratus|rtus|belas|blas|ribu|rebu|juta)"
)


def mangled(tokens: Sequence[Token], run: Run, others: Sequence[Run]) -> bool:
    """Whether the amount in `run` may be part of a mistyped one; `others` are runs left aside."""
    if any(_belongs(tokens, run, other) for other in others):
        return True
    if tokens[run.first].kind != "word":
        return False
    before = _beside(tokens, range(run.first - 1, max(-1, run.first - 1 - _REACH), -1))[::-1]
    after = _beside(tokens, range(run.last + 1, min(len(tokens), run.last + 1 + _REACH)))
    joined = [before[-n:] for n in range(1, len(before) + 1)] + [
        after[:n] for n in range(1, len(after) + 1)
    ]
    return any(_suspicious(words) for words in joined)


def _belongs(tokens: Sequence[Token], run: Run, other: Run) -> bool:
    """Whether a number left aside may be a part of this one: `seratus … enam ribu`, a lone `ribu`."""
    if tokens[other.first].kind != "word" and reading(other.parts) is not None:
        return False
    if counts_something(tokens, other.last):
        return False
    gap = run.first - other.last - 1 if other.last < run.first else other.first - run.last - 1
    unit = len(other.parts) == 1 and other.parts[0].kind == "unit"
    return gap <= (_PASSING if unit else _REACH + 1)


def _beside(tokens: Sequence[Token], places: range) -> list[str]:
    """The words next to an amount, nearest first, up to the first mark or number."""
    found: list[str] = []
    for place in places:
        if tokens[place].kind != "word":
            break
        found.append(tokens[place].text)
    return found


def _suspicious(words: list[str]) -> bool:
    if all(word in _PLAIN for word in words):
        return False
    return _like_a_number("".join(words))


@lru_cache(maxsize=4096)
def _like_a_number(word: str) -> bool:
    """Whether a word is, holds, or is a slip or two away from a number word."""
    if len(word) < _SHORTEST or word in NOT_NUMBERS:
        return False
    if number_parts(word) or _GROWN.fullmatch(word):
        return True
    slips = 1 if len(word) < _LONG else 2
    forms = {word, squeeze(word)}
    return any(_apart(form, known) <= slips for known in _COMPARED for form in forms)


def _apart(one: str, other: str) -> int:
    """Letters added, dropped, changed or swapped between two words (optimal string alignment)."""
    rows = [list(range(len(other) + 1))]
    for i, letter in enumerate(one, start=1):
        row = [i]
        for j, wanted in enumerate(other, start=1):
            best = min(rows[-1][j] + 1, row[j - 1] + 1, rows[-1][j - 1] + (letter != wanted))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                best = min(best, rows[-2][j - 2] + 1)
            row.append(best)
        rows.append(row)
    return rows[-1][-1]
