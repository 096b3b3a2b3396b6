"""What members ask about the money itself: who has it, whether it is safe, why nobody has answered."""

from __future__ import annotations

import re

from bot.domain.changes import WordsPassed
from bot.domain.money import NOTHING
from bot.domain.people import Member
from bot.talk import Instead, Turn, dialogue
from handlers.box import at_bank, missing
from handlers.who import held_groups, holder_person, membership

_NOT = r"(?:belum|blm|blom|blum|durung|dereng|rung|gak?|nggak|ngga|enggak|tidak|tdk|ora|ndak)"
_MONEY = r"(?:uang|uwang|duit|duwit|dwit|hepeng|pitih|tabungan|celengan|titipan)"

#: The questions, likeliest first, by what is answered to them.
_ASKED = {
    "waits": re.compile(
        rf"\bkok\b.*\b{_NOT}\b(?! (?:dapat|dpt|bisa|ada))|\b{_NOT} (?:juga )?(?:di ?)?(?:jawab|balas|bales|terima|konfirmasi)\w*.*(?:kok|kenapa|ya\?)"
    ),
    "whole": re.compile(
        rf"\b(?:berapa|brp|piro|pinten)\b.*\b{_MONEY}\w* (?:kelompok|bersama|kita|semua)|\btotal {_MONEY}\w* (?:kelompok|semua|kita)"
        r"|\b(?:berapa|brp)\b.*\bisi kotak|\bisi kotak\w*\b.*\b(?:berapa|brp)\b"
        rf"|^(?!.*\b(?:pinj[ae]m|minj[ae]m|bunga|syarat|kredit|modal|kur|aman|mana|siapa)).*\b(?:isi|saldo|{_MONEY})\w*(?: \w+)?(?: di)? bank\b"
    ),
    "lend": re.compile(
        r"\b(?:boleh|bisa|mau|iso|oleh)\b.*\b(?:pinjam|minjam|pinjem|nyilih|ngutang|utang)\b"
    ),
    "safe": re.compile(
        rf"\b{_MONEY}(?:ku|e|ne|nya)?\b.*\b(?:aman|hilang|ilang)\b|\baman\b.*\b{_MONEY}"
    ),
    "where": re.compile(
        rf"\b(?:setor|nyetor|nabung|{_MONEY})\w*\b.*\b(?:siapa|sapa|sopo|mana|ndi|dimana)\b|\bsiapa\b.*\b(?:pegang|nyimpan|simpan)\b.*\b{_MONEY}"
    ),
    "proof": re.compile(
        r"\b(?:minta|mana|endi|ndi|lihat)\b.*\b(?:bukti|buku|bukune)\b|\b(?:bukti|buku|bukune)(?:nya|ku|ne)?\b.*\b(?:mana|ndi|endi|setor\w*)\b"
    ),
}

#: What is answered instead while some of it is at the bank.
_TWO_PLACES = {"where": "in_two_places", "safe": "safe_in_both"}

#: She no longer wants to keep the box.
_GIVES_UP = re.compile(
    rf"\b{_NOT}\b.*\b(?:mau|gelem|sanggup|kuat|bisa|jadi|pengen)\b.*\b(?:pegang|megang|nyimpan|simpan|pemegang|bendahara)\b"
    r"|\b(?:mundur|berhenti|ganti|leren)\b.*\b(?:pemegang|pegang|megang|bendahara)\b"
)

#: Says that what was missing is in the box again, or will be.
_MADE_GOOD = re.compile(
    r"\b(?:su?dah|u?dah|udh|sdh|u?wis|nanti|ntar|besok|bsk|akan)\b.*"
    r"\b(?:di)?(?:ganti(?:kan|in|ni)?|(?:kembali|balik)(?:kan|in))"
    r"(?: (?:bu|buk|ibu|ya|yo|kok|uang(?:nya|e)?|duit(?:nya|e)?|semua|tadi|kemarin|barusan))*\W*$"
)


def made_good(turn: Turn) -> bool:
    """Whether she who holds the box says that the money missing from it is back, or soon will be."""
    short = any(missing(turn, one) > NOTHING for one in held_groups(turn))
    return short and _MADE_GOOD.search(turn.opening.lower()) is not None


def money_question(words: str) -> str:
    """What the words ask about the money of the group, by its name; "" where they ask nothing of it."""
    plain = words.lower()
    return next((name for name, asks in _ASKED.items() if asks.search(plain)), "")


def gives_up_holding(words: str) -> bool:
    """Whether whoever holds the box says that she wants to hold it no more."""
    return _GIVES_UP.search(words.lower()) is not None


@dialogue(wishes=("uang kelompok",))
async def our_money(turn: Turn) -> Instead | None:
    """A short answer from the books; what the holder asks of the box stands in her own list."""
    about = str(turn.facts["about"])
    me = await membership(turn)
    if me is None:
        return None
    group, mentor = turn.books.group(me.group), turn.books.mentors(me.group)[0]
    holder = holder_person(turn, group)
    if about == "proof":
        return Instead("", "buku")
    if about == "lend":
        return Instead("konsultasi", turn.wording("lend"))
    if about == "made_good":
        turn.say("made_good", off=missing(turn, group), offers=("hitung kas",))
    elif about == "waits":
        _waits(turn, me)
    elif holder is None:
        turn.say("no_holder", mentor=mentor)
    elif holder.id == turn.me.id:
        return Instead("", "siapa")
    else:
        offers = ("setor",) if about == "where" else ("saldo", "pendamping")
        saved = turn.books.saved(me)
        if at_bank(turn, group):
            about = _TWO_PLACES.get(about, about)
        turn.say(about, offers=offers, holder=holder, mentor=mentor, saved=saved)
    return None


def _waits(turn: Turn, me: Member) -> None:
    waiting = turn.books.waiting_claims(me)
    if not waiting:
        turn.say("nothing_waits", saved=turn.books.saved(me), offers=("riwayat", "pendamping"))
        return
    turn.say("waits", rows=[{"amount": one.amount, "who": one.confirmer} for one in waiting])
    turn.say("ask_her", who=waiting[-1].confirmer, offers=("pendamping",))


@dialogue(wishes=("berhenti memegang",))
async def holder_tired(turn: Turn) -> WordsPassed | None:
    """The holder wants to hold the box no more: her mentor hears it, and nothing moves yet."""
    me = await membership(turn)
    if me is None:
        return None
    group = turn.books.group(me.group)
    turn.say("thanks", me=turn.me, mentor=turn.books.mentors(group.id)[0])
    return WordsPassed(turn.me, group, turn.opening, anew=True)
