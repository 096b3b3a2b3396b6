"""The numbers in a message that are not money: dates, hours, telephones, papers, counts."""

import re
from collections.abc import Sequence
from typing import Final

from bot.talk.understand.tokens import Token, bag

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "januari jan january", "februari feb pebruari peb februri", "maret mar mrt", "april apr",
            "mei", "juni jun", "juli jul", "agustus agu ags agt agst aug agustusan",
            "september sep sept", "oktober okt oct", "november nov nop nopember",
            "desember des dec",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
"""Names and abbreviations of the months, as members write them, to 1–12."""

_MONTH = "|".join(sorted(MONTHS, key=len, reverse=True))
_PART_OF_DAY = (
    "pagi|pgi|siang|sore|sore2|malam|malem|mlm|subuh|petang|dini|bengi|wib|isuk|esuk|awan"
)
_BIG = r"(?!\s*(?:rb|ribu|rebu|rbu|jt|juta|k\b|ewu|ratus|puluh|belas|[.,]?\d))"
_SPANS: Final = re.compile(
    "|".join(
        (
            r"https?://\S+|www\.\S+|\S+@\S+\.\w+",
            r"\b[a-z]_[a-z0-9]+\b",
            r"(?<![\d.,])(?:\+?62|0)[\s.-]?8\d{1,2}(?:[\s.-]?\d{2,5}){1,4}(?![\d.,]*\d)",
            r"\+62[\s.-]?\d[\d\s-]{5,}",
            r"(?<![\d.,])0\d{4,}(?!\d)",
            r"(?<![\d.,])\d{10,}(?![.,]?\d)",
            r"(?<!\d)\d{4}(?:[ .-]\d{4}){2,}(?:[ .-]\d+)*(?!\d)",
            r"(?<!\d)\d{2}\.\d{2}\.\d{2}[\d.]*",
            r"(?<![\d.,])(?:19|20)\d\d-\d{1,2}-\d{1,2}(?!\d)",
            rf"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])\s?[/-]\s?(?:0?[1-9]|1[0-2])(?:\s?[/-]\s?(?:20)?\d\d)?(?!\d){_BIG}",
            r"(?<![\d.,])(?:0?[1-9]|[12]\d|3[01])\.(?:0?[1-9]|1[0-2])\.20\d\d(?!\d)",
            rf"(?<![\d.,])\d{{1,2}}\s?(?:{_MONTH})\b(?:\s*(?:20\d\d|'\d\d))?",
            rf"\b(?:{_MONTH})\s+20\d\d\b",
            r"\b(?:tgl|tanggal|tg|tgal|tanggl)\.?\s*\d{1,2}(?!\d)" + _BIG,
            r"\b(?:jam|jm|pukul|pkl|pk|jam2)\.?\s*(?:stgh|setengah)?\s*\d{1,2}(?:[.:]\d{2})?(?!\d)(?!\s*(?:rb|ribu|rebu|jt|juta|k\b))",
            r"(?<![\d.,])[0-2]?\d[:.][0-5]\d\s*(?:-|s/?d|sampai|sampe)\s*[0-2]?\d[:.][0-5]\d(?!\d)",
            rf"(?<![\d.,])[0-2]?\d[:.][0-5]\d(?=\s*(?:{_PART_OF_DAY})\b)",
            r"(?<![\d.,])[0-2]?\d:[0-5]\d(?![\d.,]*\d)",
            rf"(?<![\d.,])\d{{1,2}}\s*(?=(?:{_PART_OF_DAY})\b)",
            r"\bke\s?-?\s?\d+\b",
            r"\d+(?:[.,]\d+)?\s*%",
            r"\b(?:no|nmr|nomor|nomer|nmor)\.?\s*:?\s*\d[\d-]*",
        )
    )
)
"""Spans of a tidied message whose numbers are never money."""

_COUNTED: Final = bag("""
    hari hr hri harian menit mnt detik jam jm minggu mgg mnggu bulan bln tahun thn th taun taon kali x
    malam pekan windu orang org orng wong ibu2 anak anggota member kelompok grup kk jiwa umat
    keluarga kepala cucu suami tetangga pelanggan pembeli langganan followers follower pengikut like
    likes viewer views kg kilo kilogram ons gram gr g mg ton kuintal liter ltr lt ml m meter mtr cm mm km
    hektar ha rante bungkus bks bgks bngkus pcs pc biji bj butir buah bh lembar lbr lmbr helai ekor ekr
    batang potong ptg porsi botol btl kotak ktk dus kardus karung goni pak2 toples kaleng ikat pasang
    psg set lusin kodi gros pack paket pkt sachet saset renteng bal mangkok piring gelas cup sendok
    sdm sdt cangkir loyang tampah baskom ember galon kompor mesin warung toko kios lapak rumah
    rmh kamar lantai langkah tahap step pertanyaan soal foto poto gambar produk barang jualan macam
    jenis model rasa varian warna ukuran angka digit huruf kata halaman nomor persen watt gb mb kb
    lapis baris kolom kursi meja baju gamis jilbab sarung kerupuk keripik kripik kue roti donat nasi
    telur telor ayam bebek lele ikan pisang ubi singkong singkong kelapa cabe bawang gorengan risol
    bakwan tempe tahu pesanan order orderan titik lokasi acara pertemuan rapat alasan teman kawan kwn
    sisi pilihan kolam pintu motor sepeda becak mobil ekstra putaran keping sks rt rw alamat
    """)
"""What follows a number that counts things, people or time."""

_HEADS: Final = bag(
    "orang org orng wong jiwa umat followers follower pengikut like likes viewer views kg kilo kilogram pcs "
    "biji butir bungkus bks ekor anggota pelanggan pembeli meter km liter ton kali alasan hari jam menit"
)
"""What even thousands of may be counted."""

_NAMED_BY_NUMBER: Final = bag("""
    no nomor nmr nomer nomornya ke jam jm pukul pkl pk tgl tanggal tg umur umurku umurnya usia rt rw
    gang gg kelompok klp langkah tahap tahun thn th taun taon bulan bab poin point pilihan opsi pilih
    kelas blok lantai versi episode kbli kode kodenya nib nik ktp kk npwp rekening rek norek otp pin
    sandi password hp wa wasap telp telpon telepon tlp kontak pos kodepos km lahir kelahiran sejak
    angkatan pasal ayat juz surah surat halaman hal hlm jl jln jalan dusun simpang pintu seri nis
    minggu pertemuan kamar grup tabung hari salah
    """)
"""What stands before a number that only names something."""

_SERIAL: Final = bag("kbli nib nik ktp kk npwp rekening rek norek otp pin kode kodenya")
_SERIAL_REACH = 4
_DAYS: Final = bag("hari hr malam bulan bln minggu mgg")
_THIS: Final = bag(
    "ini ni nih iki kemarin kmrn kemaren senin selasa rabu kamis jumat sabtu minggu ahad senen rebo kemis"
)
"""`nabung 20 hari ini`: the day belongs to the sentence, not to the number."""


def masked(text: str, tokens: Sequence[Token]) -> list[bool]:
    """For each token of a tidied message, whether it lies in a date, an hour, a number of a paper."""
    spans = [match.span() for match in _SPANS.finditer(text)]
    return [any(start <= token.start < end for start, end in spans) for token in tokens]


def names_something(tokens: Sequence[Token], first: int, *, scaled: bool) -> bool:
    """Whether the number from token `first` on is a name: `no 3`, `kbli saya 56102`, `umur 45`.

    A number that is visibly money (`scaled`) is only a name right after such a word's own mark.
    """
    if scaled:
        return False
    before = [token.text for token in tokens[max(0, first - _SERIAL_REACH) : first]]
    if any(word in _SERIAL for word in before):
        return True
    while before and before[-1] in {".", ":", "-", "=", "nya", "saya", "ku"}:
        before.pop()
    return bool(before) and before[-1] in _NAMED_BY_NUMBER


def counts_something(tokens: Sequence[Token], last: int, *, scaled: bool = False) -> bool:
    """Whether the word after token `last` is what the number counts: `2 hari`, `3 orang`.

    A number that is visibly money (`scaled`: 10rb) only counts heads and measures: `10 ribu orang`.
    """
    if last + 1 >= len(tokens):
        return False
    word = tokens[last + 1].text
    if not (word in _HEADS if scaled else is_counted(word)):
        return False
    after = tokens[last + 2] if last + 2 < len(tokens) else None
    named = after is not None and (
        after.kind == "digits" or (word in _DAYS and after.text in _THIS)
    )
    return not named


def is_counted(word: str) -> bool:
    """Whether a word names things, people or time that numbers count."""
    return word in _COUNTED or word.removesuffix("nya") in _COUNTED
