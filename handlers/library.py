"""What lies ready beside the conversations: the weekly tips, and what WhatsApp asks for a message."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bot.domain.postage import Postage

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


@cache
def _postages() -> tuple[Postage, ...]:
    files = (_HERE / "rules").glob("whatsapp-*.toml")
    rules = (Postage(**tomllib.loads(one.read_text("utf-8"))) for one in files)
    return tuple(sorted(rules, key=lambda one: one.since))


def postage(today: date) -> Postage | None:
    """The rule of that day; None before the first."""
    return next((one for one in reversed(_postages()) if one.since <= today), None)
