"""The passbook and the book of a group."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.journal import Journal
from bot.files import PDF, PNG, File
from bot.printing.book import group_book, member_book, member_screen
from bot.printing.unit_cost import Sum, unit_cost
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
        "passbook": passbook,
        "passbook printed": passbook_printed,
        "group book printed": group_book_printed,
        "unit cost": _unit_cost,
    }


def _unit_cost(facts: Mapping[str, Any]) -> File:
    parts = tuple(json.loads(facts["parts"]))
    day = date.fromisoformat(facts["day"])
    total, units, cost = facts["total"], facts["units"], facts["cost"]
    it = Sum(facts["product"], parts, total, units, cost, facts["percent"], facts["price"], day)
    return File(unit_cost(it), PNG, "hpp.png")
