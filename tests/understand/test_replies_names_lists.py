"""Replies to a question, names of members, and lists of names with amounts."""

import pytest

from bot.talk.understand import (
    asks,
    calls_off,
    entries,
    match_name,
    moves,
    only_replies,
    puts_off,
    read_pick,
    read_yes_no,
    says_done,
    small_talk,
    split_list,
)

MEMBERS = (
    "Sari Wulandari", "Rina", "Tuti", "Yanti", "Sri Rahayu", "Siti Aisyah", "Siti Khadijah", "Uni Ros",
    "Kartini", "Djoebaidah", "Sarinah",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "iya",
        "y",
        "ya bu",
        "oke",
        "sip",
        "boleh",
        "udah",
        "sudah saya terima tadi",
        "nggih",
        "👍",
        "jadi",
        "oh ya bu",
        "wis tak tampa",
        "udah tak terima",
        "muhun",
        "leres bu",
        "atos",
        "parantos bu",
        "geus",
    ],
)
def test_yes(text: str) -> None:
    assert read_yes_no(text) is True


@pytest.mark.parametrize(
    "text",
    [
        "gak",
        "nggak jadi",
        "belum bu",
        "jangan",
        "tidak",
        "ora",
        "kaga",
        "gajadi",
        "gak usah",
        "durung",
        "tak usah",
        "tak jadi",
        "tak ada bu",
        "tak",
        "teu acan",
        "teu bener",
        "henteu",
        "kurang bener",
        "kurang pas bu",
        "keberatan bu",
        "gak, salah",
        "gak gak bu",
        "saya tidak",
        "tunggu, itu salah bu",
        "bentar bu, saya gak setuju",
    ],
)
def test_no(text: str) -> None:
    assert read_yes_no(text) is False


@pytest.mark.parametrize(
    "text",
    [
        "iya tapi 15rb", "udah berapa?", "gak papa", "iya gak jadi", "🙏", "p", "10rb", "makasih ya",
        "sudah?", "iya kah", "benarkah", "dapet upah gak", "ada potongan tidak ya", "saya cek dulu ya",
        "ok saya cek dulu", "iya sebentar", "mau lihat saldo dulu", "tak cek sek", "tak terima", "tak simpen",
        "tidak kurang", "ga kurang ga lebih", "gak ada yang beda", "ga salah", "belum tentu", "tidak masalah", "tidak keberatan bu",
    ],
)  # fmt: skip
def test_neither(text: str) -> None:
    assert read_yes_no(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "belum sempat hitung", "nanti ya belum sempat", "tunggu, gak di rumah", "tunggu setuju", "tak itung dulu",
        "ya tar dulu bu belum ketemu", "sy cek dulu ya", "saya lihat dulu bu", "tunggu, takut salah",
    ],
)  # fmt: skip
def test_later(text: str) -> None:
    assert puts_off(text)


@pytest.mark.parametrize(
    "text",
    [
        "belum", "tunggu, itu salah bu", "bentar, saya gak setuju", "tunggu, kurang bu", "sebentar, bedo",
        "tunggu gak cocok", "cek saldo", "mau cek uang", "saya lihat", "nanti kapan",
    ],
)  # fmt: skip
def test_not_later(text: str) -> None:
    assert not puts_off(text)


@pytest.mark.parametrize(
    "text", ["gak jadi bu", "aduh gak jadi", "tak jadi", "teu jadi", "teu acan"]
)
def test_wishes_for_nothing(text: str) -> None:
    assert only_replies(text)


def test_called_off_done_and_asked_in_other_languages() -> None:
    assert calls_off("teu jadi")
    assert says_done("atos bu")
    assert says_done("wis tak tampa")
    assert asks("leres kah bu")
    assert not asks("alhamdulillah, berkah sedekah")


@pytest.mark.parametrize(
    ("text", "index"),
    [("yg pertama", 0), ("2", 1), ("nomor dua", 1), ("terakhir", 2), ("no 3", 2), ("5", None), ("10rb", None),
     ("dua ribu", None), ("ketiga aja bu", 2), ("sari", None)],
)  # fmt: skip
def test_pick(text: str, index: int | None) -> None:
    assert read_pick(text, 3) == index


@pytest.mark.parametrize(
    ("text", "found"),
    [("sari", (0,)), ("bu Sari", (0,)), ("kak rinna", (1,)), ("Tutik", (2,)), ("janti", (3,)), ("siti", (5, 6)),
     ("aisah", (5,)), ("ros", (7,)), ("jubaidah", (9,)), ("Ratna", ()), ("kartni", (8,)), ("Sari W", (0,)),
     ("yanti dan sri", (3, 4))],
)  # fmt: skip
def test_names(text: str, found: tuple[int, ...]) -> None:
    assert match_name(text, MEMBERS) == found


@pytest.mark.parametrize(
    "text",
    ["Sari 10rb\nAni 5rb\nBu Tuti goceng", "Sari 10rb, Ani 5rb, Bu Tuti goceng",
     "1. Sari = 10.000\n2. Ani = 5.000\n3) Bu Tuti: Rp5.000,-", "✅ Sari 10rb\n✅ Ani 5rb\n- Bu Tuti goceng",
     "catat Sari 10rb Ani 5rb Bu Tuti 5rb", "Setoran hari ini:\nSari 10rb\nAni 5rb\nBu Tuti lima ribu"],
)  # fmt: skip
def test_lists(text: str) -> None:
    found = [(name, amount.rupiah, amount.sure) for name, amount in split_list(text)]
    assert found == [("Sari", 10_000, True), ("Ani", 5_000, True), ("Bu Tuti", 5_000, True)]


@pytest.mark.parametrize(
    ("way", "lines"),
    [
        ("in", ["sari 10rb", "kmrn ani 10rb blm dicatat", "sari 10rb blm masuk buku", "sari 20rb ga kurang",
                "sari 10rb udah tak terima", "ani 5rb sisanya besok", "minta tolong sari 5rb", "sari bukan 20rb tapi 25rb", "tarikan ani 10rb"]),
        ("out", ["sari narik 30rb udah tak kasih", "ani ambil 10rb", "10rb diambil ani"]),
        ("owed", ["ani blm bayar 5rb", "ani belum", "ani pinjem 10rb", "ani minta 5rb", "ani ngutang 20rb", "ani janji 20rb",
                  "ani 20rb dikembalikan", "sari 20rb kembali 5rb", "iya ani besok", "ani ga jadi", "sari 10rb saya ambil"]),
        ("left_out", ["ya kecuali ani", "bukan ani", "ani hapus aja", "yang ani jangan dicatat dulu ya bu"]),
    ],
)  # fmt: skip
def test_which_way_the_money_of_a_line_goes(way: str, lines: list[str]) -> None:
    assert {line: moves(line).value for line in lines} == dict.fromkeys(lines, way)


def test_a_line_is_one_however_it_ends() -> None:
    assert [one.name for one in entries("sari 20rb kembali 5rb")] == ["sari"]
    assert [one.name for one in entries("semua 10rb kecuali ani")] == ["semua kecuali ani"]


def test_a_list_asks_about_what_is_not_certain() -> None:
    entries = split_list("Sari 10\nAni 10rb atau 20rb\nTuti masing-masing 5rb\nRina -")
    assert [name for name, _ in entries] == ["Sari", "Ani", "Tuti masing-masing", "Rina"]
    assert not any(amount.sure for _, amount in entries)


@pytest.mark.parametrize(
    ("words", "only_that"),
    [
        ("makasih ya", True),
        ("hehe", True),
        ("wkwkwk", True),
        ("😂", True),
        ("oke makasih bu dewi", True),
        ("halo bu", True),
        ("hmm", True),
        ("sama", False),
        ("malam", False),
        ("banyak", False),
        ("ok?", False),
        ("makasih ya, kerupuk saya melempem", False),
        ("halo bu mau tanya soal nib", False),
        ("", False),
    ],
)
def test_small_talk_asks_for_nothing(words: str, only_that: bool) -> None:  # noqa: FBT001 - a table
    assert small_talk(words) is only_that
