"""When the box is counted, and before whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise

import pytest

from bot.domain.calendar import Zone
from bot.domain.cash import (
    MOST_WITNESSES,
    NEAR_END,
    chance_of_count,
    count_is_due,
    witness_of,
)
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person

DAY = date(2026, 11, 23)
GROUP = Group(1, "Melati", "Tanjung Jati", Zone.WIB, None, "ABCD01", head="1586b4c0")
SELDOM, OFTEN = 1 / 14, 1 / 3
RINA, SARI, ANI, TUTI, LINA = (
    Member(1, number, Person(number, name, reachable=name != "Tuti"))
    for number, name in enumerate(("Rina", "Sari", "Ani", "Tuti", "Lina"), start=1)
)
MEMBERS, DEWI = (RINA, SARI, ANI, TUTI, LINA), Person(9, "Dewi", reachable=True)


def chance(rupiah: int, left: int | None = None) -> float:
    ends_on = None if left is None else DAY + timedelta(days=left)
    return chance_of_count(GROUP, Money(rupiah), DAY, ends_on)


def drawn(
    present: set[int], *but: Person, members: tuple[Member, ...] = MEMBERS, days: int = 30
) -> set[Person | None]:
    """Who is ever drawn beside Rina, on many days."""
    return {
        witness_of(RINA, members, present, [DEWI], GROUP.head, DAY + timedelta(days=day), but)
        for day in range(days)
    }


def test_an_empty_box_is_never_counted() -> None:
    assert chance(0, left=0) == 0
    days = [DAY + timedelta(days=day) for day in range(100)]
    assert not any(count_is_due(GROUP, NOTHING, day, DAY) for day in days)


def test_with_the_box_it_goes_from_once_in_14_days_to_once_in_3() -> None:
    assert chance(100) == pytest.approx(SELDOM, rel=1e-3)
    assert chance(1_000_000) == pytest.approx((SELDOM + OFTEN) / 2)
    assert chance(2_000_000) == pytest.approx(
        OFTEN
    )  # what a group keeps at most, if it says nothing
    assert chance(9_000_000) == pytest.approx(OFTEN)


def test_with_the_last_60_days_it_goes_from_once_in_14_days_to_once_in_3() -> None:
    assert chance(100, left=NEAR_END) == chance(100, left=400) == chance(100)
    assert chance(100, left=30) == pytest.approx((SELDOM + OFTEN) / 2)
    assert chance(100, left=0) == chance(100, left=-5) == pytest.approx(OFTEN)


def test_it_never_falls_while_the_box_grows_or_the_end_comes_near() -> None:
    by_box = [chance(rupiah, left=45) for rupiah in range(100, 3_000_000, 50_000)]
    by_days = [chance(300_000, left=left) for left in range(90, -10, -1)]
    for chances in (by_box, by_days):
        assert all(before <= after for before, after in pairwise(chances))


def test_as_often_as_the_chance_says() -> None:
    days = [DAY + timedelta(days=day) for day in range(3000)]
    often = sum(count_is_due(GROUP, GROUP.cap, day, None) for day in days)
    assert often / len(days) == pytest.approx(OFTEN, abs=0.03)


def test_a_nearly_empty_box_is_counted_more_often_when_the_end_is_near() -> None:
    days = [DAY + timedelta(days=day) for day in range(3000)]
    often = sum(count_is_due(GROUP, Money(100), day, day) for day in days)
    seldom = sum(count_is_due(GROUP, Money(100), day, None) for day in days)
    assert often / len(days) == pytest.approx(OFTEN, abs=0.03)
    assert seldom / len(days) == pytest.approx(SELDOM, abs=0.02)


def test_nobody_knows_the_drawn_days_before_the_newest_seal() -> None:
    def drawn_days(head: str) -> list[int]:
        group = replace(GROUP, head=head)
        days = range(200)
        return [at for at in days if count_is_due(group, GROUP.cap, DAY + timedelta(at), None)]

    assert drawn_days("1586b4c0") != drawn_days("1586b4c1")
    assert drawn_days("1586b4c0") == drawn_days("1586b4c0")


def test_nobody_knows_the_witness_before_the_newest_seal() -> None:
    present = {SARI.number, ANI.number}
    by_seal = [witness_of(RINA, MEMBERS, present, [DEWI], str(seal), DAY) for seal in range(20)]
    assert set(by_seal) == {SARI.person, ANI.person}


def test_who_looks_on_is_no_matter_of_whether_it_is_counted() -> None:
    """On the days that are drawn each of two is the witness about as often."""
    days = [DAY + timedelta(at) for at in range(2000)]
    due = [day for day in days if count_is_due(GROUP, Money(100), day, None)]
    present = {SARI.number, ANI.number}
    saw = [witness_of(RINA, MEMBERS, present, [DEWI], GROUP.head, day) for day in due]
    assert saw.count(SARI.person) / len(due) == pytest.approx(0.5, abs=0.15)


def test_a_mentor_without_a_chat_is_no_witness_and_nobody_is_none() -> None:
    gone = replace(DEWI, reachable=False)
    assert witness_of(RINA, (RINA, TUTI), (), [gone], GROUP.head, DAY) is None
    assert witness_of(RINA, (RINA, TUTI), (), [], GROUP.head, DAY) is None


def test_the_witness_is_one_of_those_who_were_there_and_not_the_holder() -> None:
    assert drawn({RINA.number, SARI.number, ANI.number, TUTI.number}) == {SARI.person, ANI.person}


def test_when_nobody_was_there_any_member_with_a_phone_is_drawn() -> None:
    assert drawn({RINA.number, TUTI.number}) == {SARI.person, ANI.person, LINA.person}


def test_when_no_member_has_a_phone_the_mentor_is_asked() -> None:
    assert drawn({RINA.number}, members=(RINA, TUTI)) == {DEWI}


def test_who_did_not_see_it_is_not_asked_again() -> None:
    assert drawn({SARI.number, ANI.number}, SARI.person) == {ANI.person}
    assert drawn({SARI.number, ANI.number}, SARI.person, ANI.person) == {LINA.person}


def test_after_three_it_is_counted_again() -> None:
    asked = [SARI.person, ANI.person, LINA.person]
    assert len(asked) == MOST_WITNESSES
    assert drawn({SARI.number}, *asked) == {None}
