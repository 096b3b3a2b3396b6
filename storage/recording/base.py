"""What all recordings share: how a change finds its function, and rows that must be as we saw them."""

from __future__ import annotations

from collections.abc import Sequence
from functools import singledispatch

from sqlalchemy import Delete, Update

from bot.domain.cash import CashReport
from bot.domain.claims import Claim
from bot.domain.disputes import Dispute
from bot.domain.payouts import Payout
from bot.ports import Conflict, Happened
from storage.reading.words import WordsReading


@singledispatch
def record(change: object, _books: WordsReading) -> Sequence[Happened]:
    """Write ``change`` and say what came of it. Raises Conflict when it no longer fits."""
    raise TypeError(f"nobody knows how to write down a {type(change).__name__}")


def once(books: WordsReading, statement: Update | Delete, **values: object) -> None:
    """Carry out what must find its row as we saw it. Raises Conflict."""
    if books.db.execute(statement, values).rowcount != 1:
        raise Conflict(str(statement.table))


def numbered(it: Claim | Payout | Dispute | CashReport, name: str) -> dict[str, int | str]:
    """The facts by which a conversation finds ``it`` again."""
    return {"group": it.group, name: it.number}
