"""The sums a member is shown, in whole rupiah."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.money import NOTHING, Money
from bot.domain.pricing import Batch, day_it_is_saved, days_of_saving, price

RUPIAH = st.integers(0, 10_000_000).map(Money)


def test_the_example_of_the_article() -> None:
    batch = Batch(Money(80_000), Money(16_000), Money(12_000), 180, Money(10_000), 40)
    assert batch.labour == Money(30_000)
    assert batch.total == Money(138_000)
    assert batch.each == Money(3_450)
    assert price(batch.each, 40) == Money(4_900)
    assert price(Money(5_000), 20) == Money(6_000)
    assert price(Money(4_200), 20) == Money(5_500)


@given(RUPIAH, RUPIAH, RUPIAH, st.integers(0, 6_000), RUPIAH, st.integers(1, 5_000))
def test_nobody_is_told_a_cost_that_loses_money(
    materials: Money, packaging: Money, energy: Money, minutes: int, an_hour: Money, units: int
) -> None:
    batch = Batch(materials, packaging, energy, minutes, an_hour, units)
    assert batch.each.rupiah * units >= batch.total.rupiah
    assert (batch.each.rupiah - 1) * units < batch.total.rupiah


@given(st.integers(1, 10_000_000).map(Money), st.integers(1, 500))
def test_a_price_earns_at_least_what_was_asked_and_is_paid_in_coins(
    cost: Money, percent: int
) -> None:
    asked = price(cost, percent)
    assert asked.rupiah * 100 >= cost.rupiah * (100 + percent)
    assert asked.rupiah % 100 == 0


@given(st.integers(1, 10_000_000).map(Money), st.integers(100, 1_000_000).map(Money))
def test_on_the_day_it_is_saved_and_not_the_day_before(wanted: Money, a_day: Money) -> None:
    days = days_of_saving(wanted, a_day)
    assert (days - 1) * a_day.rupiah < wanted.rupiah <= days * a_day.rupiah


def test_the_first_day_counts() -> None:
    today = date(2026, 11, 23)
    assert day_it_is_saved(today, Money(10_000), Money(10_000)) == today
    assert day_it_is_saved(today, Money(400_000), Money(10_000)) == date(2027, 1, 1)
    assert day_it_is_saved(today, NOTHING, Money(10_000)) == today
