"""Drawing how far a member has come on the way to her goal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.habits import Goal
from bot.domain.money import Money

_TEMPLATE = Path(__file__).with_name("progress.typ")
_LANGUAGE = "id"

#: Dots an inch: 570 wide, sharp on a small phone and well under 60 KB.
_SHARPNESS = 160.0


def goal_picture(goal: Goal, saved: Money) -> bytes:
    """How much of ``goal`` is there (PNG, under 60 KB)."""
    missing = goal.missing(saved)
    foot = f"Tinggal {_rupiah(missing)} lagi" if missing.rupiah else "Sudah tercapai"
    if missing.rupiah and goal.by:
        foot = f"{foot}\nsampai {format_date(goal.by, 'd MMMM y', locale=_LANGUAGE)}"
    shown = {
        "goal": goal.name,
        "percent": goal.percent(saved),
        "saved": _rupiah(saved),
        "amount": _rupiah(goal.amount),
        "foot": foot,
    }
    inputs = {"it": json.dumps(shown)}
    made: Any = typst.compile(_TEMPLATE, format="png", ppi=_SHARPNESS, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


def _rupiah(amount: Money) -> str:
    return f"Rp{format_decimal(amount.rupiah, locale=_LANGUAGE)}"
