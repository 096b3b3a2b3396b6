"""Answers of somebody who counts money: how much it is, note by note, or that she is still at it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.domain.money import NOTHING, Money
from bot.talk.answers import Answer, Doubt, Got, Reading, money, optional
from bot.talk.understand import read_amount
from bot.talk.understand.money_words import CURRENCY, SMALL_TALK
from bot.talk.understand.numerals import number_parts
from bot.talk.understand.tokens import bag, tidy, tokens

#: The button for a box with nothing in it, and what is kept while she is still counting.
EMPTY, STILL = "empty", "still"

_EMPTY = re.compile(
    r"^\W*(?:kosong|nol|0|rp ?0|habis|(?:tidak|gak?|nggak) ada)(?: (?:bu|kak|ya|isinya|semua))*\W*$"
)
_STILL = re.compile(
    r"\b(?:se?bentar|tunggu|ntar|nanti|dulu|masih|belum|blm|lagi|sabar|(?:ng|di|meng)?h?itung\w*|"
    r"receh\w*|lecek|koin\w*|lembar\w*|uang\w*|duit\w*|kotak\w*|aduh|(?:he|ha){2,}|(?:wk){2,})\b"
)
_ASKS = re.compile(
    r"\?|\b(?:apa|berapa|brp|gimana|bagaimana|kenapa|kapan|siapa|bisa|boleh|bingung|batal|jadi)\b"
)

#: What is said around an amount that was counted; with anything else it may be about other money.
_OF_THE_BOX = (
    SMALL_TALK
    | CURRENCY
    | bag("""
    isi isinya kotak kotaknya kas kasnya jumlah jumlahnya total totalnya semua semuanya uang uangnya
    duit duitnya ada adanya hitung hitungan hitungannya terhitung dihitung setelah sesudah dalam
    sekarang cuma hanya pas jadi eh salah maksudnya bukan
    """)
)

_NOTES = frozenset([100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 75_000, 100_000])
_NOTE = r"(?:rp ?)?(\d{1,3}(?:\.000)?) ?(rb|ribu|rebu|k|perak|an|ribuan|rban)?"
_PIECES = r"(?:lembar|lbr|lb|keping|biji|buah|koin|x|×|\*|kali)"
_PART = re.compile(r"[,;+\n]|\b(?:sama|dan|dn|plus|terus|trus|tambah|lalu)\b")
_COUNT_FIRST = re.compile(rf"(\d{{1,4}}) ?{_PIECES} ?(?:uang )?{_NOTE}")
_NOTE_FIRST = re.compile(rf"{_NOTE} ?(?:(?:ada|{_PIECES}) ?)?(\d{{1,4}})(?: ?{_PIECES})?")


def contents(usual: Sequence[Money] = (), *, patient: bool = True) -> Answer[Money | None]:
    """What is in the box; None while she is still counting, where we are ``patient``."""
    plain = money(usual)

    def read(words: str) -> Reading[Money | None]:
        said = tidy(words)
        if _EMPTY.match(said):
            return Got(NOTHING)
        by_note = read_notes(said)
        if by_note:
            return Doubt((Money(by_note),))
        if not read_amount(words).candidates:
            still = patient and _STILL.search(said) and not _ASKS.search(said)
            return Got(None) if still else None
        found = plain.read(words)
        if isinstance(found, Got):
            return Got(found.value) if _of_the_box(said) else Doubt((found.value,))
        return Doubt(tuple(found.values)) if isinstance(found, Doubt) else None

    def recall(kept: str) -> Got[Money | None] | None:
        if kept in (EMPTY, STILL):
            return Got(NOTHING if kept == EMPTY else None)
        found = plain.recall(kept)
        return None if found is None else Got(found.value)

    def keep(found: Money | None) -> str:
        if found is None:
            return STILL
        return plain.keep(found) if found else EMPTY

    return replace(optional(plain, EMPTY, ()), read=read, keep=keep, recall=recall)


def read_notes(said: str) -> int | None:
    """What notes and coins come to, told kind by kind; None when they are not told so.

    >>> read_notes("2x20rb sama 2x10rb"), read_notes("50rb 1 lembar 10rb 1"), read_notes("60rb")
    (60000, 60000, None)
    """
    plain = " ".join(_PART.sub(" ", said).split())
    for form, note, scale, many in ((_COUNT_FIRST, 2, 3, 1), (_NOTE_FIRST, 1, 2, 3)):
        found = list(form.finditer(plain))
        kinds = [_value(one[note], one[scale]) for one in found]
        if found and not form.sub("", plain).strip() and _NOTES.issuperset(kinds):
            return sum(kind * int(one[many]) for kind, one in zip(kinds, found, strict=True))
    return None


def _value(digits: str, scale: str | None) -> int:
    thousands = scale is not None and scale not in ("perak", "an")
    return int(digits.replace(".", "")) * (1_000 if thousands else 1)


def _of_the_box(said: str) -> bool:
    """Whether nothing is said that could be about other money."""
    return all(
        token.kind != "word" or token.text in _OF_THE_BOX or number_parts(token.text)
        for token in tokens(said)
    )
