"""What is left of what came in."""

from __future__ import annotations

from datetime import date

from bot.domain.money import NOTHING, Money
from bot.domain.notebook import Jotting, NoteKind, takings, week_of

MONDAY = date(2026, 11, 23)


def test_what_came_in_less_what_went_out() -> None:
    lines = [
        Jotting(1, NoteKind.SOLD, Money(150_000), MONDAY),
        Jotting(2, NoteKind.BOUGHT, Money(80_000), MONDAY),
        Jotting(3, NoteKind.BOUGHT, Money(90_000), MONDAY),
    ]
    sums = takings(lines)
    assert (sums.came_in, sums.went_out) == (Money(150_000), Money(170_000))
    assert sums.left == Money(-20_000)
    assert takings([]).left == NOTHING


def test_a_week_begins_on_monday() -> None:
    assert week_of(MONDAY) == MONDAY
    assert week_of(date(2026, 11, 29)) == MONDAY
    assert week_of(date(2026, 11, 30)) == date(2026, 11, 30)
