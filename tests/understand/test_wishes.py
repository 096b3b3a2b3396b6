"""What she wants: commands, guards around money, several wishes at once, and the JSON of the contract."""

import datetime as dt
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.talk.understand import WISHES, guess, parts, understand

MONDAY = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("setor 10rb", "setor"), ("10rb", "setor"), ("Nabung goceng ya bu", "setor"), ("/saldo", "saldo"),
        ("SALDO", "saldo"), ("riwayat", "riwayat"), ("buku", "riwayat"), ("tarik 20rb", "tarik"),
        ("libur", "izin_libur"), ("profil", "profil"), ("target 500rb", "profil"), ("data saya", "profil"),
        ("batal", "batal"), ("gak jadi setor 10rb", "batal"), ("koreksi", "batal"), ("bantuan", "bantuan"),
        ("pendamping", "mentor"), ("ingatkan jam 19.00", "jadwal"), ("oss", "oss"), ("konsultasi", "konsultasi"),
        ("kbli keripik pisang", "oss"), ("pasar", "marketplace"), ("berhenti", "berhenti"), ("p", "sapaan"),
        ("hapus data", "hapus_data"), ("assalamualaikum", "sapaan"), ("🙏", "sapaan"), ("brp duitku skrg", "saldo"),
        ("bu aq mw nabung goceng ya", "setor"), ("gmn cara bikin nib", "oss"),
        ("ane kaga ada duit hari ini, entar aje", "izin_libur"),
        ("awak semalam udah kasih bu Rina dua puluh ribu", "setor"),
    ],
)  # fmt: skip
def test_acted_on_alone(text: str, wish: str) -> None:
    assert (guess(text).name, guess(text).choices) == (wish, ())


@pytest.mark.parametrize(
    "text",
    [
        "mau tanya setor 10rb", "kalau nabung 10rb sehari setahun jadi berapa?", "boleh setor 5rb?",
        "setor 10rb bisa?", "berapa kalau setor 10rb", "bu mau curhat, nabung 5rb kok susah ya",
        "apa setor 10rb tiap hari wajib?", "gak jadi setor 10rb", "belum bisa nabung 10rb",
        "besok nabung 20rb ya", "tarik 50rb bisa gak?", "kenapa setor 10rb ditolak",
    ],
)  # fmt: skip
def test_a_question_a_plan_or_a_denial_never_books(text: str) -> None:
    wish = guess(text)
    assert wish.choices or wish.name not in {"setor", "tarik"}


@pytest.mark.parametrize(
    "text", ["yang tadi itu lho", "yang itu", "yang atas", "tadi pagi bu", "ga salah"]
)
def test_pointing_back_undoes_nothing(text: str) -> None:
    wish = guess(text)
    assert wish.choices or wish.name != "batal"


@given(
    st.sampled_from(["mau tanya", "bu mau nanya", "curhat dong bu", "konsultasi bu,"]),
    st.integers(1, 500),
    st.sampled_from(
        ["setor {}rb", "nabung {} ribu", "tarik {}rb", "kalau setor {}rb tiap hari gimana"]
    ),
)
def test_asking_never_moves_money(opening: str, thousands: int, said: str) -> None:
    wish = guess(f"{opening} {said.format(thousands)}")
    assert wish.choices or wish.name not in {"setor", "tarik"}


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("setor 10rb, saldo berapa?", ("setor 10rb", "saldo berapa?")),
        ("setor 10rb sama saldo", ("setor 10rb", "saldo")),
        ("cek saldo terus riwayat", ("cek saldo", "riwayat")),
        ("eh salah, 15rb bukan 10rb", ("eh salah, 15rb bukan 10rb",)),
        ("Sari 10rb, Ani 5rb", ("Sari 10rb, Ani 5rb",)),
        ("mau tanya, setor 10rb", ("mau tanya, setor 10rb",)),
        ("libur dulu, besok nabung 20rb", ("libur dulu, besok nabung 20rb",)),
        ("kasih uang 10rb sama bu rina", ("kasih uang 10rb sama bu rina",)),
        ("setor 10rb", ("setor 10rb",)),
    ],
)
def test_several_wishes_are_parted(text: str, pieces: tuple[str, ...]) -> None:
    assert parts(text) == pieces


def test_json_has_the_keys_of_the_contract() -> None:
    read = understand("nabung 20 kemarin", MONDAY).to_json()
    assert list(read) == [
        "text", "wish", "confidence", "choices", "amount", "amount_sure", "amount_candidates", "date", "date_sure",
    ]  # fmt: skip
    assert json.loads(json.dumps(read)) == read
    assert (read["amount"], read["amount_sure"], read["date"]) == (20_000, False, "2026-11-22")


@given(st.text(max_size=200))
def test_any_text_is_understood_without_error(text: str) -> None:
    read = understand(text, MONDAY)
    assert read.wish.name in WISHES
    assert 0 <= read.wish.confidence <= 1
    assert len(read.wish.choices) <= 3
    assert "".join(parts(text)) or not text.strip()
