"""The ready-made guide of a focus group and the words that show its themes, read once; both are data."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

from bot.domain.focus import theme_of

_FOLDER = Path(__file__).parent / "fgd" / "id"


@cache
def ready_made() -> Sequence[str]:
    """The questions from wide to narrow."""
    lines = (_FOLDER / "fgd.txt").read_text("utf-8").splitlines()
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))


@cache
def _stems() -> Mapping[str, Sequence[str]]:
    return tomllib.loads((_FOLDER / "themes.toml").read_text("utf-8"))


def theme(words: str) -> str:
    """What these words are about, as far as a rule can tell."""
    return theme_of(words, _stems())
