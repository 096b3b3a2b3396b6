"""Answers that say what was bought: an amount, or thing by thing, "pisang 50rb, minyak 20rb"."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import replace

from bot.domain.bills import Bill, Item, Manner
from bot.domain.money import LARGEST, SMALLEST, Money
from bot.talk.answers import Answer, Doubt, Got, Reading, kept_json, money, optional
from bot.talk.understand import read_amount, read_yes_no
from bot.talk.understand.money_words import ABOUT_BEFORE, CURRENCY, DENIALS, SMALL_TALK
from bot.talk.understand.numerals import runs
from bot.talk.understand.tokens import bag, tidy, tokens

#: The button for "that is all".
ENOUGH = "enough"

_BETWEEN = re.compile(r",(?!\d)|[;\n+]|\b(?:dan|dn|sama|plus|terus|trus)\b", re.IGNORECASE)
_AFTER_MONEY = re.compile(
    r"\b\d[\d.,]*\s*(?:rb|ribu|rebu|k|jt|juta)\b|\b\d{1,3}(?:\.\d{3})+\b", re.IGNORECASE
)
_MANNERS = (
    (
        Manner.ADDS,
        re.compile(
            r"^\W*(?:sama|dan|plus|\+)(?!\w)|\b(?:(?:di)?tambah\w*|nambah\w*|lagi|(?:ke)?lupa\w*|"
            r"ketinggalan|belum|blm|blom)\b"
        ),
    ),
    (Manner.WHOLE, re.compile(r"\b(?:semua|total|jumlah|seluruh)(?:nya)?\b")),
    (
        Manner.PUTS_RIGHT,
        re.compile(r"\b(?:bukan|bkn|salah|keliru|eh|maksud\w*|harus\w*|mustinya|ralat|ganti)\b"),
    ),
)
_THAT_IS_ALL = re.compile(
    r"\b(?:cukup|itu|segitu|selesai|lengkap)\b"
    r"|\b(?:tidak|tdk|gak?|nggak|ngga|enggak|ndak|sudah|udah)(?: ada)? (?:ada|lagi|semua)\b"
)

#: What stands around a name without being one, and what all of it together is called.
_AROUND = (
    SMALL_TALK
    | ABOUT_BEFORE
    | CURRENCY
    | DENIALS
    | bag("""
    tambah tambahin tambahan tambahi ditambah nambah plus lupa kelupaan ketinggalan belum blm blom terus
    trus beli belinya harga harganya kena kenanya dihitung terhitung masuk masukin ganti ralat keliru
    harusnya seharusnya mustinya iya kalau kalo klo
    """)
)
_TOGETHER = bag("""
    bahan bahannya bahan-bahan jumlah jumlahnya totalnya modal modalnya uang uangnya duit belanja
    belanjanya habis habisnya keluar pengeluaran biaya biayanya ongkos ongkosnya sekali bikin membuat
    """)
_MEASURES = bag("""
    kg kilo kilogram ons gram gr g liter ltr lt ml biji butir buah bungkus bks ikat lembar botol
    sachet saset pak pack karung ekor sisir tandan kaleng papan batang potong
    """)


def bill(product: str = "") -> Answer[Bill]:
    """What was bought for ``product``: one amount, or a name and an amount for each thing."""
    together = frozenset(tidy(product).split())
    whole = money()

    def read(words: str) -> Reading[Bill]:
        items = tuple(_items(words, together))
        if items:
            return Got(Bill(_without_their_sum(items), _manner(words)))
        match whole.read(words):
            case Got(value):
                return Got(Bill((Item("", value),), _manner(words)))
            case Doubt(values):
                return Doubt(tuple(Bill((Item("", one),), _manner(words)) for one in values))
        return None

    return Answer(read, _keep, _recall, shows=lambda it: it.total, counted=False, sums=True)


def more(product: str) -> Answer[Bill | None]:
    """What else was bought; None when that is all."""
    answer = optional(bill(product), ENOUGH)

    def read(words: str) -> Reading[Bill | None]:
        if read_amount(words).candidates:
            return answer.read(words)
        all_of_it = _THAT_IS_ALL.search(tidy(words)) or read_yes_no(words)
        return Got(None) if all_of_it else answer.read(words)

    return replace(answer, read=read)


def belongs_to(before: Bill, later: Bill, own: frozenset[str]) -> bool:
    """Whether what she wrote to another question, which has its ``own`` words, goes with the bill ``before``."""
    if not later.named or any(own & set(one.name.split()) for one in later.named):
        return False
    return later.manner is not Manner.WRITTEN or all(before.names(one.name) for one in later.named)


def _items(words: str, together: frozenset[str]) -> Iterator[Item]:
    """Each thing with its cost; none at all when one of them is not sure."""
    found, held = [], ""
    for piece in _pieces(words):
        amount = read_amount(piece)
        held = f"{held} {piece}"
        if not amount.candidates:  # the name may stand before a comma: "bukan, gulanya 15rb"
            continue
        if not amount.sure or not SMALLEST <= (amount.rupiah or 0) <= LARGEST:
            return
        found.append(Item(_name(held, together), Money(amount.rupiah or 0)))
        held = ""
    yield from found


def _pieces(words: str) -> Iterator[str]:
    """The words cut at commas and ends of lines, and behind each amount where nothing else parts them."""
    for piece in _BETWEEN.split(words):
        several = len(read_amount(piece).candidates) > 1 and piece.strip()[:1].isalpha()
        yield from _AFTER_MONEY.sub(r"\g<0>;", piece).split(";") if several else (piece,)


def _without_their_sum(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The things without "total 70rb" behind them, which is no thing."""
    rest = Bill(tuple(one for one in items if one.name))
    sums = [one for one in items if not one.name]
    return rest.items if [one.cost for one in sums] == [rest.total] else items


def _name(words: str, together: frozenset[str]) -> str:
    """What the thing is called; nothing when the words only speak of all of it."""
    cut = tokens(tidy(words))
    numbers = {at for run in runs(cut, [False] * len(cut)) for at in range(run.first, run.last + 1)}
    said = [
        one.text.removesuffix("nya")
        for at, one in enumerate(cut)
        if one.kind == "word"
        and at not in numbers
        and one.text not in _AROUND
        and not (at - 1 in numbers and one.text in _MEASURES)
    ]
    named = {one for one in said if one not in _TOGETHER}
    return " ".join(said) if named and named != together else ""


def _manner(words: str) -> Manner:
    said = tidy(words)
    return next((manner for manner, by in _MANNERS if by.search(said)), Manner.WRITTEN)


def _keep(value: Bill) -> str:
    return json.dumps([value.manner, [[one.name, one.cost.rupiah] for one in value.items]])


def _recall(kept: str) -> Got[Bill] | None:
    if kept.isdecimal():  # an amount, as it was kept before there were bills
        return Got(Bill((Item("", Money(int(kept))),)))
    try:
        manner, rows = kept_json(kept)
        items = tuple(Item(name, Money(rupiah)) for name, rupiah in rows)
        return Got(Bill(items, Manner(manner)))
    except (TypeError, ValueError):
        return None
