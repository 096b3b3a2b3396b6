"""The weekly tips that lie ready for mentors."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tip:
    """One idea and one action."""

    id: str
    text: str

    @property
    def title(self) -> str:
        """What it is called on a button."""
        return self.id.replace("-", " ").capitalize()


@cache
def tips() -> tuple[Tip, ...]:
    """Every tip, in the order in which they are told."""
    raw = tomllib.loads((_HERE / "tips" / "id" / "weekly.toml").read_text("utf-8"))
    return tuple(Tip(one["id"], one["text"]) for one in raw["tip"])


def tip(name: str) -> Tip | None:
    """One of them; None when it was taken away since."""
    return next((one for one in tips() if one.id == name), None)
