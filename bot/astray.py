"""Whether we only repeat to her that we do not understand one another."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.talk.dialogue import NOT_UNDERSTOOD

#: Within a conversation we try so often to understand one another, outside of it once less.
PATIENCE = 3

#: How far back we look for having said the same, and how often it may be said.
LATELY, MOST_REPEATED = timedelta(minutes=5), 3


def repeats_itself(text: str, before: Sequence[tuple[str, str]]) -> bool:
    """Whether ``text`` was all she heard lately; ``before`` are kind and text, newest first."""
    return [said for _, said in before] == [text] * MOST_REPEATED


def is_lost(kinds: Sequence[str], *, within: bool) -> bool:
    """Whether she was not understood too often in a row; ``kinds`` of what she heard, newest first."""
    patience = PATIENCE if within else PATIENCE - 1
    return list(kinds[:patience]) == [NOT_UNDERSTOOD] * patience
