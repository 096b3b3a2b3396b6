"""What a broadcast costs on WhatsApp, by the rule of its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.broadcasts import Reach
from bot.domain.calendar import Zone
from bot.domain.money import Money
from bot.domain.postage import Postage
from handlers.library import postage
from tests.broadcasts.conftest import Town

RULE = Postage(date(2026, 10, 1), free=1000, message=300, template=400)


@pytest.mark.parametrize(
    ("whatsapp", "closed", "sent", "cost"),
    [
        (0, 0, 5000, 0),
        (10, 0, 0, 0),
        (10, 4, 0, 4 * 400),
        (10, 0, 995, 5 * 300),
        (10, 4, 5000, 4 * 400 + 10 * 300),
    ],
)
def test_a_closed_window_costs_a_template_and_what_is_not_free_a_message(
    whatsapp: int, closed: int, sent: int, cost: int
) -> None:
    reach = Reach(whatsapp + 3, 1, 0, whatsapp, closed, sent)
    assert RULE.most(reach) == Money(cost)


def test_a_rule_holds_from_its_day_on() -> None:
    assert postage(date(2026, 9, 30)) is None
    rule = postage(date(2026, 10, 1))
    assert rule is not None
    assert rule.since == date(2026, 10, 1)


def test_the_preview_says_what_it_may_cost(town: Town) -> None:
    rule = postage(town.now.date())
    assert rule is not None
    town.group("Melati", Zone.WIB, "sari", "ani", "tuti", channel="whatsapp")
    town.window("ani", town.now + timedelta(hours=3))
    town.says("siaran Halo", "semua")
    most = f"{2 * rule.template}"
    assert f"3 orang di WhatsApp: biaya paling banyak Rp{most}," in town.last_to("dewi")
