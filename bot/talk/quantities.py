"""Answers that count: pieces, per cent, and how long something takes."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.talk.answers import Answer, Got
from bot.talk.understand.numerals import runs
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import tidy, tokens

_MINUTES = 60
_HALF = re.compile(r"\b(?:setengah|stengah|separuh|separo)\b")
_PART = re.compile(r"(\d{1,6})(?:[.,](\d))?\s*(jam|jm|menit|mnt)?")
_LONGEST_DURATION = 7 * 24 * _MINUTES


def whole_number(least: int, most: int, usual: Sequence[int] = ()) -> Answer[int]:
    """A number from ``least`` to ``most``, in digits or in words, the ``usual`` ones on buttons."""

    def read(words: str) -> Got[int] | None:
        found = read_count(words)
        return Got(found) if found is not None and least <= found <= most else None

    def recall(kept: str) -> Got[int] | None:
        fits = kept.isdecimal() and least <= int(kept) <= most
        return Got(int(kept)) if fits else None

    made: Answer[int] = Answer(read, str, recall, shows=lambda value: value, counted=False)
    return replace(made, choices=tuple(made.choice(value) for value in usual))


def duration() -> Answer[int]:
    """How long, in minutes: `2 jam`, `90 menit`, `1,5 jam`; a bare number is hours."""

    def read(words: str) -> Got[int] | None:
        minutes = _minutes(words)
        return Got(minutes) if 0 < minutes <= _LONGEST_DURATION else None

    def recall(kept: str) -> Got[int] | None:
        return Got(int(kept)) if kept.isdecimal() else None

    return Answer(read, str, recall, counted=False)


def read_count(words: str) -> int | None:
    """The one whole number in the words; None when there is none, or several."""
    cut = tokens(tidy(words))
    found = {
        got.values[0]
        for run in runs(cut, [False] * len(cut))
        if (got := reading(run.parts)) is not None
    }
    return found.pop() if len(found) == 1 else None


def _minutes(words: str) -> int:
    """The minutes spoken of; 0 for none. A half is half an hour, wherever it stands."""
    said, halves = _HALF.subn(" ", tidy(words))
    found = _PART.findall(said)
    minutes = _MINUTES // 2 if halves else 0
    for whole, tenth, unit in found:
        tenths = int(whole) * 10 + int(tenth or 0)
        minutes += tenths // 10 if unit.startswith("m") else tenths * _MINUTES // 10
    if found:
        return minutes
    number = read_count(said) or ("sejam" in said)
    return minutes + int(number) * (1 if "menit" in said else _MINUTES)
