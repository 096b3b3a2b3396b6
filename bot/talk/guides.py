"""Guides of steps: a TOML file each, in which every step has an id of its own.

What is kept of her is kept under those ids, so steps may be moved, added and reworded while people
are in the middle. A step that takes the place of others names them (``was``): who did those did it.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bot.domain.guides import StepKept, StepState
from bot.talk.knowledge import Article, Library

#: What a step may ask for before it counts as done.
ASKS = ("", "photo", "words", "listing", "link", "talk", "nib")

#: How much of what she writes a known trouble must cover to be taken for it.
_SURE = 0.15


class BadGuide(ValueError):
    """A file that is no guide; the message says which and why."""


@dataclass(frozen=True, slots=True)
class Trouble:
    """What people run into at a step, with its answer; ``ways`` are ways to tell of it."""

    id: str
    title: str
    text: str
    ways: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Screen:
    """What the little picture of a step shows: a screen by its ``head``, lines, and where to tap."""

    head: str
    lines: tuple[str, ...]
    tap: str


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. ``doubt`` says what nobody has checked yet, ``asks`` what she sends for it.

    ``ends``: whoever has this has the whole guide behind her.
    """

    id: str
    title: str
    text: str
    screen: Screen | None
    link: str
    doubt: str
    asks: str
    ends: bool
    was: tuple[str, ...]
    troubles: tuple[Trouble, ...]

    def done(self, kept: Mapping[str, StepKept]) -> bool:
        """Whether she has done it, or what was there before it."""
        names = (self.id, *self.was)
        return any(name in kept and kept[name].state is StepState.DONE for name in names)

    def trouble(self, words: str, sure: float = _SURE) -> Trouble | None:
        """The known trouble she tells of, if it covers so much of her words."""
        if not self.troubles:
            return None
        articles = [
            Article(one.id, one.title, (), one.ways, "", date.min, "", one.text)
            for one in self.troubles
        ]
        scored = Library(articles).scored(words)
        best = scored[0] if scored and scored[0][1] >= sure else None
        return next((one for one in self.troubles if best and one.id == best[0]), None)


@dataclass(frozen=True, slots=True)
class Guide:
    """Steps in their order today; ``checked`` is the day ``by`` somebody went through them.

    ``guarded``: passwords and codes are about, so what looks like one is not taken for anything else.
    """

    id: str
    title: str
    word: str
    intro: str
    source: str
    version: str
    checked: date
    by: str
    guarded: bool
    steps: tuple[Step, ...]

    def step(self, name: str) -> Step | None:
        """One step by its id, or by one it had before."""
        return next((one for one in self.steps if name in (one.id, *one.was)), None)

    def number(self, step: Step) -> int:
        """Which place it has today, from 1."""
        return self.steps.index(step) + 1

    def next_step(self, kept: Mapping[str, StepKept]) -> Step | None:
        """The first she has not done; None when it is all behind her."""
        if any(one.ends and one.done(kept) for one in self.steps):
            return None
        return next((one for one in self.steps if not one.done(kept)), None)


def read_guide(name: str, written: str) -> Guide:
    """The guide in a file's text. Raises BadGuide."""
    try:
        raw = tomllib.loads(written)
        steps = tuple(_step(name, one) for one in raw["steps"])
        guide = Guide(
            name,
            raw["title"],
            raw["word"],
            raw["intro"].strip(),
            raw["source"],
            raw["version"],
            raw["checked"],
            raw["by"],
            raw.get("guarded", False),
            steps,
        )
    except (KeyError, ValueError) as fault:
        raise BadGuide(f"{name}: {fault}") from None
    names = [each for one in steps for each in (one.id, *one.was)]
    if not steps or len(set(names)) < len(names):
        raise BadGuide(f"{name}: steps without or with twice the same id")
    return guide


def _step(guide: str, raw: Mapping[str, Any]) -> Step:
    screen = raw.get("screen")
    asks = raw.get("asks", "")
    if asks not in ASKS:
        raise BadGuide(f"{guide}/{raw['id']}: asks for {asks!r}")
    return Step(
        raw["id"],
        raw["title"],
        raw["text"].strip(),
        Screen(screen["head"], tuple(screen["lines"]), screen["tap"]) if screen else None,
        raw.get("link", ""),
        raw.get("doubt", ""),
        asks,
        raw.get("ends", False),
        tuple(raw.get("was", ())),
        tuple(
            Trouble(one["id"], one["title"], one["text"].strip(), tuple(one["ways"]))
            for one in raw.get("troubles", ())
        ),
    )


def read_guides(folder: Path) -> dict[str, Guide]:
    """Every guide of a folder, by id. Raises BadGuide."""
    return {
        file.stem: read_guide(file.stem, file.read_text("utf-8"))
        for file in sorted(folder.glob("*.toml"))
    }
