"""Answers to an open question: yes or no, and which of the choices offered."""

import re
from typing import Final

from bot.talk.understand.numerals import number_parts
from bot.talk.understand.tokens import bag, squeeze, tidy, words

_YES: Final = bag("""
    y ya iya iy yoi yo iyo yaa iye yup yap yes yess ok oke okey okay okeh oce okelah okee oks sip siap
    sipp sippp siapp boleh blh bole bolehlah udah udh dah sudah sdh sudahlah udahlah dh wis wes uwis
    uis sampun betul btul btl bener bnr benar setuju lanjut lanjutkan lanjutin gas gaskeun gass jadi jd
    mau mw cocok pas nggih inggih njih enggih injih ayo yuk hooh ho'oh heeh iyes olo yakin pasti tentu
    silakan silahkan acc deal iyalah yalah iyaa bisa yoii yowes yowis ho'o bereskan kirim terima
    diterima nerima dapat tentunya correct yoa auk sido purun kersa iyee he'eh yeah yep
    """)
_NO: Final = bag("""
    n no gak ga gk g nggak ngga nggk ngak engga enggak enggk kagak kaga kgk kgak tidak tdk tak tida ndak
    nda indak ndk ora rak mboten boten dang daong unang belum blm belom blum blom durung dereng bukan
    bkn bukanlah batal batalin batalkan batalaja jangan jgn janganlah ogah emoh salah keliru slh gajadi
    gakjadi nggakjadi tidakjadi ndakjadi gausah gakusah nolak tolak sanes dudu cancel enggaklah gaklah
    """)
_NEGATORS: Final = _NO - bag(
    "n no batal batalin batalkan salah keliru slh gajadi gakjadi nggakjadi tolak nolak cancel"
)
_NEGATED: Final = _YES - bag("y ya iya yo ok oke sip siap") | bag("usah perlu dulu ada pernah")
_OPEN: Final = re.compile(
    r"\?|\b(?:tapi|tp|tpi|cuma|cuman|berapa|brp|piro|gimana|gmn|kapan|kpn|tanya|nanya|kenapa|knp|apa2|"
    r"apa|papa|gapapa|gakpapa|tau|tahu|ngerti|atau|ato|bingung|kayaknya|mungkin|kalau|kalo|klo|entah|"
    r"nanti|ntar|entar|bukannya|mana|siapa|piye|cemana|kekmana|terserah|masa|kok)\b"
)
_THUMBS: Final = (("👍", True), ("👌", True), ("✅", True), ("👎", False), ("❌", False))
_THANKS: Final = bag(
    "makasih makasi mksh mksih trims tq thanks suwun nuwun terima trima terimakasih trimakasih"
)
_FIRST_WORDS: Final = 2
_ORDINALS: Final = {
    "pertama": 0, "pertamax": 0, "kesatu": 0, "ke1": 0, "kedua": 1, "ketiga": 2, "keempat": 3,
    "kelima": 4, "keenam": 5, "ketujuh": 6, "kedelapan": 7, "kesembilan": 8, "kesepuluh": 9,
    "awal": 0, "atas": 0, "teratas": 0, "terakhir": -1, "akhir": -1, "bawah": -1, "terbawah": -1,
    "belakang": -1, "trakhir": -1, "buncit": -1, "kapindo": 1, "kaping": 0, "ketelu": 2,
}  # fmt: skip
_AROUND_A_PICK: Final = bag("""
    yang yg yng nomor nomer no nmr nmor pilih pilihan pilihannya opsi poin jawaban angka itu tu aja aje
    saja sj ya iya y bu ibu kak mbak pak dong deh lah paling di saya sy aku mau mw ke se sing wae dik
    bang uni inang bude wak kayaknya ambil ok oke sip nya tombol tekan
    """)
_LETTERS: Final = "abcdefghij"


def read_yes_no(text: str) -> bool | None:
    """Whether a reply says yes or no; None when it says neither, both, or asks something back.

    >>> read_yes_no("iya bu"), read_yes_no("gak jadi"), read_yes_no("berapa ya?")
    (True, False, None)
    """
    tidied = tidy(text)
    said = [_form(word) for word in words(text)]
    if not said:
        thumbs = {yes for sign, yes in _THUMBS if sign in tidied}
        return thumbs.pop() if len(thumbs) == 1 else None
    if _OPEN.search(tidied):
        return None
    verdicts = [one for one in _verdicts(said) if not _only_politeness(said, one[0])]
    if not verdicts or len({yes for _, yes in verdicts}) != 1:
        return None
    place, answer = verdicts[0]
    return answer if place < _FIRST_WORDS or len(said) <= _FIRST_WORDS + 2 else None


_NOT_KNOWING: Final = re.compile(
    r"^(?:saya |sy |aku )?(?:masih |juga )?(?:belum|blm|blom|tidak|gak?|nggak|ngga|enggak|kurang|ndak|ora|rung)"
    r" (?:bisa |begitu |terlalu )?(?:tau|tahu|taw|ngerti|mengerti|pasti|tentu|yakin|kepikiran|dihitung|ada)"
    r"(?:[ ,]+(?:bu|buk|ibu|kak|ya|sih|juga|lagi|deh|pastinya|pasti|harganya|berapa))*[.!]*$"
    r"|^(?:entah(?:lah)?|mbuh|terserah|tergantung|lupa)(?:[ ,]+(?:bu|buk|ibu|kak|ya|sih|aja|saja))*[.!]*$"
)


def does_not_know(text: str) -> bool:
    """Whether a reply only says that she does not know (yet).

    >>> does_not_know("belum tau bu"), does_not_know("gak tentu"), does_not_know("belum")
    (True, True, False)
    """
    return _NOT_KNOWING.search(" ".join(text.lower().split())) is not None


_NOT_YET: Final = r"(?:belum|blm|blom|blum|durung|dereng|rung)"
_LATER: Final = re.compile(
    rf"^(?:(?:{_NOT_YET}|ya|iya|oke?|bu|tunggu|eh|aduh|maaf) )*"
    r"(?:(?:ya |bu |ta)?(?:nanti|ntar|entar|mengko|mangke|sebentar|bentar|sek|sik|tunggu)\b.*"
    rf"|(?:{_NOT_YET} (?:sempat|sempet|selesai|kober)|(?:saya |sy |aku |tak |di)?(?:me)?(?:ng)?h?itung|saya cek|di ?cek|cek|lihat kotak|buka kotak)"
    r"(?: (?:hitung|ngitung|itung|cek|lihat|buka|uangnya|uang|duitnya|bu|buk|kak|ya|sama sekali|kotaknya))*)$"
)
_CALLED_OFF: Final = re.compile(
    r"^(?:(?:ya|iya|oke?|bu|eh|aduh|maaf) )*"
    r"(?:(?:gak?|g|nggak|ngga|enggak|tidak|tdk|ndak|ora|gajadi|gakjadi) ?(?:jadi|jd|sido|sidane)(?: (?:bu|buk|ibu|kak|ya|deh|dulu))*"
    r"|(?:gajadi|gakjadi|nggakjadi|tidakjadi|ndakjadi)(?: (?:bu|ya|deh))*)$"
)

#: What asks, or speaks of so much, does more than put off; and so does a long story.
_ASKS: Final = re.compile(
    r"[?\d]|\b(?:gimana|gmn|bagaimana|piye|berapa|brp|apa|kapan|siapa|mana|kalau|kalo|klo|kenapa|bisa|boleh)\b"
)
_SHORT: Final = 7


def puts_off(text: str) -> bool:
    """Whether a reply only says that she will answer later, or has not looked yet.

    >>> puts_off("belum sempat hitung bu"), puts_off("nanti ya lagi masak"), puts_off("belum selesai")
    (True, True, True)
    >>> puts_off("belum"), puts_off("iya selesai"), puts_off("nanti setor 10rb"), puts_off("gak jadi")
    (False, False, False, False)
    """
    return _only(_LATER, text)


def calls_off(text: str) -> bool:
    """Whether a reply only says that nothing is to come of it.

    >>> calls_off("gak jadi bu"), calls_off("tidak"), calls_off("gak jadi setor 10rb")
    (True, False, False)
    """
    return _only(_CALLED_OFF, text)


def _only(form: re.Pattern[str], text: str) -> bool:
    said = " ".join(re.sub(r"[.,!]+", " ", text.lower()).split())
    return not _ASKS.search(text) and len(said.split()) <= _SHORT and bool(form.search(said))


def _only_politeness(said: list[str], place: int) -> bool:
    """Whether a "ya" only rounds off thanks: "makasih ya" agrees to nothing."""
    return said[place] in {"ya", "y", "yo"} and any(word in _THANKS for word in said[:place])


def _form(word: str) -> str:
    short = squeeze(word)
    return word if word in _YES or word in _NO else short


def _verdicts(said: list[str]) -> list[tuple[int, bool]]:
    """Each yes and no in a reply with its place; a negated yes (`gak jadi`) is a no."""
    found: list[tuple[int, bool]] = []
    i = 0
    while i < len(said):
        word = said[i]
        following = said[i + 1] if i + 1 < len(said) else ""
        if word in _NEGATORS and following in _NEGATED:
            found.append((i, False))
            i += 2
            continue
        if word in _THANKS and following in {"kasih", "kasi", "kasihnya", "ksih", "ksh"}:
            i += 2
            continue
        if word in _NEGATORS and following in {"salah", "keliru", "slh"}:
            return []
        if word in _YES or word in _NO:
            found.append((i, word in _YES))
        i += 1
    return found


def read_pick(text: str, count: int) -> int | None:
    """Which of `count` offered choices a reply picks, as an index from 0; None when it picks none.

    >>> read_pick("yg pertama", 3), read_pick("2", 3), read_pick("terakhir", 3)
    (0, 1, 2)
    """
    said = [word for word in words(text) if word not in _AROUND_A_PICK]
    if len(said) != 1 or count < 1 or re.search(r"\d\s*[.,%]\s*\d|\brp\b", tidy(text)):
        return None
    word = squeeze(said[0]) if said[0].isalpha() else said[0]
    index = _index(word)
    if index is None:
        return None
    index = count - 1 if index < 0 else index
    return index if index < count else None


def _index(word: str) -> int | None:
    """The place a single word names, −1 for the last."""
    if word.isdecimal():
        return int(word) - 1 if int(word) > 0 else None
    if word in _ORDINALS:
        return _ORDINALS[word]
    if len(word) == 1 and word in _LETTERS:
        return _LETTERS.index(word)
    parts = number_parts(word)
    if len(parts) == 1 and parts[0].kind == "unit":
        return int(parts[0].value) - 1
    return None
