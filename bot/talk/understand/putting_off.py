"""Answers that settle nothing: later, never mind, I do not know."""

import re
from typing import Final

from bot.talk.understand.negation import NOT, NOT_OFF, NOT_YET, OFF, QUESTION
from bot.talk.understand.tokens import tidy

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


_FIRST: Final = r"(?:dulu|dl|sek|sik|disik|dhisik|heula)"
_LATER: Final = re.compile(
    rf"^(?:(?:{NOT_YET}|ya|iya|oke?|bu|tunggu|eh|aduh|maaf) )*"
    r"(?:(?:ya |bu |ta)?(?:nanti|ntar|entar|tar|mengko|mangke|engke|sebentar|bentar|sek|sik|tunggu|sakedap)\b.*"
    rf"|(?:{NOT_YET} (?:sempat|sempet|selesai|kober)|(?:saya |sy |aku |tak |di)?(?:me)?(?:ng)?h?itung"
    r"|(?:saya |sy |aku |tak |di ?)?cek|lihat kotak|buka kotak)"
    rf"(?: (?:hitung|ngitung|itung|cek|lihat|buka|uangnya|uang|duitnya|bu|buk|kak|ya|sama sekali|kotaknya|{_FIRST}))*"
    r"|(?:(?:saya|sy|aku|tak|mau|arep) )*(?:(?:nge)?cek|(?:ng)?h?itung|(?:nge)?lih?at|n?delok|tengok)"
    rf"(?: (?:saya|aku|uangnya|duitnya|kotaknya))? {_FIRST}(?: (?:bu|buk|kak|ya|deh))*)$"
)
_CALLED_OFF: Final = re.compile(
    r"^(?:(?:ya|iya|oke?|bu|eh|aduh|maaf) )*"
    r"(?:(?:gak?|g|nggak|ngga|enggak|tidak|tdk|tak|ndak|ora|teu|gajadi|gakjadi) ?(?:jadi|jd|sido|sidane)(?: (?:bu|buk|ibu|kak|ya|deh|dulu))*"
    r"|(?:gajadi|gakjadi|nggakjadi|tidakjadi|ndakjadi)(?: (?:bu|ya|deh))*)$"
)

#: What asks, or speaks of so much, does more than put off; and so does a long story.
_ASKS: Final = re.compile(rf"{QUESTION}|\d|\b(?:kalau|kalo|klo|bisa|boleh)\b")
_SHORT: Final = 7


#: Says what is the matter: that is her answer, however much she wants to be waited for.
_DENIES: Final = re.compile(
    rf"\b(?<!takut )(?<!nanti )(?!kurang (?:paham|jelas|enak|sehat)){OFF}"
    rf"|{NOT} (?:setuju|cocok|sesuai|pas|sama|benar|bener|betul)\b"
)


def puts_off(text: str) -> bool:
    """Whether a reply only says that she will answer later, or has not looked yet.

    >>> puts_off("belum sempat hitung bu"), puts_off("nanti ya lagi masak"), puts_off("belum selesai")
    (True, True, True)
    >>> puts_off("tak cek sek"), puts_off("tunggu, gak di rumah"), puts_off("saya lihat dulu ya")
    (True, True, True)
    >>> puts_off("belum"), puts_off("iya selesai"), puts_off("nanti setor 10rb"), puts_off("gak jadi")
    (False, False, False, False)
    >>> puts_off("tunggu, itu salah bu"), puts_off("bentar, saya gak setuju")
    (False, False)
    """
    return _only(_LATER, text) and not _DENIES.search(NOT_OFF.sub("", tidy(text)))


def calls_off(text: str) -> bool:
    """Whether a reply only says that nothing is to come of it.

    >>> calls_off("gak jadi bu"), calls_off("tidak"), calls_off("gak jadi setor 10rb")
    (True, False, False)
    """
    return _only(_CALLED_OFF, text)


def _only(form: re.Pattern[str], text: str) -> bool:
    said = " ".join(re.sub(r"[.,!]+", " ", text.lower()).split())
    return not _ASKS.search(text) and len(said.split()) <= _SHORT and bool(form.search(said))
