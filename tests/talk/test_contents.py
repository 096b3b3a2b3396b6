"""What somebody who counts a box says: an amount, note by note, or that she is still at it."""

from __future__ import annotations

import pytest

from bot.domain.money import Money
from bot.talk.answers import Doubt, Got
from bot.talk.contents import contents


@pytest.mark.parametrize(
    ("words", "rupiah"),
    [
        ("50rb 1 lembar 10rb 1", 60_000),
        ("2x20rb sama 2x10rb", 60_000),
        ("20rb x 2, 10rb x 2", 60_000),
        ("2 lembar 20rb dan 2 lembar 10rb", 60_000),
        ("50.000 1 lembar, 500 perak 3", 51_500),
        ("100rb 2 50rb 3 5rb 4", 370_000),
        ("seratus ribu 2", None),
        ("3rb 2 lembar", None),  # there is no such note
    ],
)
def test_notes_are_added_up_and_the_sum_is_asked_about(words: str, rupiah: int | None) -> None:
    found = contents().read(words)
    assert (found == Doubt((Money(rupiah or 0),))) == (rupiah is not None)


@pytest.mark.parametrize("words", ["60rb", "isinya 60rb bu", "total semuanya enam puluh ribu"])
def test_an_amount_by_itself_is_what_was_counted(words: str) -> None:
    assert contents().read(words) == Got(Money(60_000))


def test_an_amount_in_a_chat_is_asked_about() -> None:
    assert contents().read("eh anak saya minta jajan 5rb") == Doubt((Money(5_000),))


@pytest.mark.parametrize("words", ["kosong bu", "0", "tidak ada", "nol"])
def test_an_empty_box(words: str) -> None:
    assert contents().read(words) == Got(Money(0))


@pytest.mark.parametrize(
    "words",
    ["sebentar bu anak saya nangis", "uangnya lecek semua hehe", "belum bu", "masih ngitung"],
)
def test_she_is_still_counting(words: str) -> None:
    assert contents().read(words) == Got(None)
    assert contents(patient=False).read(words) is None


@pytest.mark.parametrize("words", ["uangnya boleh yang robek?", "gak jadi", "kerupuk"])
def test_what_is_no_answer(words: str) -> None:
    assert contents().read(words) is None


@pytest.mark.parametrize("kept", ["60000", "empty", "still"])
def test_what_is_kept_comes_back(kept: str) -> None:
    recalled = contents().recall(kept)
    assert recalled is not None
    assert contents().keep(recalled.value) == kept
