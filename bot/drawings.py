"""Which of our own pictures and documents there are, and who draws each of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.domain.journal import Journal
from bot.files import File
from bot.printing import papers
from bot.printing.book import group_book, member_book, member_screen
from bot.printing.pages import as_pdf, as_picture
from bot.studio import Draw
from storage.journal import read_journal
from storage.store import SqlStore

PNG, PDF = "image/png", "application/pdf"


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

    def contract(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            group = books.group(facts["group"])
            return File(as_pdf(papers.contract(books, group)), PDF, f"Kontrak {group.name}.pdf")

    def evaluation(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            paper = papers.evaluation(books, books.group(facts["group"]))
        return File(as_picture(paper), PNG, "hasil.png")

    def needs(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            paper = papers.needs(books, books.group(facts["group"]))
        return File(as_picture(paper), PNG, "kebutuhan.png")

    def plan(facts: Mapping[str, Any]) -> File:
        with store.books() as books:
            group = books.group(facts["group"])
            return File(as_pdf(papers.plan(books, group)), PDF, f"Rencana {group.name}.pdf")

    return {
        "contract": contract,
        "plan": plan,
        "needs": needs,
        "evaluation": evaluation,
        "passbook": passbook,
        "passbook printed": passbook_printed,
        "group book printed": group_book_printed,
    }
