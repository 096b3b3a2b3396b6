"""Who was away, as mentors write it."""

import pytest

from bot.domain.meetings import Attendance
from bot.domain.people import Member, Person
from bot.talk.answers import Got
from handlers.attendance import ALL_THERE, who_came, who_was_away, will_come

_MEMBERS = [
    Member(1, number, Person(number, name))
    for number, name in enumerate(("Sari", "Ani", "Tuti"), 1)
]
_MARKS = who_was_away(_MEMBERS)


@pytest.mark.parametrize(
    ("words", "excused", "absent"),
    [
        ("semua hadir", (), ()),
        ("Lengkap.", (), ()),
        ("izin Sari", (1,), ()),
        ("Izin: bu sari dan ani", (1, 2), ()),
        ("izin sari sama ani", (1, 2), ()),
        ("sakit Ani + Sari", (1, 2), ()),
        ("sakit Ani; tidak hadir Tuti", (2,), (3,)),
        ("tanpa kabar Tuti\nizin Ani", (2,), (3,)),
    ],
)
def test_names_behind_a_reason_are_marked(
    words: str, excused: tuple[int, ...], absent: tuple[int, ...]
) -> None:
    wanted = dict.fromkeys(excused, Attendance.EXCUSED) | dict.fromkeys(absent, Attendance.ABSENT)
    assert _MARKS.read(words) == Got(wanted)
    assert _MARKS.recall(_MARKS.keep(wanted)) == Got(wanted)


@pytest.mark.parametrize("words", ["Sari", "izin Wati", "besok saja", "Tuti izin"])
def test_what_is_not_clear_is_no_answer(words: str) -> None:
    assert _MARKS.read(words) is None


def test_the_button_and_what_no_longer_fits() -> None:
    assert _MARKS.recall(ALL_THERE) == Got({})
    assert _MARKS.recall("[1") is None


@pytest.mark.parametrize(
    "words", ["sari sama ani", "Sari Sama Bu Ani", "sari serta ani", "Sari & Ani"]
)
def test_names_of_those_who_came(words: str) -> None:
    assert who_came(_MEMBERS).read(words) == Got((_MEMBERS[0], _MEMBERS[1]))


@pytest.mark.parametrize(
    ("words", "comes"),
    [
        ("insyaallah bu", True),
        ("insya Allah", True),
        ("Insha Allah saya datang", True),
        ("insyaallah kalau tidak hujan", True),
        ("datang bu", True),
        ("hadir", True),
        ("saya usahakan", True),
        ("insyaallah tidak bisa", False),
        ("gak ikut dulu bu", False),
        ("berhalangan bu", False),
        ("bu besok saya tidak bisa ikut kumpul", False),
        ("maaf bu gak jadi datang", False),
        ("ora iso teko", False),
        ("izin ya bu anak sakit", False),
        ("belum bisa datang bu", False),
        ("insyaallah kalau gak ada halangan", True),
        ("pasti datang, gak akan telat", True),
        ("bisa bu, mau ikut", True),
        ("InsyaAlloh", True),
        ("👍", True),
        ("belum tau bisa datang apa enggak", None),
        ("jadi datang gak bu?", None),
        ("insyaallah, jam berapa bu?", None),
        ("entahlah", None),
    ],
)
def test_whether_she_comes(words: str, comes: bool | None) -> None:  # noqa: FBT001
    assert will_come().read(words) == (None if comes is None else Got(comes))
