"""The database behind everything: SQLite in a file, or PostgreSQL for many processes."""

from __future__ import annotations

import math
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import (
    Connection,
    Engine,
    create_engine,
    event,
    func,
    insert,
    make_url,
    select,
    type_coerce,
)
from sqlalchemy.exc import InterfaceError, InvalidatePoolError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.ports import Clock
from bot.told import Moved
from storage.books import SqlBooks
from storage.consult_tables import tried
from storage.doors import SqlDoors
from storage.drafts import SqlDrafts
from storage.driver import execute, named
from storage.due import SqlSchedule
from storage.errands import SqlErrands
from storage.mailing import SqlMailings
from storage.metering import Metered, SqlMeter
from storage.outbox import SqlOutbox
from storage.practice import SqlPractice
from storage.reading.base import hashed
from storage.sweeping import sweep
from storage.tables import UtcTime, group, mentor_invite, unplaced

#: Letters and digits nobody mistakes for one another, for codes that are read aloud.
CLEAR_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"

#: Signs of a mentor's code.
_MENTOR_CODE = 10

#: Writers at once on PostgreSQL; SQLite has one, whose commit several messages share.
PG_WRITERS, SQLITE_SHARED = 8, 32


#: No channel costs anything, as long as nobody says so.
_NOTHING_METERED = Metered()

#: Marks a connection that only reads, and so waits for no writer.
_READING = "only_reading"

#: Seconds after which a connection to PostgreSQL is first asked whether it still works.
RESTED = 1.0

_RESTING_SINCE = "resting since"

#: Seconds SQLite waits for another process that writes; ``?timeout=`` in the address says otherwise.
BUSY_SECONDS = 10

_AGAIN_SECONDS = 0.01


def random_code(length: int) -> str:
    """A code nobody can guess, in clear signs."""
    return "".join(secrets.choice(CLEAR_SIGNS) for _ in range(length))


def connect(url: str) -> Engine:
    """An engine for ``url``, set up so that nothing written is lost or half written."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        engine = create_engine(
            parsed,
            pool_size=PG_WRITERS + 4,
            max_overflow=4,
            hide_parameters=True,  # an error message must not carry anybody's words
        )
        event.listen(engine, "checkin", _rests)
        event.listen(engine, "checkout", partial(_still_there, engine))
        return engine
    if parsed.database and parsed.database != ":memory:":
        Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
    patience = {"timeout": float(str(parsed.query.get("timeout", BUSY_SECONDS)))}
    engine = create_engine(
        parsed, connect_args={"check_same_thread": False, **patience}, hide_parameters=True
    )
    event.listen(engine, "connect", _sqlite_habits)
    event.listen(engine, "begin", _sqlite_begin)
    return engine


def _rests(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[_RESTING_SINCE] = time.monotonic()


def _still_there(
    engine: Engine, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    # Asking each time (pool_pre_ping) costs every message a way to the server and back.
    if time.monotonic() - record.info.get(_RESTING_SINCE, math.inf) < RESTED:
        return
    try:
        engine.dialect.do_ping(connection)
    except engine.dialect.loaded_dbapi.Error as fault:
        raise InvalidatePoolError from fault  # all of them are made anew


#: How every connection to SQLite behaves.
SQLITE_HABITS = {
    "synchronous": "FULL",
    "foreign_keys": "ON",
}


def _sqlite_habits(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves, see below
    _write_ahead(connection)
    for habit, value in SQLITE_HABITS.items():
        connection.execute(f"PRAGMA {habit} = {value}")


def _write_ahead(connection: sqlite3.Connection) -> None:
    # Only the first to open a file has to change it; SQLite waits for nobody while a lock to read
    # grows into one to write, so whoever opens it at the same moment is refused at once.
    (patience,) = connection.execute("PRAGMA busy_timeout").fetchone()
    until = time.monotonic() + patience / 1000
    while True:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
        except sqlite3.OperationalError as fault:
            if fault.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(_AGAIN_SECONDS)
        else:
            return


def _sqlite_begin(connection: Connection) -> None:
    # IMMEDIATE: with the driver's deferred BEGIN two that read before they write lose an update.
    reading = connection.get_execution_options().get(_READING)
    execute(connection, "BEGIN" if reading else "BEGIN IMMEDIATE")


class SqlStore:
    """Fulfils ``bot.ports.Store`` over SQLAlchemy Core."""

    def __init__(
        self,
        engine: Engine,
        clock: Clock,
        codes: Callable[[int], str] = random_code,
        metered: Metered = _NOTHING_METERED,
    ) -> None:
        self.engine, self._clock, self._codes = engine, clock, codes
        one_writer = engine.dialect.name == "sqlite"
        self.writers = 1 if one_writer else PG_WRITERS
        self.shared = SQLITE_SHARED if one_writer else 1
        # Waiting here is fair and wakes at once; SQLite's own waiting sleeps and tries again.
        self._turn = threading.Lock() if one_writer else nullcontext()
        self.outbox = SqlOutbox(self._connection, metered)
        self.doors = SqlDoors(self._connection, metered)
        self.meter = SqlMeter(self._connection, metered)
        self.errands = SqlErrands(self._connection)
        self.drafts = SqlDrafts(self._connection)
        self.schedule = SqlSchedule(self._connection)
        self.mailings = SqlMailings(self._connection)
        self.practice = SqlPractice(self._connection, self._reading)

    @contextmanager
    def transaction(self) -> Iterator[SqlBooks]:
        """One transaction. Raises Unavailable, Conflict."""
        with self._connection() as connection:
            yield SqlBooks(connection, self._clock(), self._codes)

    def ping(self) -> None:
        """Return when the database answers. Raises Unavailable."""
        with self._reading() as connection:
            connection.execute(select(1))

    def now(self) -> datetime:
        """The database's own time, aware UTC."""
        with self._reading() as connection:
            return connection.execute(select(type_coerce(func.now(), UtcTime))).scalar_one()

    def sweep(self) -> None:
        """Forget what nobody can ask for any more."""
        with self._connection() as connection:
            sweep(connection, self._clock())

    def unplaced_words(self) -> Sequence[str]:
        """The masked words nobody could place, oldest first, of groups that let us learn."""
        kept = select(unplaced.c.words).join(group, group.c.id == unplaced.c.group_id)
        with self._reading() as connection:
            return connection.scalars(kept.where(group.c.teaches).order_by(unplaced.c.id)).all()

    def tried_questions(self, most: int) -> Sequence[tuple[str, str, str]]:
        """What was asked of the articles, newest first: words (masked, or nothing where the group
        does not let us learn), article, verdict.
        """
        rows = select(tried.c.words, tried.c.article, tried.c.verdict)
        with self._reading() as connection:
            found = connection.execute(rows.order_by(tried.c.id.desc()).limit(most)).all()
        return [(row.words, row.article, row.verdict) for row in found]

    def invite_mentor(self, name: str) -> str:
        """A code that makes one chat a mentor by that name; only its hash is kept."""
        code = self._codes(_MENTOR_CODE)
        row = {"code_hash": hashed(code), "name": name, "made_at": self._clock()}
        with self._connection() as connection:
            connection.execute(insert(mentor_invite), row)
        return code

    def moved(self, one: Moved) -> None:
        """Somebody has a new address; her conversations and letters go with her."""
        with self.transaction() as books:
            if books.first_time(one.channel, one.id):
                books.moved(one)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        try:
            # As engine.begin() does, without a generator of its own around every message.
            with self._turn, self.engine.connect() as connection, connection.begin():
                yield connection
        except (OperationalError, InterfaceError) as fault:
            raise named(fault.orig) from fault

    @contextmanager
    def snapshot(self) -> Iterator[Connection]:
        """A connection that sees everything as it is at this moment, and writes nothing.

        Raises Unavailable.
        """
        with self._reading() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql(
                    "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY"
                )
            yield connection

    @contextmanager
    def books(self) -> Iterator[SqlBooks]:
        """All books as they are at this moment, to be read only. Raises Unavailable."""
        with self.snapshot() as connection:
            yield SqlBooks(connection, self._clock(), self._codes)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        try:
            with self.engine.connect() as connection:
                yield connection.execution_options(**{_READING: True})
        except (OperationalError, InterfaceError) as fault:
            raise named(fault.orig) from fault
