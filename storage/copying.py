"""A copy of everything in one SQLite file, taken while the program runs, and back from it.

The file has the same tables whatever database it was taken from, so a group can also move from
SQLite to PostgreSQL this way. Going in, entries pass the same rules as when they were made.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Identity,
    RowMapping,
    String,
    Table,
    create_engine,
    func,
    insert,
    literal,
    or_,
    select,
    text,
    update,
)
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import IntegrityError

from storage.driver import decoding
from storage.ledger_tables import balance, entry, posting
from storage.migrating import migrate
from storage.migrations.rules import renew, waive
from storage.store import SqlStore, connect
from storage.tables import group, metadata
from storage.verifying import Verified, Wrong, unreadable, verify

#: Rows carried at a time.
_AT_ONCE = 2_000

_POSTGRESQL: Dialect = postgresql.dialect()  # type: ignore[no-untyped-call]


class CannotCopy(Exception):
    """Nothing was changed; the message says why it cannot be done."""


def backup(store: SqlStore, file: Path) -> Verified:
    """Write everything, as it is at this moment, into a new file, and look through it.

    Books that somebody bent are copied as they are: what is wrong with them is what is told, and
    what keeps the file from being restored. Raises CannotCopy.
    """
    if file.exists():
        raise CannotCopy(f"{file} is there already; nothing was written over it")
    unfinished = file.with_name(f"{file.name}.unfinished")
    unfinished.unlink(missing_ok=True)
    _prepare(unfinished)
    # No rule, check or foreign key stands in the way here, as they would on one of our connections.
    copy = create_engine(f"sqlite:///{unfinished}", hide_parameters=True)
    try:
        with store.snapshot() as source, copy.begin() as target:
            target.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
            waive(target)
            for table in metadata.sorted_tables:
                _carry(source, target, table, dict)
            renew(target)
            found = verify(target)
            found = replace(found, wrong=(*found.wrong, *_unfit(target)))
        copy.dispose()
        unfinished.replace(file)
    finally:
        copy.dispose()
        unfinished.unlink(missing_ok=True)
    return found


def _unfit(copy: Connection) -> Iterator[Wrong]:
    """What stands in a copy that no empty database would take in, by its table."""
    for table in dict.fromkeys(copy.exec_driver_sql("PRAGMA foreign_key_check").scalars()):
        yield Wrong(0, "", 0, table, "points to a row that is not there")
    copy.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")
    for said in dict.fromkeys(copy.exec_driver_sql("PRAGMA quick_check").scalars()):
        if said != "ok":
            yield Wrong(0, "", 0, "a row", said)
    for one in metadata.sorted_tables:
        texts = [_not_for_postgresql(it) for it in one.columns if isinstance(it.type, String)]
        if texts and copy.execute(select(literal(1)).where(or_(*texts))).first():
            yield Wrong(0, "", 0, one.name, "a text too long, or with a zero byte, for PostgreSQL")


def _not_for_postgresql(column: Column[str]) -> ColumnElement[bool]:
    kind: Any = column.type.dialect_impl(_POSTGRESQL)
    zero = func.instr(column, func.char(0)) > 0
    return zero if kind.length is None else zero | (func.length(column) > kind.length)


def _prepare(file: Path) -> None:
    """Make the tables, and leave one file, without the journal SQLite keeps beside it while open."""
    engine = connect(f"sqlite:///{file}")
    migrate(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("PRAGMA journal_mode = DELETE")
    engine.dispose()


def restore(store: SqlStore, file: Path) -> Verified:
    """Bring everything back into an empty database, and look through it before it counts.

    Raises CannotCopy, when something is there already or the books in the file are not right.
    """
    if not file.is_file():
        raise CannotCopy(f"there is no file {file}")
    with tempfile.TemporaryDirectory() as folder:
        # An older file is brought forward on a copy; the file itself stays as it is.
        here = Path(folder) / "restored.db"
        shutil.copy(file, here)
        source = connect(f"sqlite:///{here}")
        try:
            migrate(source)
            migrate(store.engine)
            with source.connect() as old, store.engine.begin() as new:
                _must_be_empty(new)
                _must_be_right(verify(old), file)
                _copy(old, new)
                found = verify(new)
                _must_be_right(found, file)
        finally:
            source.dispose()
    return found


def _must_be_empty(target: Connection) -> None:
    for table in metadata.sorted_tables:
        if target.execute(select(literal(1)).select_from(table).limit(1)).first():
            raise CannotCopy(
                f"the database is not empty: {table.name} has rows; restore goes into an empty one"
            )


def _must_be_right(found: Verified, file: Path) -> None:
    for one in found.wrong:
        raise CannotCopy(
            f"the books in {file} are not right: {one.name}, entry {one.entry}, {one.field};"
            " nothing was restored"
        )


def _carry(
    source: Connection,
    target: Connection,
    table: Table,
    changed: Callable[[RowMapping], dict[str, Any]],
) -> None:
    """Bring all rows of a table over, each ``changed``. Raises CannotCopy, naming the table."""
    odd: tuple[type[Exception], ...] = (IntegrityError, *unreadable(source))
    try:
        with decoding(source, "strict"):
            for rows in _read(source, table):
                target.execute(insert(table), [changed(row) for row in rows])
    except odd as fault:
        raise CannotCopy(
            f"a row of {table.name} cannot be copied ({type(fault).__name__}); ask verify"
        ) from fault


def _read(source: Connection, table: Table) -> Iterator[Sequence[RowMapping]]:
    """All rows of a table, some at a time; entries in their order."""
    wanted = select(table)
    if table is entry or table is posting:
        wanted = wanted.order_by(*table.primary_key)
    with source.execute(wanted, execution_options={"yield_per": _AT_ONCE}) as rows:
        yield from rows.mappings().partitions(_AT_ONCE)


def _copy(source: Connection, target: Connection) -> None:
    for table in _in_order():
        _carry(source, target, table, _as_it_begins if table is group else dict)
    _end_as_it_was(source, target)
    if target.dialect.name == "postgresql":
        _count_on(target)


def _in_order() -> Sequence[Table]:
    """Every table after those it needs; postings before entries, which seal them."""
    tables = [one for one in metadata.sorted_tables if one not in (balance, posting)]
    tables.insert(tables.index(entry), posting)
    return tables


def _as_it_begins(row: RowMapping) -> dict[str, Any]:
    """A group as it goes in: its entries are still to come, and balances follow them."""
    return {**row, "next_entry": 1, "head": "", "closed_at": None}


def _end_as_it_was(source: Connection, target: Connection) -> None:
    closed = select(group.c.id, group.c.closed_at).where(group.c.closed_at.is_not(None))
    for row in source.execute(closed).all():
        target.execute(update(group).where(group.c.id == row.id).values(closed_at=row.closed_at))
    heads = select(group.c.id, group.c.next_entry, group.c.head).order_by(group.c.id)
    if source.execute(heads).all() != target.execute(heads).all():
        raise CannotCopy("a chain ends otherwise than its group says; look at it with verify")


def _count_on(target: Connection) -> None:
    """Let PostgreSQL give the next ids after those that came with the rows."""
    for table in metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.server_default, Identity):
                highest = target.execute(select(func.max(column))).scalar()
                if highest is not None:
                    named = {"table": table.name, "column": column.name, "to": highest}
                    target.execute(
                        text("SELECT setval(pg_get_serial_sequence(:table, :column), :to)"), named
                    )
