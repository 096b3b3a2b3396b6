"""Setting what one piece costs, as a small picture to keep in the phone's gallery."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

_TEMPLATE = Path(__file__).with_name("unit_cost.typ")
_LANGUAGE = "id"

#: What the parts of a sum are called, in their order.
PARTS = ("Bahan", "Bungkus dan label", "Gas dan listrik", "Upah sendiri")


@dataclass(frozen=True, slots=True)
class Sum:
    """One reckoning, in rupiah: the ``parts`` in the order of ``PARTS``, what ``units`` pieces cost
    in all and each, and the ``price`` that earns ``percent`` on it.
    """

    product: str
    parts: tuple[int, ...]
    total: int
    units: int
    cost: int
    percent: int
    price: int
    day: date


def unit_cost(it: Sum) -> bytes:
    """The sum as a picture for a phone (PNG)."""
    shown = {
        "product": it.product,
        "day": format_date(it.day, "d MMMM y", locale=_LANGUAGE),
        "rows": [[name, _rupiah(part)] for name, part in zip(PARTS, it.parts, strict=True)],
        "total": _rupiah(it.total),
        "units": format_decimal(it.units, locale=_LANGUAGE),
        "cost": _rupiah(it.cost),
        "percent": str(it.percent),
        "price": _rupiah(it.price),
        "earned": _rupiah(it.price - it.cost),
    }
    made: Any = typst.compile(
        _TEMPLATE, format="png", ppi=144.0, sys_inputs={"sum": json.dumps(shown)}
    )
    return bytes(made[0] if isinstance(made, list) else made)


def _rupiah(rupiah: int) -> str:
    return f"Rp{format_decimal(rupiah, locale=_LANGUAGE)}"
