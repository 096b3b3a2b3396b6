"""A genogram shows who descends from whom, whatever part of a family is known."""

from __future__ import annotations

import pytest

from bot.domain.people import Member, Person
from bot.domain.sketches import Figure, Sketch
from bot.printing.sketch import Placed, as_sketch, descent

SARI = Member(1, 2, Person(2, "Sari"))
_FAMILY = """ayah Budi wafat
ibu Siti kuat
suami Anto tegang
kakak P Lina renggang
adik L Agus tegang
anak L Dedi
anak P Mimi wafat
lingkar Bank kuat
lingkar #set page(width: 1mm)"""


def _placed(role: str, generation: int, x: float) -> Placed:
    one = Figure(role, role, woman=True, died=False, tie="plain")
    return Placed(one, generation, x, 40.0 * (generation + 2))


@pytest.mark.parametrize(
    "lines", [_FAMILY, "anak L Dedi", "ibu Siti", "adik P Wati", "lingkar Bank", ""]
)
def test_any_part_of_a_family_is_drawn(lines: str) -> None:
    drawn = as_sketch(Sketch(SARI, allowed=True, lines=lines.splitlines()))
    assert drawn.startswith(b"\x89PNG")
    assert len(drawn) < 100_000


def test_each_child_hangs_from_the_bar_below_its_parents_and_the_husband_from_none() -> None:
    family = [
        _placed("ayah", -1, 10),
        _placed("ibu", -1, 50),
        _placed("kakak", 0, 10),
        _placed("self", 0, 30),
        _placed("suami", 0, 50),
        _placed("anak", 1, 20),
    ]
    hanging = {(x, end) for x, start, to, end in descent(family) if x == to and end > start}
    own = {(each.x, each.y) for each in family if each.one.role in ("kakak", "self", "anak")}
    assert own <= hanging
    assert (50, 80.0) not in hanging
    assert (10, 40.0, 50, 40.0) in set(descent(family)), "the couple"
