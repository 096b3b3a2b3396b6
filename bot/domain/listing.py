"""What a listing says, and what no market takes or no seller should promise."""

from __future__ import annotations

import re
from enum import StrEnum


class Forbidden(StrEnum):
    """Goods a market takes down, each named by a text."""

    ALCOHOL = "alcohol"
    ANIMALS = "animals"
    TOBACCO = "tobacco"
    MEDICINE = "medicine"
    DIGITAL = "digital"
    SERVICE = "service"
    WANTED = "wanted"


def _words(listed: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{listed})\b", re.IGNORECASE)


_GOODS = {
    Forbidden.ALCOHOL: _words(r"tuak|arak|bir(?! pletok)|anggur merah|miras|minuman keras|alkohol|ciu|vodka|wiski|brem bali"),
    Forbidden.ANIMALS: _words(r"(?:anak )?(?:kucing|anjing|kelinci|hamster|marmut|burung|ayam hidup|kambing|sapi|bebek hidup|ikan (?:hias|cupang|hidup)|ular|kura-?kura)(?! (?:goreng|bakar|asap|sambal|guling|geprek))"),
    Forbidden.TOBACCO: _words(r"rokok|tembakau|vape|vapor|cerutu|liquid vape|lintingan|pods"),
    Forbidden.MEDICINE: _words(r"obat(?! nyamuk)|suplemen|vitamin|jamu (?:kuat|kesehatan)|salep|krim pemutih|pelangsing|pil"),
    Forbidden.DIGITAL: _words(r"pulsa|paket data|voucher|e-?book|akun|token listrik|top ?up|diamond|aplikasi premium"),
    Forbidden.SERVICE: _words(r"jasa|servis|service|pijat|les|kursus|sewa|rental|antar jemput|tukang"),
    Forbidden.WANTED: _words(r"dicari|mencari|cari|butuh|lowongan"),
}  # fmt: skip

#: Food that only sounds like one of these: "sate kambing" is no animal, "es krim" no cream.
_FOOD = _words(
    r"sate|gulai|soto|sop|rendang|tongseng|abon|bakso|dendeng|kari|rawon|nasi|mie|mi|telur|daging|"
    r"pakan|makanan|kandang|mainan|boneka|baju|kaos|gambar|motif|cat|casing|kotak|tas|tempat"
)

_CLAIMS = _words(
    r"menyembuhkan|menyembuh|mengobati|menyehatkan|obat|anti ?kanker|kanker|diabetes|kolesterol|asam urat|darah tinggi|"
    r"hipertensi|stroke|menurunkan|pelangsing|langsing|melangsingkan|pemutih|memutihkan|berkhasiat|khasiat|"
    r"tanpa efek samping|dijamin|pasti|nomor satu|no ?1|terbaik|termurah"
)

_EATEN = _words(
    r"keripik|kripik|kerupuk|kue|roti|bolu|donat|nasi|mie|bakso|sambal|abon|dodol|gorengan|lontong|sate|rendang|"
    r"dendeng|peyek|rempeyek|bumbu|minuman|jus|es|kopi|teh|madu|cokelat|coklat|brownies|pisang|ubi|tempe|tahu|"
    r"makanan|kacang|cireng|seblak|risol|pastel|lemper|klepon|bika|cendol|dawet|sirup|selai|jamu"
)


def forbidden(product: str) -> Forbidden | None:
    """What a market will not take about this, None when nothing is known against it."""
    for kind, words in _GOODS.items():
        if words.search(product) and not (kind in _COOKED and _FOOD.search(product)):
            return kind
    return None


_COOKED = (Forbidden.ANIMALS,)


def claim(words: str) -> str | None:
    """The first thing promised that should not be: health, "the best", "guaranteed"."""
    found = _CLAIMS.search(words)
    return found[0] if found else None


def eaten(product: str) -> bool:
    """Whether it seems to be food, which a market may refuse when cooked at home."""
    return _EATEN.search(product) is not None


_PHONE = re.compile(r"[+\d][\d .()-]{7,20}\d")
_LEAST, _MOST = 9, 15


def phone_in(words: str) -> str | None:
    """A phone number as people write it, or None: digits in groups of four."""
    found = _PHONE.search(words)
    digits = re.sub(r"\D", "", found[0]) if found else ""
    if not _LEAST <= len(digits) <= _MOST:
        return None
    if digits.startswith("62"):
        digits = f"0{digits[2:]}"
    elif digits.startswith("8"):
        digits = f"0{digits}"
    return " ".join(digits[at : at + 4] for at in range(0, len(digits), 4))
