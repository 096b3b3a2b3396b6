"""A group's books in the forms that other programs read and check."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator
from datetime import timedelta

import xlsxwriter

from bot.domain.journal import Journal, told_apart
from bot.domain.ledger import Account, AccountKind, EntryKind

#: Each kind of entry as people call it.
WORDS = {
    EntryKind.DEPOSIT: "Setoran",
    EntryKind.WITHDRAWAL: "Penarikan",
    EntryKind.REVERSAL: "Koreksi",
    EntryKind.HAND_OVER: "Serah terima kas",
    EntryKind.TO_BANK: "Setor ke bank",
    EntryKind.FROM_BANK: "Ambil dari bank",
    EntryKind.DIFFERENCE: "Hitung kas",
    EntryKind.SHARE_OUT: "Bagi hasil akhir",
}
_ROOTS = {
    AccountKind.CASH: "Aktiva:Kas",
    AccountKind.BANK: "Aktiva:Bank",
    AccountKind.DIFFERENCE: "Aktiva:Selisih",
    AccountKind.SAVINGS: "Kewajiban:Tabungan",
}
_TYPES = {"Aktiva:Kas": "C", "Aktiva:Bank": "C", "Aktiva:Selisih": "A", "Kewajiban:Tabungan": "L"}
_PERSONAL = (AccountKind.CASH, AccountKind.SAVINGS)
_NOT_IN_BEANCOUNT = re.compile(r"[^A-Za-z0-9]+")
_NOT_IN_HLEDGER = re.compile(r"[;:|()\[\]\s]+")
#: Where a spreadsheet might begin to calculate. Where people write 0,5 it divides at semicolons, and
#: then no quotes hold a cell of ours together.
_BEGINS_A_FORMULA = re.compile(r"(^|[;\t\r\n])(?=\s*[=+\-@]|[\t\r\n])")

_COLUMNS = (
    "nomor", "tanggal", "jenis", "anggota", "jumlah", "masuk ke", "keluar dari",
    "saldo masuk", "saldo keluar", "membalik", "dicatat oleh", "dicatat pada", "segel",
)  # fmt: skip


def hledger(journal: Journal) -> bytes:
    """A journal that ``hledger check --strict ordereddates`` finds right."""
    people = told_apart({number: _in_hledger(name) for number, name in journal.names.items()})
    names = {
        account: _account(account, people.get(account.member, "")) for account in journal.accounts()
    }
    parts = ["commodity IDR\n    format IDR 1000.\n"]
    roots = sorted({_ROOTS[account.kind] for account in names})
    parts += [f"account {root}\n    ; type: {_TYPES[root]}\n" for root in roots]
    parts += [f"account {name}\n" for account, name in names.items() if account.kind in _PERSONAL]
    parts.append("tag ref\ntag segel\n")
    for one in journal.lines:
        parts.append(
            f"\n{one.day} * {WORDS[one.kind]}\n"
            f"    ; ref: e{one.number}\n"
            f"    ; segel: {one.seal[:8]}\n"
            f"    {names[one.into]}  IDR {one.rupiah} = IDR {one.into_after}\n"
            f"    {names[one.out_of]}  IDR {-one.rupiah} = IDR {one.out_of_after}\n"
        )
    return "".join(parts).encode()


def beancount(journal: Journal) -> bytes:
    """A ledger that ``bean-check`` finds right; once the books are closed nobody may be unpaid."""
    names = {
        account: _account(account, _in_beancount(journal.names.get(account.member, ""), account))
        for account in journal.accounts()
    }
    return "".join(_beancount(journal, names)).encode()


def _in_hledger(name: str) -> str:
    """A name as part of an account: two spaces would end it, a colon divide it."""
    return _NOT_IN_HLEDGER.sub(" ", name).strip()


def _in_beancount(name: str, account: Account) -> str:
    """A name as part of an account: plain letters and digits, a capital first, her number last."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    words = _NOT_IN_BEANCOUNT.sub("-", plain).strip("-")
    return f"{words[:1].upper()}{words[1:]}-{account.member}".lstrip("-")


def _beancount(journal: Journal, names: dict[Account, str]) -> Iterator[str]:
    title = journal.group.name.replace('"', "'").replace("\\", "")
    yield f'option "title" "{title}"\noption "operating_currency" "IDR"\n'
    yield 'option "name_assets" "Aktiva"\noption "name_liabilities" "Kewajiban"\n'
    yield 'plugin "beancount.plugins.check_drained"\n\n'
    if not journal.lines:
        return
    first, last = journal.lines[0].day, journal.lines[-1].day
    for name in names.values():
        yield f"{first} open {name} IDR\n"
    for day, lines in journal.by_day():
        after: dict[Account, int] = {}
        for one in lines:
            after[one.into], after[one.out_of] = one.into_after, one.out_of_after
            yield (
                f'\n{day} * "{WORDS[one.kind]}"\n'
                f'  ref: "e{one.number}"\n'
                f'  segel: "{one.seal[:8]}"\n'
                f"  {names[one.into]}  {one.rupiah} IDR\n"
                f"  {names[one.out_of]}  {-one.rupiah} IDR\n"
            )
        # A balance holds at the start of its day, so this one is what the day ended with.
        next_day = day + timedelta(days=1)
        for account, rupiah in after.items():
            yield f"{next_day} balance {names[account]}  {rupiah} IDR\n"
    if journal.group.closed:
        for name in names.values():
            yield f"{last + timedelta(days=2)} close {name}\n"


def _account(account: Account, name: str) -> str:
    root = _ROOTS[account.kind]
    return f"{root}:{name}" if account.kind in _PERSONAL else root


def _rows(journal: Journal) -> Iterator[tuple[object, ...]]:
    for one in journal.lines:
        yield (
            one.number,
            one.day.isoformat(),
            WORDS[one.kind],
            journal.names[one.member],
            one.rupiah,
            account_name(journal, one.into),
            account_name(journal, one.out_of),
            _shown(one.into, one.into_after),
            _shown(one.out_of, one.out_of_after),
            one.reverses or "",
            one.by,
            one.at.isoformat(timespec="seconds"),
            one.seal,
        )


def account_name(journal: Journal, account: Account) -> str:
    """An account as people call it."""
    return _account(account, journal.names.get(account.member, "")).partition(":")[2]


def _shown(account: Account, rupiah: int) -> int:
    """What is owed is shown as what she has."""
    return -rupiah if account.kind is AccountKind.SAVINGS else rupiah


def comma_separated(journal: Journal) -> bytes:
    """A table with a heading, UTF-8 with the mark by which spreadsheets know it."""
    out = io.StringIO(newline="")
    table = csv.writer(out)
    table.writerow(_COLUMNS)
    table.writerows(map(_no_formula, row) for row in _rows(journal))
    return out.getvalue().encode("utf-8-sig")


def _no_formula(cell: object) -> object:
    """What a spreadsheet shows as it is: names are people's own words."""
    return _BEGINS_A_FORMULA.sub(r"\1'", cell) if isinstance(cell, str) else cell


def workbook(journal: Journal) -> bytes:
    """A workbook: what each has on the first sheet, every entry on the second."""
    out = io.BytesIO()
    # Names are people's own words: nothing in them may become a formula or a link.
    plain = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(out, plain) as book:
        bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "#,##0"})
        balances, entries = book.add_worksheet("Saldo"), book.add_worksheet("Catatan")
        balances.set_column(0, 0, 30)
        balances.set_column(1, 1, 16, money)
        balances.write_row(0, 0, ("akun", "saldo"), bold)
        for at, (account, rupiah) in enumerate(sorted(last_balances(journal).items()), start=1):
            balances.write_row(at, 0, (account_name(journal, account), _shown(account, rupiah)))
        entries.freeze_panes(1, 0)
        entries.set_column(1, 12, 14)
        entries.set_column(4, 4, 14, money)
        entries.set_column(7, 8, 14, money)
        entries.write_row(0, 0, _COLUMNS, bold)
        for at, row in enumerate(_rows(journal), start=1):
            entries.write_row(at, 0, row)
    return out.getvalue()


def last_balances(journal: Journal) -> dict[Account, int]:
    """What stands on each account at the end, in rupiah."""
    last: dict[Account, int] = {}
    for one in journal.lines:
        last[one.into], last[one.out_of] = one.into_after, one.out_of_after
    return last
