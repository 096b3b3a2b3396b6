"""The menu, which depends on who asks, and the answer to a greeting."""

from __future__ import annotations

import re

from bot.talk import Instead, Turn, dialogue
from bot.talk.knowledge import asks
from bot.talk.understand import nods, only_replies
from handlers.who import ended_place, held_groups, holder_person, outside

_MEMBER = ("setor", "saldo", "konsultasi", "usaha", "lainnya")
_HOLDER = ("setor", "saldo", "catat", "siapa", "usaha", "lainnya")
_MENTOR = ("kotak", "siapa", "laporan", "siaran", "tahap", "lainnya")
_BUSINESS = ("oss", "pasar", "cek foto", "promosi", "teks jualan", "buku jualan")
_MORE = ("target", "teman", "buku", "profil")
_MORE_FOR_MENTORS = ("kelompok baru", "undang", "anggota baru", "pemegang")
_WHO = (
    "siapa kamu",
    "kamu siapa",
    "ini siapa",
    "siapa ini",
    "ini robot",
    "kamu robot",
    "siapa yang pegang uang",
    "siapa pemegang celengan",
    "pemegang celengan siapa",
    "siapa pemegangnya",
)
#: The greeting that has an answer of its own; "salam sejahtera" is answered as any other.
_SALAM = re.compile(
    r"\bass?[\w']*l[\w']*(?:m|km|kum)\b|\b(?:ass|asw|mikum|askum|kumsalam)\b|\bsa?m[ei]?le[ck]\w*"
)
_PRAISE = re.compile(r"\balhamdulillah\b")
_THANKS = re.compile(
    r"\b(?:(?:te)?rima ?kasih|tri?ma ?kasih|makasih?|mksh|trims|(?:matur ?)?suwun|(?:matur ?)?nuwun)\b"
)
#: Words of thanks that ask for nothing are no longer than this.
_SHORT = 6


def settles(words: str) -> bool:
    """Whether words to a mentor only thank or agree: they ask nothing more."""
    said = words.lower()
    polite = nods(words) or _THANKS.search(said) or _PRAISE.search(said)
    return bool(polite) and len(said.split()) <= _SHORT and not asks(words)


@dialogue(wishes=("bantuan",), says=("bantuan", "menu", "start", "help"))
async def menu(turn: Turn) -> None:
    """What can be done here."""
    _menu(turn)


@dialogue(wishes=("menu usaha",), says=("usaha",))
async def business_menu(turn: Turn) -> Instead | None:
    """What helps her business: licence, photos, words to sell with, her own figures."""
    if not turn.books.memberships(turn.me):
        return Instead("menu lainnya", "")
    turn.say("business", offers=_BUSINESS)
    return None


@dialogue(wishes=("menu lainnya",), says=("lainnya",))
async def more_menu(turn: Turn) -> Instead | None:
    """What is wanted seldom."""
    mine, leads = turn.books.memberships(turn.me), turn.books.is_mentor(turn.me)
    if not mine and not leads:
        return Instead("bantuan", "")
    if held_groups(turn):
        turn.say("more_for_holder", offers=_MORE)
    elif mine:
        turn.say("more", offers=_MORE)
    if leads:
        turn.say("more_for_mentor", offers=_MORE_FOR_MENTORS)
    return None


@dialogue(says=_WHO)
async def who_is_who(turn: Turn) -> Instead | None:
    """Who speaks here, who the human is, and who keeps the cash."""
    mine = turn.books.memberships(turn.me)
    if not mine:
        return Instead("bantuan", "")
    group = turn.books.group(mine[0].group)
    turn.say("robot", group=group, mentor=turn.books.mentors(group.id)[0])
    holder = holder_person(turn, group)
    if holder is not None:
        turn.say("the_holder", holder=holder)
    return None


@dialogue(wishes=("sapaan",))
async def greet(turn: Turn) -> Instead | None:
    """A greeting for a greeting, then the menu; thanks and nods need no menu.

    While she speaks with her mentor they are the mentor's. In the middle of a question (``brief``)
    they get a word, and the question again.
    """
    thread = turn.books.going_on(turn.me)
    if thread is not None and thread.answered and "brief" not in turn.facts:
        return Instead("konsultasi", turn.opening)
    words, brief = turn.opening.lower(), "brief" in turn.facts
    if _PRAISE.search(words):
        turn.say("praise", me=turn.me)
    elif _THANKS.search(words):
        turn.say("welcome", me=turn.me)
    elif nods(words) or only_replies(words):
        turn.say("smile") if brief else turn.say("nod", offers=("bantuan",))
    else:
        turn.say("salam" if _SALAM.search(words) else "hello", me=turn.me)
        if not brief:
            _menu(turn)
    return None


def _menu(turn: Turn) -> None:
    mine = turn.books.memberships(turn.me)
    if held_groups(turn):
        turn.say("holder", offers=_HOLDER)
    elif mine:
        turn.say("member", offers=_MEMBER)
    if turn.books.is_mentor(turn.me):
        if turn.books.groups_led(turn.me):
            turn.say("mentor", offers=_MENTOR)
        else:
            turn.say("new_mentor", offers=("kelompok baru", "lainnya"))
    elif ended_place(turn) is not None:
        outside(turn)
    elif not mine:
        turn.say("stranger")
