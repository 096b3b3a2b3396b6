"""What WhatsApp asks: the file of rules, and what a broadcast costs at most by the rule of its day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain.broadcasts import Reach
from bot.domain.calendar import Zone
from bot.domain.money import Money
from bot.domain.postage import BadPrices, Price, price_on, read_prices
from handlers.prices import price, prices
from tests.broadcasts.conftest import Town

BEFORE = Price(date(2025, 7, 1), template=400, free_form=0)
OCTOBER = Price(date(2026, 10, 1), template=400, free_form=300, free_per_month=1_000)


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
    assert OCTOBER.most(reach) == Money(cost)


def test_the_rule_of_a_day_is_the_newest_that_has_begun() -> None:
    rules = (BEFORE, OCTOBER)
    assert price_on(rules, date(2026, 9, 30)) == BEFORE
    assert price_on(rules, date(2026, 10, 1)) == OCTOBER
    assert price_on(rules, date(2020, 1, 1)) == BEFORE


def test_our_own_file_is_read_and_in_order() -> None:
    days = [one.since for one in prices()]
    assert days == sorted(days)
    assert price(date(2026, 11, 24)).free_per_month == 1_000


@pytest.mark.parametrize(
    "text",
    [
        "",
        "price = []",
        "[[price]]\nsince = 'soon'\ntemplate = true\nfree_form = true",
        "[[price]]\nsince = 2026-01-01",
        "[[price]",
    ],
)
def test_a_file_that_cannot_be_right_is_refused(text: str) -> None:
    with pytest.raises(BadPrices):
        read_prices(text)


def test_the_preview_says_what_it_may_cost(town: Town) -> None:
    rule = price(town.now.date())
    town.group("Melati", Zone.WIB, "sari", "ani", "tuti", channel="whatsapp")
    town.window("ani", town.now + timedelta(hours=3))
    town.says("siaran Halo", "semua")
    most = f"{2 * rule.template}"
    assert f"3 orang di WhatsApp: biaya paling banyak Rp{most}," in town.last_to("dewi")
