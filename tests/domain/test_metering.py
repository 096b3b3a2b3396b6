"""What is billed by which rule, and the file of rules."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.metering import BadPrices, Form, Price, Spent, price_on, read_prices
from handlers.shelf import prices

OCTOBER = Price(date(2026, 10, 1), template=True, free_form=True, free_per_month=1_000)
BEFORE = Price(date(2025, 7, 1), template=True, free_form=False)


def spent(answers: int, templates: int, of_all: int) -> Spent:
    messages = {("answer", Form.FREE): answers, ("reminder", Form.TEMPLATE): templates}
    return Spent(date(2026, 11, 1), messages, of_all)


@pytest.mark.parametrize(
    ("what", "price", "paid"),
    [
        (spent(300, 7, 900), OCTOBER, 7),
        (spent(300, 7, 5_000), BEFORE, 7),
        (spent(300, 7, 1_500), OCTOBER, 107),  # a third of all was beyond the free thousand
        (spent(0, 0, 0), OCTOBER, 0),
    ],
)
def test_what_is_billed(what: Spent, price: Price, paid: int) -> None:
    assert what.paid(price) == paid


def test_the_rule_of_a_day_is_the_newest_that_has_begun() -> None:
    rules = (BEFORE, OCTOBER)
    assert price_on(rules, date(2026, 9, 30)) == BEFORE
    assert price_on(rules, date(2026, 10, 1)) == OCTOBER
    assert price_on(rules, date(2020, 1, 1)) == BEFORE


def test_our_own_file_is_read_and_in_order() -> None:
    days = [one.since for one in prices()]
    assert days == sorted(days)
    assert price_on(prices(), date(2026, 11, 24)).free_per_month == 1_000


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
