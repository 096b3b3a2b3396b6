"""What she says to a question with ranges on its buttons: years and money, in her own words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from bot.talk import one_of
from bot.talk.answers import Answer, Got, Reading
from bot.talk.quantities import read_count
from bot.talk.understand import read_amount

#: Where the next range begins, in years and in rupiah a week.
_YEARS, _RUPIAH = (1, 4, 11), (250_000, 500_000, 1_000_000)

#: Takings of another time than the week that was asked for.
_NOT_A_WEEK = re.compile(r"\b(?:sebulan|per bulan|sehari|per hari|setahun)\b")


def answer_to(question: str, options: Sequence[str]) -> Answer[str]:
    """One of the ``options`` by its button, or by a number that falls into it."""
    choice, number = one_of(dict.fromkeys(options, ())), _NUMBERS.get(question)
    if number is None:
        return choice
    starts, found_in = number

    def read(words: str) -> Reading[str]:
        found = found_in(words.lower())
        return choice.read(words) if found is None else Got(options[bisect_right(starts, found)])

    return replace(choice, read=read, sums=True)


def _years(words: str) -> int | None:
    if "setahun" in words:
        return 0 if "belum" in words else 1
    if "bulan" in words:
        months = read_count(words)
        return None if months is None else months // 12
    return read_count(words) if "tahun" in words else None


def _rupiah(words: str) -> int | None:
    found = read_amount(words).candidates
    return found[0] if len(found) == 1 and not _NOT_A_WEEK.search(words) else None


_NUMBERS: Mapping[str, tuple[Sequence[int], Callable[[str], int | None]]] = {
    "years": (_YEARS, _years),
    "turnover": (_RUPIAH, _rupiah),
}
