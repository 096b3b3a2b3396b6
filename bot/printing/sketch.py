"""Drawing a sketch: three generations with who descends from whom, and beside them what is around her."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import typst

from bot.domain.sketches import ROLES, Figure, Sketch

_TEMPLATE = Path(__file__).with_name("sketch.typ")

#: Millimetres: the narrowest picture, from figure to figure, and from generation to generation.
_NARROWEST, _APART, _ROW = 110.0, 24.0, 36.0
#: The middle of the first row, and where the bar runs from which those below it descend.
_TOP, _BAR = 15.0, 12.0
#: Room at each side for what is around her, the middle of it, and from one of it to the next.
_SIDE, _EDGE, _AROUND_APART = 26.0, 14.0, 32.0
_PARENTS, _HERS, _CHILDREN, _AROUND = -1, 0, 1, ROLES["lingkar"][0]

Line = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Placed:
    """A figure of one generation with its middle, in millimetres."""

    one: Figure
    generation: int
    x: float
    y: float


def as_sketch(sketch: Sketch) -> bytes:
    """One picture (PNG)."""
    rows = _rows(sketch)
    around = rows.pop(_AROUND, [])
    width = max(_NARROWEST, max(map(len, rows.values())) * _APART + 2 * _SIDE)
    family = _placed(rows, width)
    # What is around stands left and right in turn, so that no line of it crosses a generation.
    beside = [
        Placed(one, _AROUND, _EDGE if place % 2 else width - _EDGE, 26 + place // 2 * _AROUND_APART)
        for place, one in enumerate(around)
    ]
    everything = [*family, *beside]
    facts = {
        "width": width,
        "height": max(each.y for each in everything) + 12,
        "family": list(descent(family)),
        "ties": _ties(everything),
        "shapes": [_shape(each) for each in everything],
    }
    made: Any = typst.compile(
        _TEMPLATE, format="png", ppi=144.0, sys_inputs={"sketch": json.dumps(facts)}
    )
    return bytes(made[0] if isinstance(made, list) else made)


def _rows(sketch: Sketch) -> dict[int, list[Figure]]:
    """The figures by generation: who is elder left of her, then her husband, who is younger right."""
    her = Figure("self", sketch.member.person.name, woman=True, died=False, tie="self")
    order = {"kakak": 0, "self": 1, "suami": 2, "adik": 3}
    rows: dict[int, list[Figure]] = {}
    for one in [her, *sketch.figures()]:
        rows.setdefault(ROLES[one.role][0] if one.role in ROLES else _HERS, []).append(one)
    rows[_HERS].sort(key=lambda one: order[one.role])
    return rows


def _placed(rows: dict[int, list[Figure]], width: float) -> Sequence[Placed]:
    """Every generation in the middle of its row."""
    found = []
    for height, generation in enumerate(sorted(rows)):
        first = width / 2 - (len(rows[generation]) - 1) / 2 * _APART
        for place, one in enumerate(rows[generation]):
            x, y = first + place * _APART, _TOP + height * _ROW
            found.append(Placed(one, generation, x, y))
    return found


def descent(family: Sequence[Placed]) -> Iterator[Line]:
    """Couples side by side, and from them down to their children; her husband descends from others."""
    parents = [each for each in family if each.generation == _PARENTS]
    couple = [each for each in family if each.one.role in ("self", "suami")]
    siblings = [each for each in family if each.generation == _HERS and each.one.role != "suami"]
    yield from _below(parents, siblings)
    yield from _below(couple, [each for each in family if each.generation == _CHILDREN])


def _below(couple: Sequence[Placed], children: Sequence[Placed]) -> Iterator[Line]:
    """A line between a couple, one down from its middle to a bar, and one from there to each child."""
    for left, right in pairwise(couple):
        yield left.x, left.y, right.x, right.y
    if not children:
        return
    bar = children[0].y - _BAR
    across = [each.x for each in children]
    if couple:
        middle = sum(each.x for each in couple) / len(couple)
        across.append(middle)
        yield middle, couple[0].y, middle, bar
    yield min(across), bar, max(across), bar
    for each in children if couple or len(children) > 1 else ():
        yield each.x, bar, each.x, each.y


def _ties(everything: Sequence[Placed]) -> list[dict[str, object]]:
    """A line from her to each whose tie was named, and to all that is around her.

    To somebody of her own row it goes in a bow above who stands between.
    """
    her = next(each for each in everything if each.one.role == "self")
    return [
        {
            "from": [her.x, her.y],
            "to": [each.x, each.y],
            "tie": each.one.tie,
            "bow": each.generation == _HERS and abs(each.x - her.x) > _APART,
        }
        for each in everything
        if each is not her and (each.one.tie != "plain" or each.generation == _AROUND)
    ]


def _shape(each: Placed) -> dict[str, object]:
    one, around = each.one, each.generation == _AROUND
    about = {"x": each.x, "y": each.y, "name": one.name, "died": one.died, "around": around}
    return {**about, "circle": one.woman or around, "self": one.role == "self"}
