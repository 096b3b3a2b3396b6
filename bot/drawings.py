"""Which of our own pictures and documents there are, and who draws each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.journal import Journal
from bot.domain.own_data import OwnData
from bot.files import File
from bot.printing.book import group_book, member_book, member_screen
from bot.printing.own_data import own_data_printed, own_data_raw
from bot.studio import Draw
from storage.journal import read_journal
from storage.own_data import own_data
from storage.store import SqlStore

#: WhatsApp takes no JSON by that name; to it and to people it is a text.
PNG, PDF, TEXT = "image/png", "application/pdf", "text/plain"


def draws(store: SqlStore) -> Mapping[str, Draw]:
    """Every drawing by the name conversations call it by."""

    def read(facts: Mapping[str, Any]) -> Journal:
        with store.snapshot() as connection:
            return read_journal(connection, facts["group"])

    def passbook(facts: Mapping[str, Any]) -> File:
        journal = read(facts)
        return File(member_screen(journal, facts["member"]), PNG, "buku.png")

    def passbook_printed(facts: Mapping[str, Any]) -> File:
        journal, member = read(facts), facts["member"]
        return File(member_book(journal, member), PDF, f"Buku {journal.names[member]}.pdf")

    def group_book_printed(facts: Mapping[str, Any]) -> File:
        journal = read(facts)
        return File(group_book(journal), PDF, f"Buku {journal.group.name}.pdf")

    def about(facts: Mapping[str, Any]) -> OwnData:
        with store.snapshot() as connection:
            return own_data(connection, facts["person"], store.now())

    return {
        "own data printed": lambda facts: File(
            own_data_printed(about(facts)), PDF, "Data saya.pdf"
        ),
        "own data raw": lambda facts: File(own_data_raw(about(facts)), TEXT, "Data saya.json"),
        "passbook": passbook,
        "passbook printed": passbook_printed,
        "group book printed": group_book_printed,
    }
