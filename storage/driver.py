"""The database's driver itself, for the few statements each deposit waits for.

Around one statement SQLAlchemy costs more than SQLite takes to carry it out, triggers and all
(bench: ledger). Everything else goes the usual way.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.ports import Conflict, Unavailable

#: Under which a connection keeps its cursor: making one costs as much as a short statement.
_CURSOR = "cursor"


def execute(db: Connection, sql: str, values: tuple[object, ...] = ()) -> Any:
    """The cursor after ``sql``, to be read before the next. Raises Conflict where refused; Unavailable."""
    kept = db.connection.info  # as long as the connection itself
    cursor = kept.get(_CURSOR) or kept.setdefault(_CURSOR, db.connection.cursor())
    try:
        cursor.execute(sql, values)
    except db.dialect.loaded_dbapi.Error as fault:
        raise _as_ours(db, fault) from fault
    return cursor


@contextmanager
def decoding(db: Connection, errors: str) -> Iterator[None]:
    """Meet bytes that are no UTF-8 as a codec does, by ``errors``.

    Only SQLite keeps such, and its driver says it as it says that the database is away.
    """
    if db.dialect.name != "sqlite":
        yield
        return
    driver: Any = db.connection.driver_connection
    before = driver.text_factory
    driver.text_factory = partial(str, encoding="utf-8", errors=errors)
    try:
        yield
    finally:
        driver.text_factory = before


def named(fault: BaseException | None) -> Conflict | Unavailable:
    """What a driver's fault means for us: someone was faster, or the database is away."""
    state = getattr(fault, "sqlstate", None)
    if state in ("40001", "40P01"):  # serialization failure, deadlock
        return Conflict(state)
    return Unavailable(type(fault).__name__)


def _as_ours(db: Connection, fault: Exception) -> Exception:
    driver = db.dialect.loaded_dbapi
    if isinstance(fault, driver.IntegrityError):
        return Conflict(str(fault))
    return (
        named(fault)
        if isinstance(fault, driver.OperationalError | driver.InterfaceError)
        else fault
    )
