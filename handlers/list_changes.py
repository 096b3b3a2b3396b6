"""What changes a list of names and amounts while it waits for its yes: "ya sari 25rb", "kecuali ani"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.domain.money import Money
from bot.domain.people import Member
from bot.talk import Written, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.listings import written
from bot.talk.understand import (
    Entry,
    Moves,
    bare_reply,
    entries,
    match_name,
    normal_words,
    put_right,
    read_amount,
    read_yes_no,
    tokens,
)

WRITE, CHANGE = "write", "change"

#: Says that an amount comes beside what is on the list of her.
_MORE = re.compile(r"\b(?:tambah(?:i?n|kan)?|plus)\b", re.IGNORECASE)

#: Everybody, and whom that leaves out.
_EVERYBODY = re.compile(r"\b(?:se?mua|seluruh|kabeh)(?:nya|nye|ne)?\b", re.IGNORECASE)
_EXCEPT = re.compile(r"\b(?:kecuali|selain)\b", re.IGNORECASE)

#: Words beside a yes, or beside an amount, that say nothing of their own.
_ALONG = tokens.bag("""
    saja dulu catat semua semuanya itu ini saya begitu gitu segitu langsung sekarang tadi memang
    terima makasih kasih eh oh maaf bukan salah tetapi tapi cuma harusnya mestinya total lagi tolong
    sesuai leres 👍 🙏 😊
    """)
_AMOUNTS = frozenset(("<uang>", "<angka>"))


@dataclass(frozen=True, slots=True)
class Mended:
    """Lines to ``put`` on a list, and the members to be taken ``out`` of it."""

    put: list[Written]
    out: list[Member]


def named_in(name: str, members: Sequence[Member]) -> list[Member]:
    """The members whom a written name may mean."""
    return [members[i] for i in match_name(name, [one.called for one in members])]


def is_more(name: str) -> bool:
    """Whether a line written so comes beside what is on the list of her already."""
    return _MORE.search(name) is not None


def each_by_name(
    lines: Sequence[Written], members: Sequence[Member], others: Sequence[Member]
) -> list[Written]:
    """The lines of money that came in; one for everybody is one for each who is not named apart."""
    everybody = [one for one in lines if one.moves is Moves.IN and _everybody(one.name, members)]
    if not everybody:
        return [one for one in lines if one.moves is Moves.IN]
    apart = {who.number for one in lines for who in named_in(_EVERYBODY.sub("", one.name), members)}
    found: list[Written] = []
    for one in lines:
        if one in everybody:
            left = [who for who in others if who.number not in apart]
            sure = len(one.amounts) == 1
            found += [replace(one, name=who.called, sure=sure) for who in left]
        elif one.moves is Moves.IN and one.amounts:
            found.append(one)
    return found


def _everybody(name: str, members: Sequence[Member]) -> bool:
    before = _EXCEPT.split(name)[0]
    return _EVERYBODY.search(before) is not None and not named_in(
        _EVERYBODY.sub("", before), members
    )


def right(on_it: Sequence[Member], members: Sequence[Member], total: Money) -> Answer[str]:
    """Whether a list is right as it stands; or her words that change it, which are kept as they are.

    ``on_it`` are the members on it. A yes that says more than that is none.
    """
    plain = yes_or_no(WRITE, CHANGE)

    def read(words: str) -> Reading[str]:
        said = plain.read(words)
        if said == Got(value=True) and _agrees(words, total):
            return Got(WRITE)
        if mended(words, on_it, members) is not None:
            return Got(words)
        names = named_in(words, members) or read_amount(words).candidates
        return Got(CHANGE) if said == Got(value=False) and not names else None

    return Answer(
        read,
        keep=str,
        recall=lambda kept: Got(kept) if kept else None,
        choices=plain.choices,
        counted=False,
        sums=True,
    )


def mended(words: str, on_it: Sequence[Member], members: Sequence[Member]) -> Mended | None:
    """How words change the list; None when anything in them does not say whose line and how."""
    amount = put_right(words) if put_right(words).candidates else read_amount(words)
    if len(on_it) == 1 and amount.candidates and _says_little(words):
        return Mended([written(Entry(on_it[0].called, amount, ""))], [])
    found, about = Mended([], []), ""
    for one in map(written, entries(words)):
        off = named_in(one.name, on_it)
        named = named_in(one.name, members) != []
        if one.moves is not Moves.IN and len(off) == 1:
            found.out.extend(off)
        elif (
            one.moves is Moves.IN and one.amounts and (named or (about and _says_little(one.name)))
        ):
            found.put.append(one if named else replace(one, name=about))
            about = ""
        elif one.moves is Moves.IN and named and not about:
            about = one.name  # "sari salah, harusnya 25rb"
        elif not _says_little(one.name):
            return None
    return found if (found.put or found.out) and not about else None


def _agrees(words: str, total: Money) -> bool:
    """Whether a yes is to this list and this total, and says nothing besides."""
    amounts = read_amount(words).candidates
    counts = bool(_AMOUNTS.intersection(normal_words(words)))
    return _says_little(words) and (total.rupiah in amounts if counts else not amounts)


def _says_little(words: str) -> bool:
    """Whether the words name nobody and nothing but, perhaps, an amount."""
    known = _ALONG | _AMOUNTS
    return bare_reply(words) or all(
        word in known or read_yes_no(word) for word in normal_words(words)
    )
