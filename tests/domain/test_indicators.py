"""Indicators count the same people before and after, each on the day she answered."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.indicators import WEEKS, Indicator, Signs, measured
from bot.domain.surveys import Round, Survey

FIRST, LAST = date(2026, 11, 23), date(2027, 2, 22)
SARI, ANI, TUTI = 2, 3, 4


def _counted(signs: Signs) -> dict[Indicator, tuple[int, int, int]]:
    before = Survey(Round.BEFORE, {}, {SARI: FIRST, ANI: FIRST})
    after = Survey(Round.AFTER, {}, {SARI: LAST, TUTI: LAST})
    found = measured(signs, before, after)
    return {one.indicator: (one.people, one.before, one.after) for one in found}


def test_who_answered_only_once_is_not_counted() -> None:
    seen = {SARI: [LAST], ANI: [FIRST], TUTI: [LAST]}
    assert _counted({Indicator.NIB: seen})[Indicator.NIB] == (1, 0, 1)


def test_what_was_so_before_is_so_after_and_what_came_later_is_not() -> None:
    found = _counted(
        {
            Indicator.NIB: {SARI: [FIRST]},
            Indicator.LISTING: {SARI: [LAST + timedelta(days=1)]},
        }
    )
    assert found[Indicator.NIB] == (1, 1, 1)
    assert found[Indicator.LISTING] == (1, 0, 0)
    assert found[Indicator.ANSWERED] == (1, 0, 0)


def test_saving_regularly_is_something_in_each_of_the_last_weeks() -> None:
    weekly = [LAST - timedelta(days=7 * week + 6) for week in range(WEEKS)]
    assert _counted({Indicator.SAVES: {SARI: weekly}})[Indicator.SAVES] == (1, 0, 1)
    assert _counted({Indicator.SAVES: {SARI: weekly[1:]}})[Indicator.SAVES] == (1, 0, 0)
    every_day_of_one = [LAST - timedelta(days=day) for day in range(7)]
    assert _counted({Indicator.SAVES: {SARI: every_day_of_one}})[Indicator.SAVES] == (1, 0, 0)
