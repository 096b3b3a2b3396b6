"""A whole programme of four months as a script: twelve members from the invitation to the farewell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Woman:
    """A simulated member: what she sells, and what she says and answers."""

    name: str
    business: str
    obstacle: str
    hope: str
    before: str
    after: str
    votes: str
    quotable: bool = True


#: Made up, like everything here.
WOMEN = (
    Woman(
        "Rina",
        "kerupuk",
        "Modal saya kecil, harga bahan naik terus",
        "Ingin bisa menabung tiap hari",
        "1nab2j",
        "1sabpd",
        "cfm",
    ),
    Woman(
        "Sari",
        "gorengan",
        "Pembeli sepi kalau hujan",
        "Pelanggan bertambah",
        "1lab2j",
        "1tkupd",
        "mmc",
    ),
    Woman(
        "Ani",
        "jahit",
        "Belum punya NIB, bingung caranya",
        "Usaha punya izin",
        "2lab2j",
        "2tknpm",
        "lfc",
    ),
    Woman(
        "Tuti",
        "warung",
        "Uang warung habis untuk belanja rumah",
        "Uang usaha tidak campur",
        "3tkbcb",
        "3tspcd",
        "ffc",
    ),
    Woman(
        "Wati",
        "kue basah",
        "Jualan hanya ke tetangga",
        "Belajar foto untuk jualan",
        "2lab2b",
        "2tkupd",
        "mfl",
    ),
    Woman(
        "Yanti",
        "keripik pisang",
        "Kemasan saya belum menarik pembeli",
        "Masuk toko oleh-oleh",
        "1lakcj",
        "1tsspm",
        "mml",
    ),
    Woman(
        "Lina",
        "bakso",
        "Beli bahan sering utang dulu",
        "Bisa beli kulkas",
        "3tkbcm",
        "3tkbcd",
        "ccf",
    ),
    Woman(
        "Murni",
        "sayur",
        "Bangun pagi, capek, anak masih kecil",
        "Suami ikut membantu",
        "2lab2j",
        "2lkb2m",
        "pcf",
        quotable=False,
    ),
    Woman(
        "Erna", "jamu", "Izin jamu membingungkan", "Punya NIB dan halal", "4tkbcm", "4tsspd", "llm"
    ),
    Woman(
        "Nur", "pakaian", "Promosi lewat HP belum bisa", "Jualan online", "1lab2j", "1tkbpm", "mmf"
    ),
    Woman(
        "Ida",
        "peyek",
        "Simpan uang selalu terpakai",
        "Ada tabungan untuk modal",
        "2lab2j",
        "2tkbcd",
        "ffc",
    ),
    Woman(
        "Fitri",
        "es lilin",
        "Modal alat belum cukup",
        "Beli mesin es",
        "1nab2j",
        "1lkb2m",
        "ccm",
        quotable=False,
    ),
)

_YEARS = {
    "1": "Belum setahun",
    "2": "1 sampai 3 tahun",
    "3": "4 sampai 10 tahun",
    "4": "Lebih 10 tahun",
}
_TURNOVER = {
    "n": "Lewati",
    "l": "Di bawah Rp250.000",
    "t": "Rp250.000-500.000",
    "s": "Rp250.000-500.000",
}
_RECORDS = {"a": "Belum dicatat", "k": "Kadang-kadang", "s": "Selalu dicatat"}
_NIB = {
    "b": "Belum",
    "u": "Sedang diurus",
    "n": "Sudah punya",
    "p": "Sudah punya",
    "s": "Sudah punya",
    "k": "Sedang diurus",
}
_ONLINE = {"2": "Belum", "c": "Lewat chat", "p": "Pasar di internet"}
_SAVES = {"j": "Jarang", "b": "Tiap bulan", "m": "Tiap minggu", "d": "Tiap hari"}
_NEEDS = {
    "c": "Modal dan bahan",
    "m": "Penjualan",
    "f": "Mengatur uang",
    "l": "Izin usaha",
    "p": "Keluarga dan diri",
}
_CODED = (_YEARS, _TURNOVER, _RECORDS, _NIB, _ONLINE, _SAVES)

GROUP = "Melati (data simulasi)"


#: Not everybody answers everything: so many answer the long questions, and so many agree and vote.
_ANSWERING, VOTING = WOMEN[:7], WOMEN[:9]


def until_the_count() -> str:
    """Everything people do, in order, until the holder has counted the box; without what the bot says."""
    chapters = (_preparing, _assessing, _planning, _doing, _evaluating, _counting)
    return "\n".join(line for chapter in chapters for line in chapter())


def from_the_count(witness: str) -> str:
    """The rest, once it is drawn who looks on as ``witness``."""
    return "\n".join(("-- dunia kosong", f"{witness}: [Ya, benar]", *_ending()))


def _most(*presses: str) -> Iterator[str]:
    for one in VOTING:
        yield from (f"{one.name}: {press}" for press in presses)


def _mentor(*said: str) -> list[str]:
    return [f"Dewi: {one}" for one in said]


def _meeting(topic: str, day: str) -> list[str]:
    return _mentor(f"kegiatan baru {topic}", day, "jam 10 pagi", "lewati", "[Undang]")


def _held(away: str, notes: str) -> list[str]:
    return _mentor("hadir", away, notes)


def _next_stage() -> list[str]:
    return _mentor("tahap", "[Tahap berikutnya]")


def _preparing() -> Iterator[str]:
    yield from ("-- dunia kosong", "-- undang pendamping Dewi")
    yield from _mentor(
        "/start m_ABCDEFGH01", f"kelompok baru {GROUP}", "Tanjung Jati", "WIB", "22 Maret"
    )
    for one in WOMEN:
        said = (
            "gabung ABCD01",
            "lanjut",
            "lanjut",
            "setuju",
            one.name,
            one.business,
            "lewati",
            "lewati",
        )
        yield from (f"{one.name}: {words}" for words in said)
    yield from (*_mentor("pemegang Rina"), "Rina: [Bersedia]")
    yield from _mentor("tahap", "[Mulai]", "tahap", "[Tandai]")
    yield from _meeting("Perkenalan", "Sabtu")
    yield from _most("[Datang]")
    yield from _mentor(
        "kontrak", "lewati", "tiap Sabtu pukul 10", "lewati", "lewati", *["lanjut"] * 3, "[Kirim]"
    )
    yield from _most("[Lanjut]", "[Lanjut]", "[Lanjut]", "[Setuju]")
    yield from _mentor("data awal", "[Kirim]")
    yield from _answers("before")
    yield from (
        "-- 4 hari kemudian",
        "-- 1 hari kemudian",
        *_held("izin Ida", "Saling kenal, semua bercerita."),
    )
    yield from _next_stage()


def _answers(round_: str) -> Iterator[str]:
    for one in _ANSWERING:
        for answers, coded in zip(_CODED, getattr(one, round_), strict=True):
            label = answers[coded]
            yield f"{one.name}: {'lewati' if label == 'Lewati' else f'[{label}]'}"
        if round_ == "after":
            yield from (f"{one.name}: {words}" for words in _opinion(one))


def _opinion(one: Woman) -> Sequence[str]:
    face = "[😊]" if one.quotable else "[🙂]"
    if not one.quotable:
        return (face, "lewati", "lewati")
    return (face, f"Menabung bersama teman, {one.business} saya jadi terurus", "lewati", "[Boleh]")


def _assessing() -> Iterator[str]:
    yield from _mentor("fgd", "langsung", "catat fgd")
    for topic in ("obstacle", "hope"):
        first, *others = (f"{one.name}: {getattr(one, topic)}" for one in WOMEN)
        yield "\n    ".join((f"Dewi: {first}", *others))
        yield "Dewi: [Pertanyaan lain]"
    yield from _mentor("[Cukup]", "fgd tutup", "[Tutup]", "kebutuhan", "[Minta memilih]")
    for one in WOMEN:
        yield f"{one.name}: [{'Boleh' if one.quotable else 'Jangan'}]"
    for one in VOTING:
        yield from (f"{one.name}: [{_NEEDS[vote]}]" for vote in one.votes)
    yield from _mentor("kebutuhan", "[Tunjukkan]")
    yield from _next_stage()


def _planning() -> Iterator[str]:
    yield from _mentor("program", "lewati", "[Kirim]")
    for one in VOTING:
        yield from (f"{one.name}: [Ikut]", f"{one.name}: [Ikut]")
        yield f"{one.name}: [{'Ikut' if one.name != 'Murni' else 'Tidak dulu'}]"
    yield from _mentor("program", "[Tetapkan]")
    goals = (
        ("tiap ibu menabung empat hari seminggu", "10", "0", "catatan celengan", "Rina"),
        ("tiap ibu berjualan lewat pasar di internet", "8", "0", "barang sudah tampil", "Nur"),
        ("tiap ibu memiliki NIB sendiri", "6", "0", "nomor NIB sudah keluar", "Ani"),
    )
    for what, people, now, seen, who in goals:
        yield from _mentor("rencana", what, people, "13 Maret", now, seen, who)
    yield from _mentor("rencana", "[Kirim]")
    yield from _most("[Setuju]")
    yield from _next_stage()


_SAVERS = [one.name for one in WOMEN if one.name != "Rina"]
_MEETINGS = (
    ("Membuat akun OSS", "Ani, Murni"),
    ("Foto produk", "Fitri"),
    ("Menghitung harga", "Lina"),
)


#: Weeks before the evaluation in which somebody saves; every second of the women does in all of them.
_WEEKS = 4


def _deposits() -> Sequence[Sequence[tuple[str, int]]]:
    """What is written down each time: names with thousands of rupiah."""
    savers = list(enumerate(_SAVERS))
    at_meetings = [
        [(name, 5 * (1 + day)) for place, name in savers if (place + day + month) % 3]
        for month in range(len(_MEETINGS))
        for day in range(3)
    ]
    weekly = [
        [(name, 5) for place, name in savers if not (place % 2 and week % 2)]
        for week in range(_WEEKS)
    ]
    return [*at_meetings, *weekly]


def total() -> int:
    """All that is put aside, in thousands of rupiah."""
    return sum(thousands for some in _deposits() for _, thousands in some)


def _doing() -> Iterator[str]:
    yield "-- 2 hari kemudian"  # a Monday
    written = iter(_deposits())
    for topic, away in _MEETINGS:
        yield from _meeting(topic, "Sabtu")
        for later in ("-- 4 hari kemudian", "-- 1 hari kemudian", ""):
            yield from _written(next(written))
            yield from [later] if later else []
        yield from _held(f"izin {away}", f"Belajar bersama: {topic.lower()}.")
        yield from _photographed(topic)
        yield "-- 2 hari kemudian"
        if topic != _MEETINGS[-1][0]:
            yield "-- 21 hari kemudian"
    yield from _reached()
    yield from _written(next(written))
    for some in written:
        yield "-- 7 hari kemudian"
        yield from _written(some)
    yield from _mentor("kemajuan", "[Tanyakan]")
    for place, one in enumerate(VOTING):
        done = "[Sudah selesai]" if place % 4 else "[Sedang jalan]"
        yield from (f"{one.name}: {words}" for words in ("[Sudah selesai]", done, done))
        yield f"{one.name}: {'Sinyal sering hilang' if one.name == 'Tuti' else 'lewati'}"
    yield from (*_mentor("laporan"), *_next_stage())


def _written(some: Sequence[tuple[str, int]]) -> Sequence[str]:
    return (
        "Rina: catat " + ", ".join(f"{name} {rb}rb" for name, rb in some),
        "Rina: [Ya, catat]",
    )


def _photographed(topic: str) -> Iterator[str]:
    """One photo of things alone, one with two who allow it, and one with one who does not."""
    yield from ("-- fotonya bagus", "Dewi: (foto) foto kegiatan")
    if topic == _MEETINGS[0][0]:
        yield "Dewi: [Tidak ada orang]"
    elif topic == _MEETINGS[1][0]:
        yield from ("Dewi: Wati dan Nur", "Wati: [Boleh]", "Nur: [Boleh]")
    else:
        yield from ("Dewi: Fitri, Sari", "Sari: [Boleh]", "Fitri: [Hapus fotonya]")


def _reached() -> Iterator[str]:
    """A licence for two, a first thing on the market for one, and a question that is answered."""
    for name in ("Ani", "Sari"):
        yield from (f"{name}: punya nib", f"{name}: [Sudah punya saja]")
    yield "Wati: langkah pasar facebook sudah"
    yield "Wati: https://www.facebook.com/marketplace/item/123456789"
    yield "Tuti: pendamping Uang warung dan uang rumah saya masih campur, Bu"
    yield "Tuti: [Tanya pendamping]"
    yield "Dewi membalas: Pakai dua dompet dulu, Bu. Sabtu kita lihat bersama."


def _evaluating() -> Iterator[str]:
    yield from _mentor("akhiri", "22 Maret", "[Waktunya selesai]", "evaluasi", "[Kirim]")
    yield from _answers("after")
    yield from _mentor("hasil evaluasi", "[Tunjukkan]", "tahap", "[Tandai]")
    yield from _next_stage()


def _counting() -> Iterator[str]:
    yield from ("-- 14 hari kemudian", "-- 7 hari kemudian", "-- 7 hari kemudian")
    yield f"Rina: hitung kas {total()}rb"


def _ending() -> Iterator[str]:
    yield from _mentor("bagi", "[Mulai bagi]")
    for place, name in enumerate(_SAVERS):
        yield f"Rina: bayar {name if place < len(_SAVERS) - 1 else ''}".strip()
        yield from ("Rina: [Sudah]", f"{name}: [Sudah]")
    yield from _mentor("tutup kelompok", "[Tutup]")
    for one in WOMEN:
        yield f"{one.name}: [{'Simpan 3 bulan' if one.quotable else 'Hapus sekarang'}]"
    yield from _mentor("laporan akhir", "[Pakai nama]")
    # What was written down is read once more, and nothing is added to it.
    for words in ("rencana", "hasil evaluasi", "kegiatan", "lihat foto", "kontrak", "setor 10rb"):
        yield f"Sari: {words}"
