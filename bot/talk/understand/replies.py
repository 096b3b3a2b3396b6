"""Answers to an open question: yes or no, and which of the choices offered."""

import re
from typing import Final

from bot.talk.understand.negation import NOT_OFF, QUESTION
from bot.talk.understand.numerals import number_parts
from bot.talk.understand.putting_off import puts_off
from bot.talk.understand.tokens import bag, squeeze, tidy, words

_YES: Final = bag("""
    y ya iya iy yoi yo iyo yaa iye yup yap yes yess ok oke okey okay okeh oce okelah okee oks sip siap
    sipp sippp siapp boleh blh bole bolehlah udah udh dah sudah sdh sudahlah udahlah dh wis wes uwis
    uis sampun betul btul btl bener bnr benar setuju lanjut lanjutkan lanjutin gas gaskeun gass jadi jd
    mau mw cocok pas nggih inggih njih enggih injih ayo yuk hooh ho'oh heeh iyes olo yakin pasti tentu
    silakan silahkan acc deal iyalah yalah iyaa bisa yoii yowes yowis ho'o bereskan kirim terima
    diterima nerima dapat tentunya correct yoa auk sido purun kersa iyee he'eh yeah yep
    muhun sumuhun leres enya geus enggeus entos atos tos parantos tepat
    """)
_NO: Final = bag("""
    n no gak ga gk g nggak ngga nggk ngak engga enggak enggk kagak kaga kgk kgak tidak tdk tak tida ndak
    nda indak ndk ora rak mboten boten dang daong unang belum blm belom blum blom durung dereng bukan
    bkn bukanlah batal batalin batalkan batalaja jangan jgn janganlah ogah emoh salah keliru slh gajadi
    gakjadi nggakjadi tidakjadi ndakjadi gausah gakusah nolak tolak sanes dudu cancel enggaklah gaklah
    teu henteu hente acan moal entong ulah alun ngak kga dak keberatan
    """)
_NEGATORS: Final = _NO - bag(
    "n no batal batalin batalkan salah keliru slh gajadi gakjadi nggakjadi tolak nolak cancel keberatan"
)
#: Those that, said last, ask whether it is so: "dapat upah gak".
_OR_NOT: Final = _NEGATORS & bag("""
    gak ga gk nggak ngga nggk ngak engga enggak enggk kagak kaga kgk kga tidak tdk tida ndak nda indak ndk
    dak ora teu henteu
    """)
_NEGATED: Final = _YES - bag("y ya iya yo ok oke sip siap") | bag("usah perlu dulu ada pernah")
#: "Tak" is "not" in Indonesian and "I" before what somebody does in Javanese: "tak cek", "tak terima".
_NOT_OR_I: Final = "tak"
_TAK_DENIES: Final = _NEGATED - bag("terima nerima kirim bereskan lanjut lanjutkan lanjutin")
#: Who wants to look first has not said yes: "mau lihat saldo dulu".
_WANTS: Final = bag("mau mw bisa boleh")
_LOOKS: Final = bag("lihat liat ngeliat cek ngecek itung hitung ngitung delok ndelok tengok")
#: "Not quite so" is no, however kindly it is said.
_NOT_QUITE: Final = "kurang"
_RIGHT: Final = bag("benar bener betul btul btl bnr leres tepat pas cocok sesuai setuju sreg")

_SOFTENS: Final = bag("bu buk ibu kak mbak mba dik bun teh ceu ya sih deh dong lah kok mah atuh")
#: What stands before a no that is a no all the same: "saya tidak", "oh, enggak".
_BEFORE_A_NO: Final = _SOFTENS | bag("""
    saya sy aku ak kami kita awak abdi kulo eh oh o ah aduh waduh wah lho loh nah hmm maaf punten alhamdulillah
    jelas pasti tetap emang memang masih ini itu hari hr sekarang skrg
    """)
#: Before a "ya" that answers, and does not only soften what was said: "oh ya", "bu, ya".
_BEFORE_A_YES: Final = _SOFTENS | bag("oh o ooh eh ah hmm nah alhamdulillah")
_WAITING: Final = bag("tunggu bentar sebentar sek sik")

_OPEN: Final = re.compile(
    rf"{QUESTION}|\b(?:tapi|tp|tpi|cuma|cuman|tanya|nanya|apa2|papa|gapapa|gakpapa|tau|tahu|ngerti|atau|ato|"
    r"bingung|kayaknya|mungkin|kalau|kalo|klo|entah|nanti|ntar|entar|tar|bukannya|terserah|masa|mosok|kok)\b"
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
    if _OPEN.search(tidied) or NOT_OFF.search(tidied):
        return None
    said = _without_waiting(said)
    verdicts = [one for one in _verdicts(said) if not _only_politeness(said, one[0])]
    if len({yes for _, yes in verdicts}) != 1 or _asks_whether(said):
        return None
    place, answer = verdicts[0]
    if place >= _FIRST_WORDS and len(said) > _FIRST_WORDS + 2:
        return None
    return None if answer and puts_off(text) else answer


def _without_waiting(said: list[str]) -> list[str]:
    """The words behind a first "tunggu bu", where there are any."""
    rest = said
    while rest and (rest[0] in _WAITING or (rest is not said and rest[0] in _SOFTENS)):
        rest = rest[1:]
    return rest or said


def _asks_whether(said: list[str]) -> bool:
    """Whether a "not" at the end asks whether it is so: "dapat upah gak ya"."""
    *before, last = [word for word in said if word not in _SOFTENS] or [""]
    return last in _OR_NOT and any(word not in _BEFORE_A_NO | _NO for word in before)


def _only_politeness(said: list[str], place: int) -> bool:
    """Whether a "ya" only softens what was said: "makasih ya", "saya cek dulu ya" agree to nothing."""
    return said[place] in {"ya", "y", "yo"} and any(
        word not in _BEFORE_A_YES for word in said[:place]
    )


def _form(word: str) -> str:
    short = squeeze(word)
    return word if word in _YES or word in _NO else short


def _verdicts(said: list[str]) -> list[tuple[int, bool]]:
    """Each yes and no in a reply with its place; a negated yes (`gak jadi`) is a no."""
    found: list[tuple[int, bool]] = []
    i = 0
    while i < len(said):
        verdict, length = _verdict(said[i], said[i + 1] if i + 1 < len(said) else "")
        if verdict is not None:
            found.append((i, verdict))
        i += length
    return found


def _verdict(word: str, following: str) -> tuple[bool | None, int]:
    """What a word with the one that follows it says, and how many of both say it."""
    if word == _NOT_OR_I and following and following not in _TAK_DENIES | _SOFTENS:
        return None, 2
    if word in _THANKS and following in {"kasih", "kasi", "kasihnya", "ksih", "ksh"}:
        return None, 2
    if word in _WANTS and following in _LOOKS:
        return None, 2
    if (word in _NEGATORS and following in _NEGATED) or (
        word == _NOT_QUITE and following in _RIGHT
    ):
        return False, 2
    return (word in _YES if word in _YES or word in _NO else None), 1


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
