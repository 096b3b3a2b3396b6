"""Bare SQL against the books, as somebody writes it who goes past the program."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError

from tests.storage.conftest import Kept

_ENTRY = (
    "INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by, recorded_at,"
    " reverses, seal) SELECT group_id, {number}, '{kind}', day, {member}, {rupiah}, recorded_by,"
    " recorded_at, {reverses}, 'x' FROM entry WHERE number = 1"
)


def entry(
    number: int,
    kind: str = "deposit",
    member: int = 2,
    rupiah: object = 500,
    reverses: str = "NULL",
) -> str:
    """An entry of so many rupiah; day and time are those of the first."""
    return _ENTRY.format(number=number, kind=kind, member=member, rupiah=rupiah, reverses=reverses)


_POSTING = (
    "INSERT INTO posting (group_id, entry, account, member, rupiah)"
    " SELECT id, {entry}, '{account}', {member}, {rupiah} FROM savings_group"
)


def posting(entry: int, account: str, member: int, rupiah: object) -> str:
    """So many rupiah into an account, or out of it."""
    return _POSTING.format(entry=entry, account=account, member=member, rupiah=rupiah)


def moved(entry: int, cash: float, savings: float, member: int = 2) -> list[str]:
    """Both postings of an entry between the box and a member's savings."""
    return [posting(entry, "cash", 1, cash), posting(entry, "savings", member, savings)]


GROUP = (
    "INSERT INTO savings_group (id, name, place, zone, code, opened_at, next_entry, head)"
    " VALUES ({id}, 'X', 'Y', 'WIB', 'ZZZZ', '2026-11-23 00:00:00', {next_entry}, '{head}')"
)


def refused(kept: Kept, statements: list[str]) -> bool:
    """Whether it was refused as against the rules, and nothing of it stayed."""
    before = everything(kept)
    try:
        with kept.store.engine.begin() as connection:
            for statement in statements:
                connection.execute(text(statement))
    except IntegrityError:
        return everything(kept) == before
    return False


def everything(kept: Kept) -> list[list[tuple[object, ...]]]:
    """All that stands in the books."""
    with kept.store.engine.connect() as connection:
        return [
            sorted(tuple(row) for row in connection.execute(text(f"SELECT * FROM {table}")))  # noqa: S608
            for table in ("posting", "balance")
        ] + [
            [
                tuple(row)
                for row in connection.execute(
                    text("SELECT number, rupiah, seal FROM entry ORDER BY number")
                )
            ]
        ]
