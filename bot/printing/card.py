"""Drawing a member's card for the wall: thirty boxes to tick, her goal, and a QR into the chat."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any, Literal

import segno
import typst
from babel.numbers import format_decimal

from bot.domain.habits import Goal

_TEMPLATE = Path(__file__).with_name("card.typ")
_LANGUAGE = "id"


def tick_card(
    name: str, group: str, goal: Goal | None, link: str, form: Literal["pdf", "png"] = "pdf"
) -> bytes:
    """One page of A6; ``link`` opens the chat, without one there is no QR."""
    shown = {
        "name": name,
        "group": group,
        "goal": goal.name if goal else None,
        "amount": f"Rp{format_decimal(goal.amount.rupiah, locale=_LANGUAGE)}" if goal else "",
        "qr": _square(link) if link else None,
    }
    inputs = {"it": json.dumps(shown)}
    made: Any = typst.compile(_TEMPLATE, format=form, ppi=144.0, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


def _square(link: str) -> str:
    """The link as a QR drawing, read from across a room and through a fold."""
    svg = io.BytesIO()
    segno.make(link, error="q", micro=False).save(svg, kind="svg", border=1, xmldecl=False)
    return svg.getvalue().decode()
