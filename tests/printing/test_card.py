"""The card for the wall is one page of A6 with thirty boxes, whatever stands on it."""

from __future__ import annotations

import re

import pytest

from bot.domain.habits import Goal
from bot.domain.money import Money
from bot.printing.card import tick_card

#: A6 in points.
_A6 = (297.6, 419.5)


@pytest.mark.parametrize("name", ["Bu Sari", "Inang " + "Rosmaida " * 5])
@pytest.mark.parametrize("goal", [None, Goal("W" * 40, Money(500_000))])
@pytest.mark.parametrize("link", ["", "https://t.me/PendampingBot", "https://wa.me/6281234567890"])
def test_one_page_of_a6(name: str, goal: Goal | None, link: str) -> None:
    card = tick_card(name, "Kelompok " + "Mawar " * 6, goal, link)
    assert card.startswith(b"%PDF")
    (box,) = re.findall(rb"/MediaBox ?\[0 0 ([\d.]+) ([\d.]+)\]", card)
    assert [float(side) for side in box] == pytest.approx(_A6, abs=0.5)


def test_the_link_is_drawn() -> None:
    one, other = (tick_card("Bu Sari", "Melati", None, link, "png") for link in ("a", "b"))
    assert one != other
