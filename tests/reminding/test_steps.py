"""A word about her guide: once a week, at most three times, never where she or the group rests."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from bot.domain import habit_changes
from bot.domain.guides import GuideMoved, StepState
from storage.outgoing import outbox
from tests.reminding.conftest import Village


def steps(village: Village) -> list[tuple[int, int]]:
    """Member and day of the month of every word about a guide."""
    with village.store.engine.begin() as db:
        rows = db.execute(select(outbox).where(outbox.c.kind == "step")).all()
    return sorted((row.member, row.day.day) for row in rows)


def moves(village: Village, step: str = "siap", **more: object) -> None:
    """Sari says something of a step, at the hour it is."""
    with village.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        sari = books.member(home.id, 2).person
        state = more.pop("state", StepState.DONE)
        assert isinstance(state, StepState)
        books.record(GuideMoved(sari, str(more.pop("guide", "oss")), step, state, bool(more)))


@pytest.fixture
def begun(village: Village) -> Village:
    """Sari did a step on Monday at nine."""
    village.at(9)
    moves(village)
    return village


def look(village: Village, hour: float, day: int) -> None:
    village.at(hour, day=day)
    village.watcher().look()


def test_a_week_later_at_ten_and_once(begun: Village) -> None:
    look(begun, 10, 6)
    look(begun, 9.5, 7)
    assert steps(begun) == []
    look(begun, 10, 7)
    look(begun, 10.1, 7)
    look(begun, 10, 8)
    assert steps(begun) == [(2, 30)]


def test_three_weeks_and_no_more(begun: Village) -> None:
    for day in range(6, 36):
        look(begun, 11, day)
    assert steps(begun) == [(2, 7), (2, 14), (2, 30)]
    begun.at(12, day=40)
    moves(begun, "buka")
    look(begun, 12.5, 47)
    assert len(steps(begun)) == 4


def test_not_in_the_quiet_hours(begun: Village) -> None:
    look(begun, 21.5, 7)
    assert steps(begun) == []
    begun.change_group(quiet_from=time(9, 45))
    look(begun, 10, 8)
    assert steps(begun) == []


@pytest.mark.parametrize(
    "rest", [{"rest_until": date(2026, 11, 30)}, {"rest_days": 1}, {"remind_at": None}]
)
def test_not_while_she_rests_or_wants_none(begun: Village, rest: dict[str, object]) -> None:
    begun.change(**rest)
    look(begun, 10, 7)
    assert steps(begun) == []


def test_not_while_the_group_rests(begun: Village) -> None:
    with begun.store.transaction() as books:
        (home,) = books.groups_led(books.mentors(1)[0])
        day = date(2026, 11, 30)
        books.record(habit_changes.GroupRestSet(home, day, day + timedelta(days=1), "Libur"))
    look(begun, 10, 7)
    assert steps(begun) == []
    look(begun, 10, 9)
    assert steps(begun) == [(2, 2)]


def test_not_when_it_has_ended_or_she_wants_no_more(begun: Village) -> None:
    moves(begun, "nib", ends=True)
    look(begun, 10, 7)
    assert steps(begun) == []
    moves(begun, "", guide="pasar", state=StepState.PAUSED)
    look(begun, 10, 21)
    assert steps(begun) == []
    moves(begun, "foto", guide="pasar")
    look(begun, 10, 28)
    assert steps(begun) == [(2, 21)]


def test_one_word_for_two_guides(begun: Village) -> None:
    moves(begun, "foto", guide="pasar")
    look(begun, 10, 8)
    assert steps(begun) == [(2, 1)]
