"""Days and hours: read right or asked about."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.understand import read_clock, read_day

WEDNESDAY = dt.date(2026, 11, 25)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("hari ini", 0), ("tadi pagi", 0), ("tadi malam", -1), ("semalam", -1), ("kmrn", -1),
        ("kemarin lusa", -2), ("kemarin dulu", -2), ("dua hari lalu", -2), ("2 minggu lalu", -14),
        ("senin kemarin", -2), ("hari senin", -2), ("tgl 3", -22), ("3/11", -22), ("3-11-2026", -22),
        ("3 Nov", -22), ("tanggal tiga", -22), ("rabu, 25 november", 0), ("wingi", -1), ("seminggu lalu", -7),
    ],
)  # fmt: skip
def test_looking_back(text: str, days: int) -> None:
    day = read_day(f"setor 10rb {text}", WEDNESDAY)
    assert (day.date, day.sure) == (WEDNESDAY + dt.timedelta(days=days), True)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("besok", 1), ("bsk", 1), ("lusa", 2), ("3 hari lagi", 3), ("2 minggu lagi", 14), ("senin depan", 5),
        ("hari senin", 5), ("tgl 30", 5), ("1 desember", 6), ("sesuk", 1), ("nanti malam", 0),
    ],
)  # fmt: skip
def test_looking_ahead(text: str, days: int) -> None:
    day = read_day(f"libur {text}", WEDNESDAY, looking="ahead")
    assert (day.date, day.sure) == (WEDNESDAY + dt.timedelta(days=days), True)


@pytest.mark.parametrize(
    "text",
    ["besok", "lusa", "awal bulan", "akhir bulan", "minggu lalu", "jumat depan", "malam jumat", "hari rabu",
     "tiap senin", "kemarin atau tadi", "tgl 30", "3-11", "sampai besok", "kemarin-kemarin"],
)  # fmt: skip
def test_asked(text: str) -> None:
    assert not read_day(f"setor 10rb {text}", WEDNESDAY).sure


@pytest.mark.parametrize(
    "text", ["setor 10rb", "setengah juta", "2 hari", "minggu ini", "1/2 juta", "19.30"]
)
def test_no_day(text: str) -> None:
    assert read_day(text, WEDNESDAY).date is None


@given(st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31)))
def test_full_dates_read_back(date: dt.date) -> None:
    for text in (
        f"{date.day}/{date.month}/{date.year}",
        date.isoformat(),
        f"{date.day}-{date.month}-{date.year}",
    ):
        day = read_day(f"setor tgl {text}", dt.date(2036, 1, 1))
        assert (day.date, day.sure) == (date, True)


@given(st.text(max_size=120), st.dates(dt.date(2024, 1, 1), dt.date(2035, 12, 31)))
def test_any_text_is_read_without_error(text: str, today: dt.date) -> None:
    for looking in ("back", "ahead"):
        day = read_day(text, today, looking="back" if looking == "back" else "ahead")
        assert not day.sure or day.date
    read_clock(text)


@pytest.mark.parametrize(
    ("text", "hour", "minute"),
    [
        ("ingatkan jam 7 malam", 19, 0), ("19.00", 19, 0), ("setengah 8 malam", 19, 30), ("jam 12 siang", 12, 0),
        ("jam tujuh pagi", 7, 0), ("pukul 19:30 wib", 19, 30), ("nanti malam jam 8", 20, 0), ("07.00", 7, 0),
        ("jam 8 kurang 10 pagi", 7, 50), ("jam 2 siang", 14, 0), ("jam 4 sore", 16, 0), ("jam 21", 21, 0),
    ],
)  # fmt: skip
def test_clock(text: str, hour: int, minute: int) -> None:
    clock = read_clock(text)
    assert (clock.time, clock.sure) == (dt.time(hour, minute), True)


def test_an_hour_without_a_part_of_the_day_is_asked() -> None:
    clock = read_clock("jam 7")
    assert not clock.sure
    assert clock.candidates == (dt.time(7), dt.time(19))
