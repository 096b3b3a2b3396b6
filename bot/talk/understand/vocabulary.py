"""The words for numbers that members use, each with what it stands for.

Sources: the project's notes on how members write (Indonesian, Jakarta money words, Javanese), and
the everyday number words of Minang, Toba Batak and Malay, which are heard in North Sumatra.
"""

from typing import Final

from bot.talk.understand.tokens import bag

_UNITS: Final = {
    1: "satu stu siji sada ciek setunggal sijik",
    2: "dua duo due duwa dwa loro rong kalih",
    3: "tiga tige tigo tga telu telung tolu tigang tlu",
    4: "empat ampat mpat ampek papat patang opat epat empt",
    5: "lima lime limo lma limang gangsal",
    6: "enam anam enem onom nem enm",
    7: "tujuh tuju tujoh tjuh tujuah pitu pitung",
    8: "delapan lapan dlapan delapn dlpn dalapan wolu wolung ualu",
    9: "sembilan smbilan sembilam semblan sambilan semilan sanga songo sangang",
}
_TENS: Final = {
    10: "sepuluh spuluh sepulu sepuloh sapuluh sapuluah sepulo sedasa sepluh spluh sampulu",
    11: "sebelas sblas sebls sewelas",
    12: "rolas",
    13: "telulas",
    14: "patbelas",
    15: "limolas limalas",
    16: "nembelas",
    17: "pitulas",
    18: "wolulas",
    19: "sangalas songolas",
    21: "selikur",
    22: "rolikur",
    23: "telulikur",
    24: "patlikur",
    25: "selawe",
    26: "nemlikur",
    50: "seket",
    60: "sewidak",
}
_HUNDREDS: Final = {100: "seratus sratus srtus satus saratus saratuih"}
_SCALES: Final = {
    1_000: "ribu rb rbu rebu ribuh ewu rib rbs",
    1_000_000: "juta jt jta jutah jute yuto",
    1_000_000_000: "miliar milyar milyard",
}
_ONE_SCALES: Final = {
    1_000: "seribu sribu serebu srebu saribu sarebu sewu seribo",
    1_000_000: "sejuta sjuta sejt sajuta sakyuto",
    1_000_000_000: "semiliar semilyar",
}
_SLANG_SURE: Final = {
    1_000: "seceng ceceng",
    2_000: "noceng",
    3_000: "saceng",
    5_000: "goceng",
    10_000: "ceban",
    20_000: "noban",
    50_000: "goban",
    100_000: "cepekceng",
    200_000: "nopekceng",
    500_000: "gopekceng",
    1_000_000: "cetiao cetiau cetiaw",
    2_000_000: "notiao notiau notiaw",
    5_000_000: "gotiao gotiau gotiaw",
}
_SLANG_ASK: Final = {
    25: "jigo",
    50: "gocap",
    100: "cepek cepe",
    150: "pego pekgo",
    200: "nopek",
    500: "gopek gope",
}


def _spread(kind: str, table: dict[int, str]) -> dict[str, tuple[str, int]]:
    return {word: (kind, value) for value, names in table.items() for word in names.split()}


NUMBERS: Final[dict[str, tuple[str, int]]] = {
    **_spread("unit", _UNITS),
    **_spread("tens", _TENS),
    **_spread("hundreds", _HUNDREDS),
    **_spread("scale", _SCALES),
    **_spread("one_scale", _ONE_SCALES),
    **_spread("slang", _SLANG_SURE),
    **_spread("slang_ask", _SLANG_ASK),
    **dict.fromkeys(bag("belas blas bls"), ("belas", 10)),
    **dict.fromkeys(bag("puluh pulu pluh pulh puloh puluah plh pulo"), ("puluh", 10)),
    **dict.fromkeys(bag("ratus rts atus ratuih ratos rtus"), ("ratus", 100)),
    **dict.fromkeys(bag("setengah stengah setenga stgh stngah stengh sethengah"), ("half", 0)),
}
"""Word → (kind, value). Kinds: unit, tens (a whole 10–99), hundreds, belas, puluh, ratus, scale
(×1.000 …), one_scale (seribu), half, slang (safe) and slang_ask (always confirmed)."""

STANDARD: Final = [
    "satu",
    "dua",
    "tiga",
    "empat",
    "lima",
    "enam",
    "tujuh",
    "delapan",
    "sembilan",
    "belas",
    "puluh",
    "ratus",
    "ribu",
    "juta",
    "sepuluh",
    "sebelas",
    "seratus",
    "seribu",
    "sejuta",
    "goceng",
    "ceban",
    "noban",
    "goban",
    "setengah",
]
"""Well-spelled number words that a mistyped one may be compared with."""

JOINABLE: Final = sorted(
    [
        "satu",
        "dua",
        "tiga",
        "empat",
        "lima",
        "enam",
        "tujuh",
        "delapan",
        "sembilan",
        "belas",
        "puluh",
        "pulu",
        "ratus",
        "ribu",
        "rebu",
        "juta",
        "sepuluh",
        "sebelas",
        "seratus",
        "seribu",
        "sejuta",
        "setengah",
        "rb",
        "jt",
        "ewu",
        "rong",
        "telung",
        "patang",
        "limang",
        "nem",
        "pitung",
        "wolung",
        "sangang",
        "atus",
        "pluh",
        "pulh",
        "puloh",
        "blas",
        "rbu",
    ],
    key=len,
    reverse=True,
)
"""Number words that people write without a space between them: `limaribu`."""

NOT_NUMBERS: Final = bag(
    "lama juga tiba tempat sate situ suatu sebelah tua doa dia rabu buku baru bulu lupa "
    "ribut jumat jauh jatuh tubuh butuh penuh puluhan ratusan ribuan jutaan telur belah "
    "sempat tega batu saku jatuh belanja balas bales batas kelas atas lebu seluruh sembilu suruh sabun ban jadi juni juli rabo "
    "rebo serta sejak setuju setelah sedang serupa seru goreng gorengan lemari kemana "
    "tepat cepat dapat rapat kirim limau rata rapi tuan tadi enak anak emak awak "
    "serius genap harus habis terus status kurus putus belum puas pulang pulsa pulut puluhan "
    "jahit jual duit dus das satuan kesatuan saat sama saku sapu seratusan mas beras"
)
"""Common words one letter away from a number word; they are never taken for its misspelling."""
