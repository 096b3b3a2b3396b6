"""The same statements by the bare driver: what a message asks of the database, and nothing else."""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from unittest.mock import patch

import psycopg
from sqlalchemy import Connection, Engine, event, make_url

from storage import ledger
from storage.driver import execute

#: One statement with its values; with many values it is carried out once for each.
Statement = tuple[str, Any, bool]
Transaction = list[Statement]


@dataclass(slots=True)
class Recording:
    """Every transaction of an engine while it was listened to."""

    transactions: list[Transaction] = field(default_factory=list)

    @property
    def statements(self) -> int:
        """How many there were in all."""
        return sum(map(len, self.transactions))


@contextmanager
def recorded(engine: Engine) -> Iterator[Recording]:
    """Listen to what an engine is asked, by one thread."""
    heard = Recording()

    def begun(_connection: object) -> None:
        heard.transactions.append([])

    def asked(
        _c: object, _cursor: object, sql: str, values: Any, _context: object, many: object
    ) -> None:
        if not sql.startswith("BEGIN"):
            heard.transactions[-1].append((sql, values, bool(many)))

    def straight(db: Connection, sql: str, values: tuple[object, ...]) -> Any:
        heard.transactions[-1].append((sql, values, False))
        return execute(db, sql, values)

    event.listen(engine, "begin", begun)
    event.listen(engine, "before_cursor_execute", asked)
    try:
        with patch.object(ledger, "execute", straight):  # which no event of the engine tells of
            yield heard
    finally:
        event.remove(engine, "begin", begun)
        event.remove(engine, "before_cursor_execute", asked)


def replay(url: str, shares: Sequence[Sequence[Transaction]], together: int = 1) -> float:
    """Seconds for all transactions, each share by a connection of its own at the same time.

    ``together`` transactions share a commit.
    """
    play = _on_sqlite if make_url(url).get_backend_name() == "sqlite" else _on_postgresql
    ready = threading.Barrier(len(shares) + 1)
    faults: list[BaseException] = []

    def work(share: Sequence[Transaction]) -> None:
        try:
            play(url, share, together, ready.wait)
        except BaseException as fault:  # noqa: BLE001 - told by the one who waits
            faults.append(fault)
            ready.abort()

    threads = [threading.Thread(target=work, args=(share,)) for share in shares]
    for thread in threads:
        thread.start()
    ready.wait()
    began = time.perf_counter()
    for thread in threads:
        thread.join()
    if faults:
        raise faults[0]
    return time.perf_counter() - began


def _on_sqlite(
    url: str, share: Sequence[Transaction], together: int, ready: Callable[[], object]
) -> None:
    db = sqlite3.connect(make_url(url).database or "", isolation_level=None)
    for habit in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        db.execute(f"PRAGMA {habit}")
    ready()
    for start in range(0, len(share), together):
        db.execute("BEGIN IMMEDIATE")
        for transaction in share[start : start + together]:
            for sql, values, many in transaction:
                cursor = db.executemany(sql, values) if many else db.execute(sql, values)
                cursor.fetchall()
        db.execute("COMMIT")
    db.close()


def _on_postgresql(
    url: str, share: Sequence[Transaction], together: int, ready: Callable[[], object]
) -> None:
    plain = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(plain) as db:
        ready()
        for start in range(0, len(share), together):
            for transaction in share[start : start + together]:
                for sql, values, many in transaction:
                    cursor = db.cursor()
                    if many:
                        cursor.executemany(sql, values)
                    else:
                        cursor.execute(sql, values)
                        if cursor.description:
                            cursor.fetchall()
            db.commit()
