"""Guides as data: they read well, lead only to official places, and may be reordered while in use."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.domain.guides import StepKept, StepState
from bot.domain.privacy import looks_secret
from bot.printing.step import step_picture
from bot.talk.guides import BadGuide, Guide, Step, read_guide
from handlers.guidance import guides
from handlers.opens import sells_food

HANDLERS = Path(__file__).parents[2] / "handlers"

#: The only places a text of ours may lead to. A host allows what lies under it as well.
OFFICIAL = {
    "oss.go.id",
    "sppirt.pom.go.id",
    "bpjph.halal.go.id",
    "ptsp.halal.go.id",
    "www.bps.go.id",
    "www.facebook.com",
    "facebook.com",
    "www.canva.com",
    "cekrekening.id",  # the ministry's, in the answer for who was cheated
}
#: Addresses with their beginning, and bare names of places.
ADDRESS = re.compile(
    r"https?://[^\s\"*)]+|\b(?:[a-z0-9-]+\.)+(?:go\.id|co\.id|com|id|net|org|io|ly|me)\b"
)

UNKIND = re.compile(
    r"\b(anda|kamu|user|nasabah|transaksi|gagal|input|valid|otentikasi|bunga|denda|bonus|hadiah|alhamdulillah)\b|!!",
    re.IGNORECASE,
)
NOW = datetime(2026, 11, 23, tzinfo=UTC)

SMALL = """
title = "Coba"
word = "coba"
intro = "Halo."
source = "sendiri"
version = "1"
checked = 2026-11-20
by = "kami"
"""


def small(*ids: str, more: str = "") -> Guide:
    steps = "".join(f'[[steps]]\nid = "{one}"\ntitle = "{one}"\ntext = "…"\n' for one in ids)
    return read_guide("coba", SMALL + steps + more)


def done(*ids: str) -> dict[str, StepKept]:
    return {one: StepKept(one, StepState.DONE, NOW) for one in ids}


def texts() -> list[tuple[str, str]]:
    """Every sentence of every guide, with where it stands."""
    found = []
    for guide in guides().values():
        found += [(guide.id, guide.title), (guide.id, guide.intro)]
        for step in guide.steps:
            where = f"{guide.id}/{step.id}"
            found += [(where, one) for one in (step.title, step.text, step.doubt)]
            found += [(where, one) for each in step.troubles for one in (each.title, each.text)]
    return found


def hosts(text: str) -> set[str]:
    found = {re.sub(r"^https?://", "", one).split("/")[0] for one in ADDRESS.findall(text.lower())}
    return {one for one in found if not any(one == o or one.endswith(f".{o}") for o in OFFICIAL)}


def test_every_address_anywhere_is_an_official_one() -> None:
    strange: dict[str, set[str]] = {}
    for file in [*HANDLERS.rglob("*.toml"), *HANDLERS.rglob("*.md")]:
        lines = file.read_text("utf-8").splitlines()
        # What people may write to tell of a trouble is theirs, and never said.
        said = "\n".join(line for line in lines if not line.startswith("ways"))
        if found := hosts(said) - {"nama@email.com", "email.com", "gmail.com"}:
            strange[file.name] = found
    assert strange == {}


def test_the_check_of_addresses_bites() -> None:
    assert hosts("lihat https://oss-go.id.example.com/x") == {"oss-go.id.example.com"}
    assert hosts("buka oss.co.id dan notoss.go.id") == {"oss.co.id", "notoss.go.id"}
    assert hosts("https://ui-login.oss.go.id/register, oss.go.id/id/kbli/konversi.") == set()


def test_texts_are_short_kind_and_closed() -> None:
    for where, text in texts():
        assert len(text) <= 480, f"{where}: {len(text)}"
        assert text.count("*") % 2 == 0, where
        assert not UNKIND.search(text), f"{where}: {text}"


def test_a_screen_is_read_on_a_small_phone() -> None:
    for guide in guides().values():
        assert len(guide.intro) <= 260, guide.id
        for step in guide.steps:
            where = f"{guide.id} {step.id}"
            assert len(step.text) <= 240, f"{where}: {len(step.text)}"
            paragraphs = step.text.count("\n\n") + 1
            assert paragraphs <= (2 if step.link or step.doubt else 3), where


def test_no_guide_asks_for_what_is_secret() -> None:
    for where, text in texts():
        asks = re.search(
            r"\b(?:kirim|tulis|foto)\w*\b[^.\n]*\b(?:nik|sandi|kode|otp|ktp)\b[^.\n]*ke sini",
            text.lower(),
        )
        assert not asks or "jangan" in asks[0], where


def test_ids_and_buttons_fit() -> None:
    for guide in guides().values():
        assert guide.checked <= date(2026, 11, 23)
        for step in guide.steps:
            assert len(f"=langkah {guide.id} {step.id} bingung") <= 64
            assert re.fullmatch(r"[a-z-]{2,20}", step.id)
            assert len(step.troubles) <= 9
            for one in step.troubles:
                assert re.fullmatch(r"[a-z-]{2,20}", one.id)
                assert len(one.title) <= 24, one.title
                assert one.ways


def test_the_way_to_an_nib_is_whole() -> None:
    oss = guides()["oss"]
    wanted = (
        "siap buka nik kode sandi profil masuk lokasi kegiatan kbli pernyataan terbit simpan nib"
    )
    assert [one.id for one in oss.steps] == wanted.split()
    for unseen in ("kode", "lokasi", "kegiatan", "pernyataan", "terbit", "simpan"):
        step = oss.step(unseen)
        assert step is not None
        assert step.doubt
    assert len(guides()["pasar"].steps) == 6
    assert all(one.asks for one in guides()["pasar"].steps)


@pytest.mark.parametrize(
    ("told", "step", "trouble"),
    [
        ("kok tulisannya nik udah terdaftar ya", "nik", "nik-ada"),
        ("gagal tersambung ke sistem dukcapil", "profil", "dukcapil"),
        ("nama saya katanya ga sesuai ktp", "profil", "ktp-beda"),
        ("kode otp nya ga masuk2", "kode", "kode-tidak"),
        ("muncul rdtr tidak tersedia", "kbli", "rdtr"),
        ("lupa pasword bu", "masuk", "lupa"),
        ("petanya ga nemu alamat rumah", "lokasi", "peta"),
        ("disuruh bayar dulu sama orangnya", "buka", "bayar"),
    ],
)
def test_troubles_are_known_by_her_own_words(told: str, step: str, trouble: str) -> None:
    at = guides()["oss"].step(step)
    assert at is not None
    found = at.trouble(told)
    assert found is not None
    assert found.id == trouble


def test_what_is_no_known_trouble_is_not_taken_for_one() -> None:
    for guide in guides().values():
        for step in guide.steps:
            assert step.trouble("hari ini hujan deras sekali") is None


def at(guide: Guide, kept: dict[str, StepKept]) -> str:
    step: Step | None = guide.next_step(kept)
    return step.id if step else ""


def test_the_order_may_change_while_she_is_in_it() -> None:
    kept = done("satu", "dua")
    assert at(small("satu", "dua", "tiga"), kept) == "tiga"
    assert at(small("tiga", "satu", "dua"), kept) == "tiga"
    assert at(small("satu", "baru", "dua", "tiga"), kept) == "baru"
    assert at(small("satu", "tiga"), kept) == "tiga"
    assert at(small("satu", "dua"), kept) == ""


def test_a_step_may_take_the_place_of_others() -> None:
    joined = '[[steps]]\nid = "lama-baru"\nwas = ["dua"]\ntitle = "x"\ntext = "…"\n'
    assert at(small("satu", "tiga", more=joined), done("satu", "dua")) == "tiga"
    assert at(small("satu", "tiga", more=joined), done("satu", "tiga")) == "lama-baru"


def test_who_has_what_ends_a_guide_has_it_all() -> None:
    last = '[[steps]]\nid = "punya"\nends = true\ntitle = "x"\ntext = "…"\n'
    guide = small("satu", "dua", more=last)
    assert at(guide, done("punya")) == ""
    assert at(guide, {"satu": StepKept("satu", StepState.STUCK, NOW)}) == "satu"


def test_what_is_no_guide_says_why() -> None:
    for wrong in ("nonsense", SMALL, SMALL + '[[steps]]\nid = "a"\n'):
        with pytest.raises(BadGuide, match="coba"):
            read_guide("coba", wrong)
    with pytest.raises(BadGuide, match="twice"):
        small("satu", "satu")
    with pytest.raises(BadGuide, match="asks for"):
        small("satu", more='asks = "ktp"\n')


def test_every_picture_can_be_drawn_and_is_small() -> None:
    for guide in guides().values():
        for step in [one for one in guide.steps if one.screen][:2]:
            assert step.screen is not None
            facts = {
                "number": guide.number(step),
                "of": len(guide.steps),
                "title": step.title,
                "head": step.screen.head,
                "lines": "\n".join(step.screen.lines),
                "tap": step.screen.tap,
                "checked": "20-11-2026",
            }
            drawn = step_picture(facts)
            assert drawn.startswith(b"\x89PNG")
            assert len(drawn) < 80_000


def test_food_is_known_from_other_business() -> None:
    for food in (
        "keripik pisang",
        "gorengan",
        "warung nasi",
        "Jual kue basah",
        "sambal botol",
        "jamu",
    ):
        assert sells_food(food), food
    for other in ("jahit baju", "salon", "pulsa", "", "anyaman", "laundry"):
        assert not sells_food(other), other


def test_codes_and_passwords_are_known_from_what_people_write() -> None:
    secret = (
        "482913|482 913|kode 482913|ini kodenya: 482913 bu|Melati#2026|sari88@gmail.com|P4ssw0rd!"
    )
    plain = (
        "setor 100000|100.000|rp100.000|sudah|saldo|https://oss.go.id/x1|4 langkah|kbli 10794|NIK sudah 1x ditolak|"
        "081234567890|setor 482913"
    )
    assert [one for one in secret.split("|") if not looks_secret(one)] == []
    assert [one for one in plain.split("|") if looks_secret(one)] == []
