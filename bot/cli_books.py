"""The commands about the books: export, verify, backup and restore."""

from __future__ import annotations

import csv
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Literal, TextIO

import typer

from bot.app import open_store
from bot.config import settings
from bot.domain.journal import Journal
from bot.exports import beancount, comma_separated, hledger, workbook
from bot.printing.book import group_book, member_book
from storage.copying import CannotCopy, backup, restore
from storage.evaluating import COLUMNS, member_days
from storage.journal import NoSuchGroup, find_group, read_journal
from storage.store import SqlStore
from storage.verifying import Verified, verify

books = typer.Typer()

#: How a day is written on the command line.
_DAY = ["%Y-%m-%d"]


class Format(StrEnum):
    """For which program the books are written."""

    HLEDGER = "hledger"
    BEANCOUNT = "beancount"
    CSV = "csv"
    XLSX = "xlsx"


WRITE: dict[Format, Callable[[Journal], bytes]] = {
    Format.HLEDGER: hledger,
    Format.BEANCOUNT: beancount,
    Format.CSV: comma_separated,
    Format.XLSX: workbook,
}


@contextmanager
def _opened() -> Iterator[SqlStore]:
    store = open_store(settings().database_url)
    try:
        yield store
    except (NoSuchGroup, CannotCopy) as reason:
        print(reason, file=sys.stderr)  # noqa: T201
        raise SystemExit(1) from None
    finally:
        store.close()


@books.command()
def export(
    group: Annotated[str, typer.Option(help="Its name, or its join code.")],
    form: Annotated[Format, typer.Option("--format", help="For which program.")],
    out: Annotated[
        Path | None, typer.Option("-o", help="A file; to the terminal without it.")
    ] = None,
) -> None:
    """Print a group's books as hledger, beancount, csv or xlsx; claims that wait are left out."""
    with _opened() as store, store.snapshot() as connection:
        written = WRITE[form](read_journal(connection, group))
    if out is None:
        sys.stdout.buffer.write(written)
    else:
        out.write_bytes(written)


@books.command("book")
def print_book(
    group: Annotated[str, typer.Option(help="Its name, or its join code.")],
    out: Annotated[Path, typer.Option("-o", help="A .pdf, or a .png of the first page.")],
    member: Annotated[str, typer.Option(help="Her name; the whole group without it.")] = "",
) -> None:
    """Write a group's book, or one member's passbook, as it is printed."""
    with _opened() as store, store.snapshot() as connection:
        journal = read_journal(connection, group)
    form: Literal["pdf", "png"] = "png" if out.suffix.lower() == ".png" else "pdf"
    if not member:
        out.write_bytes(group_book(journal, form))
        return
    called = [number for number, name in journal.names.items() if name.lower() == member.lower()]
    if len(called) != 1:
        there = ", ".join(journal.names.values())
        print(f"no member is called {member}; there are {there}", file=sys.stderr)  # noqa: T201
        raise SystemExit(1)
    out.write_bytes(member_book(journal, called[0], form))


@books.command("evaluation")
def print_evaluation(
    first: Annotated[datetime, typer.Option("--from", formats=_DAY, help="The first day.")],
    last: Annotated[datetime, typer.Option("--to", formats=_DAY, help="The last day.")],
    out: Annotated[
        Path | None, typer.Option("-o", help="A file; to the terminal without it.")
    ] = None,
) -> None:
    """Print a line (csv) for every day of every member: reminded, answered, saved, when; no names."""
    with ExitStack() as closing:
        file: TextIO = sys.stdout
        if out is not None:
            file = closing.enter_context(out.open("w", encoding="utf-8", newline=""))
        store = closing.enter_context(_opened())
        connection = closing.enter_context(store.snapshot())
        rows = csv.DictWriter(file, COLUMNS, lineterminator="\n")
        rows.writeheader()
        rows.writerows(member_days(connection, first.date(), last.date()))


@books.command("verify")
def verify_books(
    group: Annotated[str, typer.Option(help="Its name, or its join code; all without it.")] = "",
    heads: Annotated[bool, typer.Option("--heads", help="Where each chain ends, too.")] = False,  # noqa: FBT002
) -> None:
    """Recompute every chain and balance; says the first wrong entry, and ends with 1 then."""
    with _opened() as store, store.snapshot() as connection:
        found = verify(connection, [find_group(connection, group).id] if group else None)
    for one in found.heads if heads else ():
        print(f"head: group {one.name} ({one.group}), {one.entries} entries, {one.seal}")  # noqa: T201
    _tell(found)


@books.command("backup")
def backup_everything(file: Annotated[Path, typer.Argument(help="A new file.")]) -> None:
    """Write a consistent copy of everything into FILE, while everything runs."""
    with _opened() as store:
        _tell(backup(store, file))


@books.command("restore")
def restore_everything(file: Annotated[Path, typer.Argument(help="What backup wrote.")]) -> None:
    """Bring FILE back into the empty database of DATABASE_URL, and verify it."""
    with _opened() as store:
        _tell(restore(store, file))


def _tell(found: Verified) -> None:
    for one in found.wrong:
        was = f", sealed as {one.sealed}" if one.sealed else ""
        where = f"group {one.name}, entry {one.entry}, " if one.group else ""
        print(f"wrong: {where}{one.field}: {one.found}{was}")  # noqa: T201
    if found.wrong:
        raise SystemExit(1)
    print(f"all is well: {found.entries} entries in {found.groups} groups")  # noqa: T201
