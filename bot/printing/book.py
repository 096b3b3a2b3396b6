"""Setting a book: the entries of one member or of the whole group, with sums and the chain's code."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Literal

import typst
from babel.dates import format_date
from babel.numbers import format_decimal

from bot.domain.journal import Journal, Line
from bot.domain.ledger import Account, AccountKind
from bot.exports import WORDS, account_name, last_balances

_TEMPLATE = Path(__file__).with_name("book.typ")

#: Entries shown on a phone; all of them are in the document.
_ON_SCREEN = 10
_LANGUAGE = "id"


def member_screen(journal: Journal, number: int) -> bytes:
    """A member's newest entries as a picture that can be read on a small phone (PNG)."""
    hers, mine = _hers(journal, number)
    rows = [
        [_day(one), WORDS[one.kind], _rupiah(_change(one, hers)), _rupiah(-_after(one, hers))]
        for one in mine[-_ON_SCREEN:]
    ]
    head = ["Tanggal", "Catatan", "Jumlah", "Celengan"]
    sums = [("Celengan", _saved(hers, mine))]
    title = f"Buku {journal.names[number]}"
    return _set(title, journal, sums, head, rows, "png", screen=True)


def member_book(journal: Journal, number: int, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """A member's own entries with what she had after each; PNG gives the first page."""
    hers, mine = _hers(journal, number)
    rows = [_row(one, _change(one, hers), -_after(one, hers)) for one in mine]
    return _set(
        f"Buku {journal.names[number]}",
        journal,
        [("Celengan", _saved(hers, mine))],
        ["No", "Tanggal", "Catatan", "Jumlah", "Celengan", "Kode"],
        rows,
        form,
    )


def group_book(journal: Journal, form: Literal["pdf", "png"] = "pdf") -> bytes:
    """Every entry of the group, and what stands on each account."""
    balances = sorted(last_balances(journal).items())
    sums = [
        (account_name(journal, account), _rupiah(-rupiah if _owed(account) else rupiah))
        for account, rupiah in balances
    ]
    rows = [
        [
            str(one.number),
            _day(one),
            f"{WORDS[one.kind]}: {journal.names[one.member]}",
            _rupiah(one.rupiah),
            "" if one.reverses is None else f"nomor {one.reverses}",
            one.seal[:8].upper(),
        ]
        for one in journal.lines
    ]
    head = ["No", "Tanggal", "Catatan", "Jumlah", "Membalik", "Kode"]
    return _set(f"Buku kelompok {journal.group.name}", journal, sums, head, rows, form)


def _set(
    title: str,
    journal: Journal,
    sums: list[tuple[str, str]],
    head: list[str],
    rows: list[list[str]],
    form: Literal["pdf", "png"],
    *,
    screen: bool = False,
) -> bytes:
    book = {
        "screen": screen,
        "title": title,
        "under": f"{journal.group.name}, {journal.group.place}",
        "sums": sums,
        "head": head,
        "rows": rows,
        "foot": f"{journal.group.entries} catatan kelompok, kode terakhir"
        f" {journal.group.head[:8].upper()}. Cocokkan dengan: periksa lalu kodenya.",
    }
    inputs = {"book": json.dumps(book)}
    made: Any = typst.compile(_TEMPLATE, format=form, ppi=144.0, sys_inputs=inputs)
    return bytes(made[0] if isinstance(made, list) else made)


def _hers(journal: Journal, number: int) -> tuple[Account, list[Line]]:
    """A member's account and its entries, oldest first."""
    hers = Account(AccountKind.SAVINGS, number)
    return hers, [one for one in journal.lines if hers in (one.into, one.out_of)]


def _saved(hers: Account, mine: list[Line]) -> str:
    return _rupiah(-_after(mine[-1], hers) if mine else 0)


def _row(one: Line, change: int, after: int) -> list[str]:
    what = WORDS[one.kind] if one.reverses is None else f"{WORDS[one.kind]} nomor {one.reverses}"
    return [str(one.number), _day(one), what, _rupiah(change), _rupiah(after), one.seal[:8].upper()]


def _change(one: Line, hers: Account) -> int:
    return one.rupiah if one.out_of == hers else -one.rupiah


def _after(one: Line, hers: Account) -> int:
    return one.out_of_after if one.out_of == hers else one.into_after


def _owed(account: Account) -> bool:
    return account.kind is AccountKind.SAVINGS


def _day(one: Line) -> str:
    return format_date(one.day, "d MMM y", locale=_LANGUAGE)


def _rupiah(rupiah: int) -> str:
    sign = "-" if rupiah < 0 else ""
    return f"{sign}Rp{format_decimal(abs(rupiah), locale=_LANGUAGE)}"
