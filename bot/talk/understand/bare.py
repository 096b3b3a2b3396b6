"""Words that can only be an answer: a bare yes or no, a bare number of something."""

import re
from typing import Final

from bot.talk.understand.amounts import read_amount
from bot.talk.understand.money_words import ABOUT_AFTER, ABOUT_BEFORE, EACH, SMALL_TALK
from bot.talk.understand.notmoney import is_counted
from bot.talk.understand.numerals import runs
from bot.talk.understand.putting_off import calls_off, puts_off
from bot.talk.understand.smalltalk import nods
from bot.talk.understand.tokens import bag, squeeze, tidy, tokens, words

_YES_OR_NO: Final = bag("""
    ya iya iy y yes ok oke sip siap sudah sdh udah udh dah wis betul btul benar bener boleh bisa
    setuju belum blm blom blum tidak tdk gak ga gk nggak ngga enggak engga ndak tak bukan jangan
    inggih nggih njih enggih injih hooh ho'oh heeh iyo yo iyes olo wes uwis uwes sampun durung dereng
    rung ora mboten boten dudu sanes indak nda dang daong kagak kaga emoh ogah teu henteu acan alun
    muhun sumuhun leres geus entos atos parantos
    """)
_DONE: Final = re.compile(
    r"(?:su?dah|udah?|dah|sdh|udh|u?w[ie]s|sampun|geus|entos|atos|parantos|selesai|beres|kelar)"
    r"(?: (?:saya|sy|tak|di)? ?(?:terima|trima|tampa|tampi))?"
    r"(?: (?:bu|buk|ibu|kak|ya|selesai|beres|kok|nih))*[.!]*"
)
_POLITE: Final = bag("bu buk ibu kak mbak ya deh dong lah kok sih saja aja dulu nih")
_AROUND_A_NUMBER: Final = (
    SMALL_TALK
    | ABOUT_BEFORE
    | ABOUT_AFTER
    | EACH
    | bag("""
    setengah stengah separuh pukul pkl tanggal tgl subuh petang wib
    senin selasa rabu kamis jumat sabtu minggu ahad terus sama dengan
    """)
)


def bare_reply(text: str) -> bool:
    """Whether the words only say yes or no, or nod: they name nothing.

    >>> bare_reply("sudah bu"), bare_reply("iyaa"), bare_reply("sudah matang"), bare_reply("gas")
    (True, True, False, False)
    """
    said = words(text)
    known = _YES_OR_NO | _POLITE
    yes_or_no = any(_has(_YES_OR_NO, word) for word in said)
    return nods(text) or (yes_or_no and all(_has(known, word) for word in said))


def only_replies(text: str) -> bool:
    """Whether the words only say yes or no, later or never mind: they wish for nothing.

    >>> only_replies("iya bu"), only_replies("nanti ya"), only_replies("gak jadi"), only_replies("setor")
    (True, True, True, False)
    """
    return bare_reply(text) or puts_off(text) or calls_off(text)


def says_done(text: str) -> bool:
    """Whether the words say that something is done, and not what.

    >>> says_done("sudah bu"), says_done("wis tak terima"), says_done("sudah setor")
    (True, True, False)
    """
    return _DONE.fullmatch(text.strip().lower()) is not None


def _has(known: frozenset[str], word: str) -> bool:
    return word in known or squeeze(word) in known


def bare_quantity(text: str) -> bool:
    """Whether the words only say how many, how long or when, and not of money.

    >>> bare_quantity("3 jam bu"), bare_quantity("2 kg"), bare_quantity("ingatkan jam 7"), bare_quantity("20rb")
    (True, True, False, False)
    """
    cut = tokens(tidy(text))
    found = runs(cut, [False] * len(cut))
    numbers = {at for run in found for at in range(run.first, run.last + 1)}
    others = [one.text for at, one in enumerate(cut) if one.kind == "word" and at not in numbers]
    known = all(one in _AROUND_A_NUMBER or is_counted(one) for one in others)
    return bool(numbers) and known and not read_amount(text).candidates
