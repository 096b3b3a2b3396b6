"""Rows that are written anew or over what stood there."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Table, bindparam, select
from sqlalchemy.dialects import postgresql, sqlite

from storage.reading.base import Reading
from storage.tables import group

_INSERTS: dict[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}


def put(books: Reading, table: Table, row: dict[str, object]) -> None:
    """Write a row; where its key is taken, what it says is changed and the rest is left."""
    made = _INSERTS[books.db.dialect.name](table)
    keys = [column.name for column in table.primary_key]
    said = {name: made.excluded[name] for name in row if name not in keys}
    books.db.execute(made.on_conflict_do_update(index_elements=keys, set_=said), row)


_its_row = select(group.c.id).where(group.c.id == bindparam("this")).with_for_update(key_share=True)


def in_turn(books: Reading, group_id: int) -> None:
    """Let writers of one group wait for each other until we are done, so that numbers stay apart."""
    books.db.execute(_its_row, {"this": group_id})
