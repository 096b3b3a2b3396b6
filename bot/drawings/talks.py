"""What consultations and polls end with: the sum of a price, and how everybody chose."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.files import PNG, File
from bot.printing.poll import outcome
from bot.printing.unit_cost import Sum, unit_cost
from bot.studio import Draw


def _poll(facts: Mapping[str, Any]) -> File:
    return File(outcome(facts["question"], json.loads(facts["votes"])), PNG, "hasil.png")


def _unit_cost(facts: Mapping[str, Any]) -> File:
    parts = tuple(json.loads(facts["parts"]))
    day = date.fromisoformat(facts["day"])
    total, units, cost = facts["total"], facts["units"], facts["cost"]
    it = Sum(facts["product"], parts, total, units, cost, facts["percent"], facts["price"], day)
    return File(unit_cost(it), PNG, "hpp.png")


#: Drawn from what was so when it was said.
OF_TALKS: Mapping[str, Draw] = {"poll": _poll, "unit cost": _unit_cost}
