"""Wishes by their plainest words; the trained reading takes over in `understand`."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.talk.understand import read_amount

_WORDS = {
    "sapaan": r"\b(assalam\w*|halo|hai|pagi|siang|sore|malam bu)\b",
    "saldo": r"\b(saldo|berapa|brp)\b",
    "riwayat": r"\briwayat\b",
    "tarik": r"\b(tarik|ambil|cairkan)\b",
    "setor": r"\b(setor|nabung|menabung|tabung|nyetor|celeng\w*)\b",
    "profil": r"\bprofil\b",
    "jadwal": r"\b(ingatkan|pengingat)\b",
    "berhenti": r"\bberhenti\b",
    "izin_libur": r"\b(libur|absen|rehat)\b",
    "bantuan": r"\b(bantuan|menu)\b",
    "konsultasi": r"\b(konsultasi|tanya|nanya|gimana|gmn|cara)\b",
    "mentor": r"\bpendamping\b",
}


@dataclass(frozen=True)
class Wish:
    """What she may want."""

    name: str
    confidence: float
    choices: tuple[str, ...] = ()


def guess(text: str) -> Wish:
    """The likeliest wish."""
    found = [name for name, words in _WORDS.items() if re.search(words, text.lower())]
    if "konsultasi" in found:
        return Wish("konsultasi", 0.9)
    if found:
        return Wish(found[0], 0.9)
    amount = read_amount(text)
    if amount.rupiah or amount.candidates:
        return Wish("setor", 0.9)
    return Wish("lainnya", 0.1)


def parts(text: str) -> tuple[str, ...]:
    """The pieces of a message, a wish each."""
    return (text,)
