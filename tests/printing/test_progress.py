"""The picture of a goal stays small enough for prepaid data, whatever she calls her goal."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.habits import Goal
from bot.domain.money import Money
from bot.printing.progress import goal_picture

_SMALL = 60_000


@pytest.mark.parametrize(
    "name",
    ["mixer", "W" * 40, "#let x = 1; $y$ *tebal* @siapa <b>", "Mesin jahit dan etalase kaca besar"],
)
@pytest.mark.parametrize("saved", [0, 385_000, 12_000_000])
def test_small_and_drawn_for_any_name(name: str, saved: int) -> None:
    drawn = goal_picture(Goal(name, Money(12_500_000), date(2027, 3, 8)), Money(saved))
    assert drawn.startswith(b"\x89PNG")
    width = int.from_bytes(drawn[16:20], "big")
    assert 500 <= width <= 720
    assert len(drawn) < _SMALL


def test_more_saved_is_another_picture() -> None:
    goal = Goal("mixer", Money(500_000))
    assert goal_picture(goal, Money(100_000)) != goal_picture(goal, Money(200_000))
