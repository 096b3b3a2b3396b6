"""Answers that count: pieces and per cent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.talk.answers import Answer, Got
from bot.talk.understand.numerals import runs
from bot.talk.understand.sums import reading
from bot.talk.understand.tokens import tidy, tokens


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


def read_count(words: str) -> int | None:
    """The one whole number in the words; None when there is none, or several."""
    cut = tokens(tidy(words))
    found = {
        got.values[0]
        for run in runs(cut, [False] * len(cut))
        if (got := reading(run.parts)) is not None
    }
    return found.pop() if len(found) == 1 else None
