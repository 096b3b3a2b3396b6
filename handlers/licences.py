"""``oss``, her NIB, and the short guides behind it: where each of them is begun."""

from __future__ import annotations

import re

from bot.domain.guides import LONGEST_GIVEN, GuideMoved, StepState
from bot.talk import Instead, Turn, dialogue
from bot.talk.knowledge import asks
from handlers.guidance import SURE, command, guides
from handlers.shelf import library
from handlers.who import outside

_KBLI = re.compile(r"\bkbli\w*\b", re.IGNORECASE)
_NIB_THERE = re.compile(
    r"\bnib\b.*\b(?:terbit|jadi|keluar|dapat|dapet|punya|ada)\b|\b(?:punya|dapat|dapet)\b.*\bnib\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(?:belum|blm|belom|gak|ga|nggak|tidak|tdk|mau|kalau|kalo|cara)\b", re.IGNORECASE
)
_THEN = re.compile(
    r"\b(?:(?:lalu|terus|trus|habis|abis|sesudah|setelah) (?:itu|apa|ini)|selanjutnya)\b",
    re.IGNORECASE,
)
_TROUBLED = re.compile(
    r"\b(?:gak|ga|nggak|tidak|tdk|gk|bener\w*|benar\w*|di ?mana|brp|kok|error|lupa|ditolak|mentok|ribet|bayar)\b",
    re.IGNORECASE,
)
_BEGINS = re.compile(
    r"\b(?:mau|ingin|pengen|coba|ajar\w*|belajar|mulai|lanjut\w*)\b", re.IGNORECASE
)
_GUIDE = re.compile(
    r"\b(?:buat|bikin|buatin|bikinin|daftar|mendaftar|urus|ngurus|mengurus|mulai|lanjut\w*|panduan|ajar\w*|"
    r"langkah|bantu\w*)\b",
    re.IGNORECASE,
)


@dialogue(wishes=("oss",), says=("oss", "nib", "akun oss", "lanjut oss", "buat nib"))
async def oss(turn: Turn) -> GuideMoved | Instead | None:
    """The guide to her account and her NIB; a question about it is answered as questions are."""
    said = turn.opening
    if _KBLI.search(said) and (what := _KBLI.sub(" ", said).strip()):
        return Instead("", f"kbli {what}")
    if _NIB_THERE.search(said) and not _NOT_YET.search(said):
        return Instead("", "punya nib")
    if said and _asks(said):
        return _held_up(turn, said) or Instead("konsultasi", said)
    return _open(turn, "oss")


def _held_up(turn: Turn, said: str) -> GuideMoved | None:
    """What she tells of is a known trouble of the step she is at: it is answered there."""
    guide = guides()["oss"]
    kept = turn.books.steps_kept(turn.me, guide.id)
    step = guide.next_step(kept) if kept else None
    if step is None or step.trouble(said, SURE) is None:
        return None
    told = said[:LONGEST_GIVEN]
    return GuideMoved(turn.me, guide.id, step.id, StepState.STUCK, given=told)


def _asks(said: str) -> bool:
    """Whether she asks or tells of a trouble, rather than wants to begin."""
    begins = _GUIDE.search(said) and not _TROUBLED.search(said) and not asks(said)
    return not begins or library().find(said).alone


@dialogue(wishes=("marketplace",), says=("pasar", "lanjut pasar", "jualan online"))
async def pasar(turn: Turn) -> GuideMoved | Instead | None:
    """Six lessons about selling on Facebook; a question about it is answered as questions are."""
    said = turn.opening
    if said and (asks(said) or not _BEGINS.search(said) or library().find(said).alone):
        return Instead("konsultasi", said)
    return _open(turn, "pasar")


@dialogue(
    says=(
        "punya nib",
        "sudah punya nib",
        "nib saya",
        "nib ku",
        "nibku",
        "nib sudah jadi",
        "nib sudah terbit",
    )
)
async def has_nib(turn: Turn) -> GuideMoved | Instead | None:
    """She reports her NIB: the number is kept only if she gives it."""
    guide = guides()["oss"]
    last = guide.steps[-1]
    then = _THEN.search(turn.opening)
    if asks(turn.opening) and not then:
        return Instead("konsultasi", f"nib saya {turn.opening}")
    if then and last.done(turn.books.steps_kept(turn.me, guide.id)):
        return _open(turn, guide.id)
    return Instead("", command(guide, last, "sudah"))


@dialogue(says=("pirt", "spp-irt", "spp irt"))
async def pirt(turn: Turn) -> GuideMoved | Instead | None:
    """SPP-IRT, for food made at home."""
    return _short(turn, "pirt")


@dialogue(says=("halal",))
async def halal(turn: Turn) -> GuideMoved | Instead | None:
    """The halal certificate by her own statement."""
    return _short(turn, "halal")


@dialogue(says=("sni bina umk", "sni"))
async def sni(turn: Turn) -> GuideMoved | Instead | None:
    """SNI Bina UMK."""
    return _short(turn, "sni")


@dialogue(says=("kur syariah", "kur"))
async def kur(turn: Turn) -> GuideMoved | Instead | None:
    """KUR syariah: what it is and whom to ask."""
    return _short(turn, "kur")


def _short(turn: Turn, name: str) -> GuideMoved | Instead | None:
    if turn.opening:
        return Instead("konsultasi", f"{name} {turn.opening}")
    return _open(turn, name)


def _open(turn: Turn, name: str) -> GuideMoved | None:
    """Go on in a guide where she is; a mentor sees how far hers are."""
    if turn.books.memberships(turn.me):
        return GuideMoved(turn.me, name)
    if turn.books.is_mentor(turn.me):
        turn.say("for_mentors", offers=("laporan oss", "laporan pasar", "sesi oss"))
    else:
        outside(turn)
    return None
