"""Numbers of pieces, per cent, and how long something takes."""

from __future__ import annotations

import pytest

from bot.talk.answers import Doubt, Got
from bot.talk.durations import duration
from bot.talk.quantities import whole_number


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("40", 40),
        ("40 bungkus", 40),
        ("jadi 25 biji", 25),
        ("lima puluh", 50),
        ("sepuluh", 10),
        ("1.200", 1_200),
        ("30%", 30),
        ("30 persen", 30),
        ("banyak", None),
        ("", None),
        ("0", None),
        ("20 atau 30", None),
    ],
)
def test_a_whole_number(words: str, number: int | None) -> None:
    read = whole_number(1, 5_000).read(words)
    assert read == (None if number is None else Got(number))


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("2 jam", 120),
        ("2", 120),
        ("90 menit", 90),
        ("1,5 jam", 90),
        ("1.5 jam", 90),
        ("setengah jam", 30),
        ("2 jam setengah", 150),
        ("2 jam 30 menit", 150),
        ("dua jam", 120),
        ("satu setengah jam", 90),
        ("1 jam setengah", 90),
        ("45 mnt", 45),
        ("sejam", 60),
        ("3jam", 180),
        ("40 menit", 40),
        ("dua jam 30 menit", 150),
        ("1/2 jam", 30),
        ("1½ jam", 90),
        ("20 jam", 1_200),
        ("dari jam 6 sampai jam 9", 180),
        ("jam 6 pagi sampai jam 9", 180),
        ("jam enam sampai sembilan", 180),
        ("jam 6-9", 180),
        ("jam 9 sampai jam 2", 300),
        ("jam 8 malam sampai jam 2 pagi", 360),
        ("06.30 s/d 09.00", 150),
        ("mulai jam 6 selesai jam 9", 180),
        ("subuh sampai zuhur", 450),
        ("jam 6 sampai selesai", None),
        ("jam 6 terus jam 9", None),
        ("2 hari", None),
        ("lama", None),
        ("", None),
        ("1000 jam", None),
    ],
)
def test_how_long(words: str, minutes: int | None) -> None:
    assert duration().read(words) == (None if minutes is None else Got(minutes))


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        ("40", (40, 2_400)),
        ("empat puluh", (40, 2_400)),
        ("200", (200,)),
        ("jam 6", (360,)),
        ("2-3 jam", (120, 180)),
        ("30 sampai 45 menit", (30, 45)),
        ("6 sampai 9", (180, 360, 540)),
    ],
)
def test_how_long_is_asked_again(words: str, minutes: tuple[int, ...]) -> None:
    assert duration().read(words) == Doubt(minutes)


def test_what_is_kept_is_recalled() -> None:
    pieces, long = whole_number(1, 100), duration()
    assert pieces.recall(pieces.keep(40)) == Got(40)
    assert pieces.recall("400") is None
    assert long.recall(long.keep(90)) == Got(90)
    assert [choice.value for choice in whole_number(1, 100, (20, 30)).choices] == ["20", "30"]
