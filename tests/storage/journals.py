"""What hledger and beancount read out of the journals we export, beside our own balances.

Run as a program it sees to it that hledger is there, where the system has a package for it.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from collections.abc import Callable

from beancount import loader

from bot.domain.journal import Journal
from bot.domain.ledger import Account, AccountKind
from bot.domain.people import Group
from bot.exports import beancount, hledger
from storage.journal import read_journal
from storage.store import SqlStore
from tests.system import install

HLEDGER = shutil.which("hledger")

WITHOUT = "hledger is not installed (on Debian: apt-get install hledger), so it is not asked"

_ROOTS = {
    AccountKind.CASH: "Aktiva:Kas:",
    AccountKind.BANK: "Aktiva:Bank",
    AccountKind.DIFFERENCE: "Aktiva:Selisih",
    AccountKind.SAVINGS: "Kewajiban:Tabungan:",
}


def check_exports(store: SqlStore, group: Group) -> None:
    """Other programs find nothing wrong, and the same rupiah on every account as the database keeps."""
    with store.snapshot() as db:
        journal = read_journal(db, group.code)
    with store.books() as books:
        kept = {one: money.rupiah for one, money in books.balances(group.id).items()}
    plain = {number: name.replace(" ", "-") for number, name in journal.names.items()}
    assert by_beancount(journal) == _named(kept, lambda number: f"{plain[number]}-{number}")
    if HLEDGER and journal.lines:
        assert by_hledger(journal) == _named(kept, lambda number: journal.names[number])


def _named(kept: dict[Account, int], name: Callable[[int], str]) -> dict[str, int]:
    return {
        _ROOTS[one.kind] + (name(one.member) if _ROOTS[one.kind].endswith(":") else ""): rupiah
        for one, rupiah in kept.items()
    }


def by_beancount(journal: Journal) -> dict[str, int]:
    """What stands on each account, as beancount adds it up."""
    entries, errors, _ = loader.load_string(beancount(journal).decode())
    assert not errors, errors
    read: dict[str, int] = {}
    for one in entries:
        for side in getattr(one, "postings", ()):
            read[side.account] = read.get(side.account, 0) + int(side.units.number)
    return read


def by_hledger(journal: Journal) -> dict[str, int]:
    """What stands on each account, as hledger adds it up."""
    written = hledger(journal)
    _asked(written, "check", "--strict")
    _asked(written, "check", "--strict", "ordereddates")
    shown = _asked(written, "balance", "-N", "--flat", "-E", "--format", "%(account)|%(total)")
    lines = (line.rsplit("|", 1) for line in shown.decode().splitlines())
    return {name: int(total.replace("IDR", "").strip()) for name, total in lines}


def _asked(written: bytes, *command: str) -> bytes:
    called = [HLEDGER or "hledger", "-f", "-", *command]
    done = subprocess.run(called, input=written, capture_output=True, check=False)  # noqa: S603
    assert done.returncode == 0, done.stderr
    return done.stdout


if __name__ == "__main__":
    if HLEDGER is None:
        sys.stderr.write("Installing hledger, which reads our journals again …\n")
        install("hledger")
        if shutil.which("hledger") is None:
            sys.stderr.write(WITHOUT + "\n")
