"""What a member wants: exact words and rules first, then the small model, and never money on a guess.

A message is acted on alone only when it is a command, fits a rule, or the model is surer than the
share at which it was wrong at most once in fifty on messages it had never seen. A question, or a
message that asks to ask, never moves money by itself.
"""

import re
from dataclasses import dataclass
from typing import Final

from bot.talk.understand.features import MONEY, NUMBER, normal_words
from bot.talk.understand.model import WISHES, likelihoods, weights
from bot.talk.understand.negation import NOT_OFF
from bot.talk.understand.numerals import number_parts
from bot.talk.understand.tokens import bag, tidy

CERTAIN: Final = 0.99
RULED: Final = 0.95
MOST_CHOICES: Final = 3
NO_WISH: Final = "lainnya"
_MONEY_WISHES: Final = bag("setor tarik")


@dataclass(frozen=True)
class Wish:
    """What a message seems to want.

    `name` is one of `WISHES`, `confidence` 0–1; `choices` are up to three wishes to offer, likeliest
    first, empty when `name` may be acted on alone.
    """

    name: str
    confidence: float
    choices: tuple[str, ...]


_COMMANDS: Final = {
    "setor": "setor|nabung|<uang>|rupiah <uang>|<uang> rupiah|mau nabung|mau setor|setor <uang>|nabung <uang>|isi celengan|celengi|setoran",
    "saldo": "saldo|saldo saya|cek saldo|lihat saldo|saldo berapa|saldo saya berapa|cek tabungan|tabungan berapa|"
    "berapa saldo saya|saldoku|cek celengan|berapa tabungan saya|tabungan saya berapa",
    "riwayat": "riwayat|buku|buku tabungan|riwayat setoran|riwayat tabungan|lihat riwayat|cek riwayat|mutasi|"
    "catatan setoran|rekap setoran|daftar setoran|lihat catatan|riwayat nabung",
    "tarik": "tarik|tarik <uang>|tarik tabungan|ambil tabungan|mau tarik|tarik uang|mau ambil uang|mau tarik uang|"
    "buka celengan|cairkan tabungan|penarikan|ambil celengan|mau ambil tabungan|pencairan",
    "izin_libur": "libur|izin|izin libur|libur dulu|skip|libur hari ini|tidak nabung dulu|izin tidak nabung|absen|"
    "tidak setor dulu|mau libur|lewat dulu|skip dulu|hari ini libur|belum ada uang|tidak ada uang|lewati hari ini",
    "konsultasi": "konsultasi|konsul|tanya|mau tanya|curhat|mau curhat|mau konsultasi|boleh tanya|minta saran|saran",
    "oss": "oss|nib|kbli|izin usaha|bikin nib|mau bikin nib|cara bikin nib|bagaimana bikin nib|bagaimana cara bikin nib|"
    "daftar nib|daftar oss|buat nib|cara buat nib|sertifikat halal|pirt|halal|apa itu nib|kode kbli|kur",
    "marketplace": "pasar|marketplace|facebook|facebook marketplace|jualan online|jual online|canva|logo|bikin logo|"
    "foto produk|cara foto produk|banner|caption|jualan di facebook|jual di facebook|iklan",
    "profil": "profil|profil saya|lihat profil|data saya|lihat data saya|target|target <uang>|ganti nama|ganti nomor|"
    "ganti target|ganti profil|ganti nomor hp|profilku|ganti nama saya|ganti alamat|ganti nomor wa|ganti nama usaha",
    "jadwal": "jadwal|pengingat|ingatkan|ingatkan saya|alarm|ingatkan jam <angka>|matikan pengingat|ganti jadwal|"
    "atur pengingat|ganti jam pengingat|ingatkan nabung|ingatkan jam <angka> malam|ingatkan jam <angka> pagi",
    "batal": "batal|tidak jadi|koreksi|ralat|batal setoran|salah ketik|keliru|salah|batal saja|batal yang tadi|"
    "tidak jadi setor|tidak jadi nabung|tidak jadi tarik|batal setor|salah tulis|salah input|gajadi|salah jumlah|"
    "koreksi setoran|salah kirim|salah pencet|kepencet",
    "bantuan": "bantuan|menu|bantu|tolong|petunjuk|panduan|cara pakai|tolong bantu|bantu saya|tolong bantu saya|"
    "minta bantuan|perintah|mulai|saya bingung|bingung|saya tidak mengerti|tidak mengerti|bisa apa saja|cara",
    "berhenti": "berhenti|mau berhenti|saya mau berhenti|keluar|mau keluar|keluar dari kelompok|berhenti ikut|mundur|"
    "saya mundur|tidak ikut lagi|berhenti chat|berhenti pesan|mau keluar dari kelompok|saya keluar",
    "hapus_data": "hapus data|hapus data saya|hapus akun|hapus akun saya|hapus semua data saya|hapus semua data|"
    "tolong hapus data saya|hapus dataku|data saya hapus|hapus data pribadi|hapus data pribadi saya",
    "sapaan": "halo|hai|hi|hello|p|pagi|siang|sore|malam|selamat pagi|selamat siang|selamat sore|selamat malam|"
    "assalamualaikum|assalamu'alaikum|asalamualaikum|salam|permisi|makasih|terima kasih|makasih banyak|horas|"
    "apa kabar|waalaikumsalam|salam kenal|punten|kulonuwun|matur makasih|met pagi|met malam|ass|hey|helo|halo p|"
    "sugeng pagi|sugeng enjing|sugeng injing|sugeng siang|sugeng sonten|sugeng dalu|sugeng ndalu|sugeng rawuh|sampurasun|"
    "wilujeng|wilujeng pagi|wilujeng enjing|wilujeng siang|wilujeng sonten|wilujeng wengi|wilujeng sumping|mejuah juah|"
    "njuah juah|mejuahjuah|yahowu|ya'ahowu|ahoi|rampes|horas bah|rahayu|salam sejahtera|shalom|syalom|om swastiastu|namo buddhaya|asslmkm|tabik|tabek|asalamualaikum wr wb|terima makasih|terima kasih banyak|sama|asw|aslmkm|asslm|🙏|👋|😊",
    "mentor": "pendamping|tanya pendamping|admin|mau bicara dengan pendamping|panggil pendamping|hubungi pendamping|"
    "bicara dengan pendamping|bicara dengan orang|mau bicara dengan orang|nomor pendamping|minta nomor pendamping|"
    "mau bicara dengan admin|petugas|minta nomor admin|sambungkan ke pendamping",
    "lainnya": "haha|hahaha|wkwk|wkwkwk|hehe|hihi|😂",
}  # fmt: skip
_EXACT: Final = {said: wish for wish, table in _COMMANDS.items() for said in table.split("|")}

_SAVE: Final = "(?:setor|nabung|celengi|isi celengan|masukkan|titip|tambah)"
_AFTER_SAVING: Final = "(?:saja|dulu|hari|ini|lagi|juga|rupiah|ke|di|celengan|tabungan)"
_EVERY: Final = "(?:tiap|setiap) (?:hari|pagi|sore|malam)"
_DAY_PART: Final = "(?: (?:pagi|siang|sore|malam))?"
_AROUND_INTEREST: Final = (
    "(?:ada|dapat|berapa|apa|apakah|tidak|kok|kenapa|persen|setahun|sebulan|di|sini|saya|"
    "celengan|tabungan|nabung|bank|kur|pinjaman|kredit|koperasi|hukum|haram|halal|dosa|boleh|itu|atau)"
)
_BORROW: Final = "(?:pinjam|minjam|meminjam|ngutang|utang|berutang)"
_RULES: Final = tuple(
    (re.compile(pattern), wish)
    for wish, pattern in (
        (
            "setor",
            rf"^(?:saya )?(?:mau )?{_SAVE}(?: tabungan| celengan)? <uang>(?: {_AFTER_SAVING})*$",
        ),
        ("setor", r"^<uang> (?:saja|dulu|rupiah|lagi|juga)$"),
        (
            "tarik",
            r"^(?:saya )?(?:mau )?(?:tarik|ambil|cairkan)(?: (?:uang|tabungan|celengan|dulu|saya))* <uang>(?: saja| dulu)*$",
        ),
        (
            "jadwal",
            rf"^(?:tolong )?ingatkan (?:saya )?(?:nabung )?(?:{_EVERY} )?jam <angka>{_DAY_PART}$",
        ),
        # What is written differs from what she handed over: "kok 20, saya kasih 25".
        (
            "beda catatan",
            (
                r"^(?:kenapa |cuma |hanya |tertulis |catat )*<(?:uang|angka)> (?:(?:kan|tadi|padahal|bukan|saja) )*"
                r"(?:saya (?:tadi |kan )*(?:kasih|setor|nabung|titip|serahkan)|padahal(?: saya)?(?: kasih| setor)?)"
                r" <(?:uang|angka)>(?: saja| tadi)*$"
            ),
        ),
        # Said by a holder it is of all the others.
        (
            "semua setor",
            (
                r"^(?:tadi |hari |ini |sudah )*(?:semua|semuanya|seluruhnya)(?: (?:orang|anggota|sudah|tadi|pada|setor|nabung|"
                r"bayar|kasih|titip|rata|masing))+ <(?:uang|angka)>(?: (?:kecuali|selain) .*)?$"
            ),
        ),
        # Whether savings bear interest, or may be lent: both have their answer written down.
        (
            "konsultasi",
            rf"^(?:{_AROUND_INTEREST} )*bunga(?:nya)?(?: {_AROUND_INTEREST})*$",
        ),
        (
            "konsultasi",
            rf"^(?:\S+ ){{0,5}}{_BORROW}(?: \S+){{0,3}} (?:celengan|tabungan|kelompok|kas)(?: \S+){{0,4}}$",
        ),
        ("oss", r"^kbli(?: (?:untuk|usaha|apa|jualan))* \w+(?: \w+)?$"),
        (
            "hapus_data",
            r"^(?:saya |tolong )?(?:mau )?hapus (?:semua )?(?:data|akun)(?: pribadi)?(?: saya)?$",
        ),
    )
)
_GREETING: Final = "sapaan"
_NAMED: Final = re.compile(
    r"(?P<greeting>.+?)[\s,]+(?:bu|buk|ibu|kak|mbak|mba|inang|uni) (?P<name>[a-z']+)[\s.!]*"
)
_ASKING: Final = bag(
    "tanya curhat bagaimana berapa apa apakah kenapa kalau kapan bolehkah bisakah konsultasi siapa"
)
_TAG_QUESTION: Final = bag("? boleh bisa")
_LATER: Final = bag("besok nanti lusa kapan2 rencana rencananya insyaallah semoga kalau")
_ONLY_IF_TOLD: Final = bag("batal lainnya")
_UNDOES: Final = re.compile(
    r"\b(?:batal|btl|ga?jadi|tidak|jangan|bukan|salah|keliru|kliru|silap|kesilap|luput|koreksi|ralat|"
    r"revisi|perbaik|betul|benar|hapus|hilang|buang|urung|undo|cancel|stop|anul|cabut|tarik|balik|"
    r"kembali|ganti|ubah|ulang|wurung|sido|lebih|kelebih|kebanyak|kurang|nol|harusnya|mesti|maksud|"
    r"tercatat|tecetek|dobel|dua kali|\w*ncet|lupa|typo|usah)"
)
#: "Lusa" is to come, but not the day before yesterday.
_DAY_BEFORE: Final = re.compile(r"\bkemarin lusa\b")
_WHETHER: Final = bag("belum kah")
_BARELY_NOT: Final = bag(
    "belum baru kok lho loh lo ya bu ibu kak mbak masih sih toh to iki ini kan memang lah"
) | {
    NUMBER,
    MONEY,
}
_NOT: Final = bag("tidak belum jangan batal salah bukan gajadi tidakjadi")


def guess(text: str) -> Wish:
    """What a message wants.

    >>> guess("setor 10rb")
    Wish(name='setor', confidence=0.99, choices=())
    """
    said, line = _line(text)
    if not line:
        return Wish(NO_WISH, 0.0, ("bantuan", "setor", "saldo"))
    command = _told(said, line) or _greets_somebody(text)
    if command is not None:
        return command
    if line == NUMBER or all(number_parts(word) for word in line.split()):
        return Wish("setor", 0.6, ("setor", "tarik", "bantuan"))
    return _modelled(said, text)


def told(text: str) -> str:
    """The wish that a message tells in so many words and nothing besides; "" when it does not.

    >>> told("cek saldo"), told("gak jadi deh"), told("saldo tinggal sedikit")
    ('saldo', 'batal', '')
    """
    found = _told(*_line(text)) or _greets_somebody(text)
    return found.name if found else ""


def _line(text: str) -> tuple[list[str], str]:
    """The words of a message in their usual form, and as one line without question marks."""
    said = normal_words(_DAY_BEFORE.sub("kemarin", tidy(text)).replace("/", " "))
    return said, " ".join(word for word in said if word != "?") or " ".join(said)


def _told(said: list[str], line: str) -> Wish | None:
    """What a command or a rule says of it."""
    if line in _EXACT and not _questions_money(_EXACT[line], said):
        return Wish(_EXACT[line], CERTAIN, ())
    for pattern, wish in _RULES:
        if pattern.search(line) and not _questions_money(wish, said):
            return Wish(wish, RULED, ())
    return None


def _greets_somebody(text: str) -> Wish | None:
    """A greeting with a name behind it ("assalamualaikum bu dewi"); "halo bu, saldo" names nobody."""
    named = _NAMED.fullmatch(tidy(text))
    if named is None or _told(*_line(named["name"])):
        return None
    found = _told(*_line(named["greeting"]))
    return found if found is not None and found.name == _GREETING else None


def _questions_money(wish: str, said: list[str]) -> bool:
    return wish in _MONEY_WISHES and bool(set(said) & (_ASKING | _TAG_QUESTION))


def _modelled(said: list[str], text: str) -> Wish:
    """The model's word, held back where money would move on a question, a plan or a denial."""
    shares = likelihoods(text)
    order = sorted(WISHES, key=lambda wish: -shares[wish])
    asked = _held_back(order[0], said)
    if asked == "strongly" and order[0] == "setor":
        order = _second_first(order, said)
    name = order[0]
    confidence = round(max(shares[name], max(shares.values()) / 2), 3)
    if not asked and shares[name] >= weights().alone.get(name, 1.0):
        return Wish(name, confidence, ())
    choices = order[:MOST_CHOICES]
    if asked in {"strongly", "question"} and "konsultasi" not in choices:
        choices[-1] = "konsultasi"
    return Wish(name, confidence, tuple(choices))


def _held_back(wish: str, said: list[str]) -> str:
    """Why a wish that could do harm is not acted on alone: `strongly` (it asks), `question` (it may only seem to),
    `mildly` (a plan, a denial); empty when nothing holds it back.
    """
    spoken = set(said)
    if wish == "batal" and not _UNDOES.search(NOT_OFF.sub("", " ".join(said))):
        return "mildly"  # pointing back ("yang tadi itu") undoes nothing, nor does "gak salah"
    if wish == "izin_libur" and spoken <= _BARELY_NOT:
        return "mildly"  # "kok belum", "belum, baru 15": not yet what?
    if wish in _ONLY_IF_TOLD and spoken & (_ASKING | _TAG_QUESTION | _WHETHER):
        return "mildly"
    if wish not in _MONEY_WISHES:
        return ""
    if spoken & _ASKING:
        return "strongly"
    if spoken & _TAG_QUESTION:
        return "question"
    return "mildly" if spoken & (_LATER | _NOT) else ""


def _second_first(order: list[str], said: list[str]) -> list[str]:
    """A question that looks like a deposit is first of all a question."""
    asks_advice = MONEY in said or "tanya" in said or "curhat" in said
    second = "konsultasi" if asks_advice and order[1] in {"tarik", NO_WISH} else order[1]
    return list(dict.fromkeys((second, "setor", *order)))
