"""The passbook and the book of a group."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.journal import Journal
from bot.files import PDF, PNG, File
from bot.printing.book import group_book, member_book, member_screen
from bot.programme_drawings import programme_draws
from bot.studio import Draw
from storage.journal import read_journal
from storage.store import SqlStore


def of_books(store: SqlStore) -> Mapping[str, Draw]:
    """Drawn from the books as they are when it is sent."""

    def read(facts: Mapping[str, Any]) -> Journal:
        with store.snapshot() as connection:
            return read_journal(connection, facts["group"])

    def passbook(facts: Mapping[str, Any]) -> File:
        return File(member_screen(read(facts), facts["member"]), PNG, "buku.png")

    def passbook_printed(facts: Mapping[str, Any]) -> File:
        journal, member = read(facts), facts["member"]
        return File(member_book(journal, member), PDF, f"Buku {journal.names[member]}.pdf")

    def group_book_printed(facts: Mapping[str, Any]) -> File:
        journal = read(facts)
        return File(group_book(journal), PDF, f"Buku {journal.group.name}.pdf")

    return {
        **programme_draws(store),
        "passbook": passbook,
        "passbook printed": passbook_printed,
        "group book printed": group_book_printed,
    }
