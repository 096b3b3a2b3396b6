"""Cutting long texts: nothing is lost, everything fits, bold stays bold."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from bot.pieces import cut, split, units
from bot.ports import Bubble, Button

ASK = (Button("Sudah", "a"),)


def test_what_fits_is_left_alone() -> None:
    bubble = Bubble("halo", ASK, qr="x")
    assert split(bubble, 40, 20) == [bubble]


def test_paragraphs_are_kept_whole_and_buttons_hang_on_the_last() -> None:
    bubble = Bubble("\n\n".join(["satu dua tiga empat lima"] * 3), ASK)
    pieces = split(bubble, 60, 20)
    assert [piece.text.count("satu") for piece in pieces] == [2, 1]
    assert [piece.buttons for piece in pieces] == [(), ASK]


def test_a_picture_goes_ahead_of_words_that_do_not_fit_beside_it() -> None:
    pieces = split(Bubble("kata " * 6, ASK, qr="x"), 40, 20)
    assert [(bool(piece.qr), bool(piece.text)) for piece in pieces] == [
        (True, False),
        (False, True),
    ]
    assert pieces[-1].buttons == ASK


def test_bold_that_is_cut_stays_bold() -> None:
    pieces = cut("*" + "tebal " * 10 + "*", 30)
    assert all(piece.count("*") % 2 == 0 for piece in pieces)
    assert all(piece.startswith("*") for piece in pieces)


@given(st.text(max_size=400), st.integers(8, 60))
def test_everything_is_said_and_fits(text: str, longest: int) -> None:
    pieces = cut(text, longest)
    assert all(units(piece) <= longest for piece in pieces)

    def bare(words: str) -> str:
        return "".join(words.replace("*", "").split())

    assert bare("".join(pieces)) == bare(text)
