"""Numbers as the Unicode CLDR spells Indonesian, by its own rules, read back right."""

from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words
from unicode_rbnf import RbnfEngine

from bot.talk.understand import read_amount

ENGINE = RbnfEngine.for_language("id")


def spell(number: int) -> str:
    """A number by CLDR's rules."""
    return ENGINE.format_number(number).text


def reads_back(number: int) -> None:
    amount = read_amount(f"setor {spell(number)} rupiah")
    assert not amount.sure or amount.rupiah == number
    assert number in amount.candidates


def test_both_spellers_are_understood_alike() -> None:
    assert spell(21_115) == num2words(21_115, lang="id")


def test_every_number_up_to_ten_thousand() -> None:
    for number in range(1, 10_001):
        reads_back(number)


@given(st.integers(10_000, 999_999_999))
def test_large_numbers(number: int) -> None:
    reads_back(number)
