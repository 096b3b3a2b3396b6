"""Drawing a sketch: generations below one another, what is around her in a last row."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typst

from bot.domain.sketches import ROLES, Figure, Sketch

_TEMPLATE = Path(__file__).with_name("sketch.typ")

#: Millimetres: the picture's width, the rows' distance, half a figure, and what the sides take.
_WIDTH, _ROW, _HALF, _SIDE, _APART = 110.0, 30.0, 6.0, 16.0, 32.0
_AROUND = ROLES["lingkar"][0]


def as_sketch(sketch: Sketch) -> bytes:
    """One picture (PNG)."""
    her = Figure("self", sketch.member.person.name, woman=True, died=False, tie="self")
    rows: dict[int, list[Figure]] = {0: [her]}
    for one in sketch.figures():
        row = rows.setdefault(ROLES[one.role][0], [])
        # Who is elder stands left of her, her husband and who is younger right.
        row.insert(row.index(her), one) if one.role == "kakak" else row.append(one)
    around = rows.pop(_AROUND, [])
    places = [
        (
            one,
            _SIDE + (_WIDTH - 2 * _SIDE) * place / (len(rows[generation]) + 1),
            12 + height * _ROW,
        )
        for height, generation in enumerate(sorted(rows))
        for place, one in enumerate(rows[generation], 1)
    ]
    # What is around stands left and right in turn, so that no line of it crosses a generation.
    places += [
        (one, _HALF + 6 if place % 2 else _WIDTH - _HALF - 6, 26 + place // 2 * _APART)
        for place, one in enumerate(around)
    ]
    facts = {
        "shapes": [_shape(one, x, y) for one, x, y in places],
        "ties": _ties(places),
        "height": max(y for _, _, y in places) + 12,
    }
    made: Any = typst.compile(
        _TEMPLATE, format="png", ppi=144.0, sys_inputs={"sketch": json.dumps(facts)}
    )
    return bytes(made[0] if isinstance(made, list) else made)


def _shape(one: Figure, x: float, y: float) -> dict[str, object]:
    circle = one.woman or one.role == "lingkar"
    about = {"x": x, "y": y, "circle": circle, "died": one.died, "around": one.role == "lingkar"}
    return {**about, "name": one.name, "self": one.role == "self"}


def _ties(places: Sequence[tuple[Figure, float, float]]) -> list[dict[str, object]]:
    """A line from her to each, as strong as it is."""
    x, y = next((x, y) for one, x, y in places if one.role == "self")
    return [
        {"from": [x, y], "to": [to_x, to_y], "tie": one.tie}
        for one, to_x, to_y in places
        if one.role != "self"
    ]
