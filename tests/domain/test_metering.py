"""How many of a month's messages are billed."""

from __future__ import annotations

from datetime import date

import pytest

from bot.domain.metering import Form, Spent
from bot.domain.postage import Price

OCTOBER = Price(date(2026, 10, 1), template=400, free_form=300, free_per_month=1_000)
BEFORE = Price(date(2025, 7, 1), template=400, free_form=0)


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
