"""What is never kept: numbers that open somebody's life (NIK, KK) do not get past the door."""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Sixteen digits in a row, as people group them; NIK and KK have sixteen.
_SIXTEEN = re.compile(r"(?<!\d)\d(?:[ .-]?\d){15}(?!\d)")
#: Six digits alone, perhaps with a word around them: a code that was sent to her.
_CODE = re.compile(
    r"(?:(?:ini|kode\w*|otp\w*|bu|angka\w*)\W*)*\d{3}[ -]?\d{3}\W*(?:(?:bu|ya|kode\w*)\W*)*",
    re.IGNORECASE,
)
#: One word of letters, digits and signs, that is no amount and no address of a page.
_PASSWORD = re.compile(
    r"(?!rp\W*\d|https?:|www\.)(?=\S*\d)(?=\S*[a-z])(?=\S*[^\w\s])\S{8,}", re.IGNORECASE
)
HIDDEN = "[16 angka dihapus]"


def without_secrets(words: str) -> tuple[str, bool]:
    """The words with every run of sixteen digits taken out, and whether there was one."""
    hidden, count = _SIXTEEN.subn(HIDDEN, words)
    return hidden, count > 0


def looks_secret(words: str) -> bool:
    """Whether the words are a code of six digits or a password, where such are about."""
    said = words.strip()
    return bool(_CODE.fullmatch(said) or _PASSWORD.fullmatch(said))


#: Numbers by which somebody could be called or found.
_LONG_NUMBER = re.compile(r"\+?\d(?:[ .-]?\d){7,}")
_SAME_TWICE = re.compile(r"\bIbu(?:\s+Ibu)+\b")
_CALLED = r"(?:\b(?:bu|buk|ibu|kak|kakak|mbak|mba|uni|inang|pak|bapak)\s+)?\b"


def nameless(words: str, names: Iterable[str]) -> str:
    """The words with "Ibu" for every one of the ``names``, and without long numbers."""
    for name in sorted(
        {part for part in " ".join(names).split() if len(part) > 1}, key=len, reverse=True
    ):
        words = re.sub(rf"{_CALLED}{re.escape(name)}\b", "Ibu", words, flags=re.IGNORECASE)
    return _LONG_NUMBER.sub("…", _SAME_TWICE.sub("Ibu", words))


def masked(words: str, names: Iterable[str]) -> str:
    """The words without any digit and without the ``names``, for learning how people write."""
    return re.sub(r"\d", "0", unnamed(words, names))


def unnamed(words: str, names: Iterable[str]) -> str:
    """The words without the ``names``, to be quoted."""
    for part in " ".join(names).split():
        words = re.sub(rf"\b{re.escape(part)}\b", "…", words, flags=re.IGNORECASE)
    return words
