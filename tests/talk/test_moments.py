"""A day and an hour in one answer, as mentors write them."""

from __future__ import annotations

from datetime import date, time

import pytest

from bot.domain.broadcasts import At
from bot.talk.answers import Got
from bot.talk.moments import moment, now_or_then

#: A Monday.
TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("words", "day", "clock"),
    [
        ("besok jam 9", 24, time(9)),
        ("besok", 24, time(9)),
        ("jam 4 sore", 23, time(16)),
        ("Jumat jam 16.30", 27, time(16, 30)),
        ("lusa pagi jam 7", 25, time(7)),
        ("tgl 30 jam 8 malam", 30, time(20)),
    ],
)
def test_what_is_left_out_is_today_or_nine(words: str, day: int, clock: time) -> None:
    answer = moment(TODAY)
    expected = At(date(2026, 11, day), clock)
    assert answer.read(words) == Got(expected)
    assert answer.recall(answer.keep(expected)) == Got(expected)


@pytest.mark.parametrize("words", ["terserah", "", "kemarin jam 9", "30 Juni 2028 jam 9"])
def test_what_is_no_day_to_come_is_no_answer(words: str) -> None:
    assert moment(TODAY).read(words) is None


def test_when_she_says_it_at_once_it_is_not_asked_again() -> None:
    names = {"now": ("sekarang",), "later": ("nanti",), "weekly": ()}
    answer = now_or_then(TODAY, names)
    assert answer.read("sekarang") == Got("now")
    assert answer.read("besok jam 9") == Got("later 2026-11-24T09:00")
    assert answer.read("tiap Jumat jam 9") == Got("weekly 2026-11-27T09:00")
    assert answer.recall("later 2026-11-24T09:00") == Got("later 2026-11-24T09:00")
    assert answer.recall("later kapan") is None
    once = now_or_then(TODAY, {"now": (), "later": ()})
    assert once.read("tiap Jumat jam 9") is None
