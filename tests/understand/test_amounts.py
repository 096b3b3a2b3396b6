"""Amounts of money: read right or asked about, never wrong and sure."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from num2words import num2words

from bot.talk.understand import read_amount


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("setor 10rb", 10_000), ("setor10rb", 10_000), ("Rp10.000,-", 10_000), ("Rp 10.000,00", 10_000),
        ("1,5jt", 1_500_000), ("2 ratus ribu", 200_000), ("20 lima ribu", 25_000), ("goceng", 5_000),
        ("cepek ceng", 100_000), ("cetiao", 1_000_000), ("rong ewu", 2_000), ("sewu", 1_000),
        ("limang ewu", 5_000), ("satu setengah juta", 1_500_000), ("dua setengah ribu", 2_500),
        ("setengah juta", 500_000), ("sribu", 1_000), ("seribuu", 1_000), ("limaribu", 5_000),
        ("duapuluh lima ribu", 25_000), ("1 juta 200 ribu", 1_200_000), ("500 perak", 500),
        ("awak semalam udah kasih bu Rina dua puluh ribu", 20_000), ("jam 10 setor 5rb", 5_000),
        ("setor 10rb tgl 3", 10_000), ("Rp10.000 (sepuluh ribu)", 10_000), ("setor 5000", 5_000),
    ],
)  # fmt: skip
def test_sure(text: str, rupiah: int) -> None:
    assert read_amount(text).rupiah == rupiah
    assert read_amount(text).sure


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("nabung 20", 20_000), ("setor lima puluh", 50_000), ("5,000", 5_000), ("25.5k", 25_500),
        ("cepek", 100_000), ("gocap", 50_000), ("jigo", 25), ("2 juta 300", 2_300_000),
        ("satu juta lima ratus", 1_000_500), ("setor 10rb atau 20rb", 20_000),
        ("tarik 50rb dari 200rb", 50_000), ("eh salah, 15rb bukan 10rb", 15_000),
        ("sekitar 10rb", 10_000), ("10ribuan", 10_000), ("dua puhul lima ribu", 5_000),
        ("3 kali 10rb", 30_000), ("3 lembar 5 ribuan", 15_000), ("10 000", 10_000), ("setor 10.00", 10_000), ("10-20rb", 20_000),
        ("kalau nabung 10rb sehari setahun jadi berapa?", 10_000), ("10.000rb", 10_000),
    ],
)  # fmt: skip
def test_asked(text: str, wanted: int) -> None:
    amount = read_amount(text)
    assert not amount.sure
    assert wanted in amount.candidates


@pytest.mark.parametrize(
    ("text", "rupiah"),
    [
        ("3 lembar 5 ribuan sama receh 2500", 17_500), ("5rb 2 lembar dan koin 500", 10_500),
        ("2 lembar 20rb, 1 lembar 5rb", 45_000),
    ],
)  # fmt: skip
def test_notes_and_coins_are_added_up_and_asked(text: str, rupiah: int) -> None:
    amount = read_amount(text)
    assert (amount.rupiah, amount.sure) == (rupiah, False)


@pytest.mark.parametrize(
    "text",
    [
        "jam 10", "tgl 10", "no 3", "hari ke-10", "kbli 56102", "08123456789", "0812-3456-7890",
        "+62 812 3456 7890", "1271012345678901", "2 hari", "3 orang", "5 menit", "saban hari", "anak saya 3",
        "3/11/2026", "3 november", "19.30", "sama2 bu", "salah satu", "umur 45", "rt 3 rw 2", "10 ribu orang",
        "langkah 3", "besok jam 7 malam", "nib saya 1234567890123", "kelompok 5", "lima bungkus", "10%",
    ],
)  # fmt: skip
def test_not_money(text: str) -> None:
    assert read_amount(text).rupiah is None


def _dotted(number: int) -> str:
    return f"{number:,}".replace(",", ".")


@given(st.integers(1_000, 999_999_999))
def test_written_with_dots_reads_back(number: int) -> None:
    for text in (
        f"setor Rp{_dotted(number)}",
        f"nabung {_dotted(number)},- ya bu",
        f"Rp {_dotted(number)},00",
    ):
        assert read_amount(text).rupiah == number
        assert read_amount(text).sure


@given(st.integers(1, 999))
def test_thousands_read_back(thousands: int) -> None:
    for unit in ("rb", " rb", "k", " ribu", "ribu", "rebu"):
        amount = read_amount(f"bu aku nabung {thousands}{unit} ya")
        assert (amount.rupiah, amount.sure) == (thousands * 1000, True)


def _never_silently_wrong(number: int, spelled: str) -> None:
    for text in (f"setor {spelled}", f"nabung {spelled} rupiah ya bu"):
        amount = read_amount(text)
        if amount.sure:
            assert amount.rupiah == number, text
        assert number in amount.candidates, text


@pytest.mark.parametrize("start", range(1, 10_001, 1_000))
def test_every_number_in_words_up_to_ten_thousand(start: int) -> None:
    for number in range(start, start + 1_000):
        _never_silently_wrong(number, num2words(number, lang="id"))


@given(st.integers(10_000, 999_999_999))
def test_large_numbers_in_words(number: int) -> None:
    _never_silently_wrong(number, num2words(number, lang="id"))


@given(st.integers(1, 999).map(lambda n: n * 1000), st.data())
def test_one_slip_is_never_silently_wrong(number: int, data: st.DataObject) -> None:
    spelled = num2words(number, lang="id")
    place = data.draw(st.integers(0, len(spelled) - 1))
    letter = data.draw(st.sampled_from(["", "a", "h", "l", spelled[place] * 2]))
    amount = read_amount("setor " + spelled[:place] + letter + spelled[place + 1 :])
    assert not amount.sure or amount.rupiah == number


@given(st.text(max_size=200))
def test_any_text_is_read_without_error(text: str) -> None:
    amount = read_amount(text)
    assert not amount.sure or amount.rupiah
