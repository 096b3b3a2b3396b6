"""How many people: a small number, in digits or in words."""

from __future__ import annotations

import re

from bot.talk.answers import Answer, Got

_WORDS = {
    word: number
    for number, word in enumerate(
        [
            "nol",
            "satu",
            "dua",
            "tiga",
            "empat",
            "lima",
            "enam",
            "tujuh",
            "delapan",
            "sembilan",
            "sepuluh",
            "sebelas",
        ]
    )
} | {"belum ada": 0, "tidak ada": 0, "dua belas": 12}
_DIGITS = re.compile(r"(?:\D*)(\d{1,3})(?:\D*)")


def number_up_to(most: int) -> Answer[int]:
    """A number from 0 to ``most``; "semua" is ``most``."""

    def read(words: str) -> Got[int] | None:
        plain = " ".join(words.lower().split()).removesuffix(" orang").removesuffix(" ibu")
        found = _DIGITS.fullmatch(plain)
        number = int(found[1]) if found else _WORDS.get(plain)
        if plain in ("semua", "semuanya"):
            number = most
        return Got(number) if number is not None and 0 <= number <= most else None

    def recall(kept: str) -> Got[int] | None:
        return Got(int(kept)) if kept.isdecimal() and int(kept) <= most else None

    return Answer(read, str, recall, counted=False)
