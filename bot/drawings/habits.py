"""Her goal, and the card for her wall."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.habits import Goal
from bot.domain.money import Money
from bot.files import PDF, PNG, File
from bot.printing.card import tick_card
from bot.printing.progress import goal_picture
from bot.studio import Draw


def _goal(facts: Mapping[str, Any]) -> File:
    by = date.fromisoformat(facts["by"]) if facts["by"] else None
    hers = Goal(facts["goal"], Money(facts["amount"]), by)
    return File(goal_picture(hers, Money(facts["saved"])), PNG, "target.png")


def _card(facts: Mapping[str, Any]) -> File:
    hers = Goal(facts["goal"], Money(facts["amount"])) if facts["goal"] else None
    made = tick_card(facts["name"], facts["group"], hers, facts["link"])
    return File(made, PDF, f"Kartu {facts['name']}.pdf")


#: Drawn from what was so when it was said.
OF_HABITS: Mapping[str, Draw] = {"goal": _goal, "card": _card}
