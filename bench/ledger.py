"""The books: appending beside the bare driver, reading in a big database, exporting beside hledger."""

from __future__ import annotations

import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from sqlalchemy import Connection, text

from bench.databases import SQLITE, Fresh, databases
from bench.table import show
from bot.cast import seed
from bot.domain.ledger import deposit
from bot.domain.money import Money
from bot.exports import hledger
from storage.journal import read_journal
from storage.ledger import ENTRY, PG_ENTRY, POSTINGS, append, chain_of
from storage.migrating import migrate
from storage.migrations.rules import waive
from storage.store import SqlStore, connect

_DAY = date(2026, 11, 23)
_NOW = datetime(2026, 11, 23, 2, tzinfo=UTC)
_SEAL = "x" * 64

#: Transactions of one way before it is the next one's turn.
_A_TURN = 100

#: Entries of the big database's other groups, each.
_A_GROUP = 10_000

#: Times balance and entries are read.
_READS = 2_000

#: Deposits a day by fifty members for four years.
_EXPORTED = 73_000


def bench(kind: str, entries: int, seconds: float) -> None:
    """Print everything for one kind of database."""
    with databases(kind) as fresh:
        _appending(kind, fresh, seconds)
        _reading(kind, fresh(), fresh(), entries)
        _exporting(kind, fresh())


@contextmanager
def _seeded(url: str) -> Iterator[tuple[SqlStore, Any, Any]]:
    engine = connect(url)
    migrate(engine)
    store = SqlStore(engine, lambda: _NOW)
    group = seed(store, store.invite_mentor("Dewi"), "practice", str.lower)
    with store.transaction() as books:
        members = books.members(group.id)
    yield store, group, members
    store.close()


def _appending(kind: str, fresh: Fresh, seconds: float) -> None:
    barely = {
        "bare inserts": {},
        "in one statement": {"at_once": True},
        "and balances": {"kept": True},
    }
    if kind == SQLITE:
        del barely["in one statement"]  # which it does not know
    rows = []
    for together in (1, 32):
        with ExitStack() as stack:
            store, group, members = stack.enter_context(_seeded(fresh()))
            ways = [_ours(store, group, members, together)]
            for how in barely.values():
                other, *_ = stack.enter_context(_seeded(fresh()))
                _without_rules(other)
                ways.append(_bare(other, group.id, together, **how))
            mine, *others = _rates(ways, together, seconds)
        row = [column for rate in others for column in (rate, mine / rate)]
        rows.append((f"{together} a commit", mine, *row))
    head = ["entries a second", "ours"]
    for name in barely:
        head += [name, "ratio"]
    show(f"{kind}: appending with chain, triggers and balances", head, rows)


def _rates(ways: Sequence[Callable[[], None]], together: int, seconds: float) -> list[float]:
    """Entries a second by each way, in turn, so that whatever else the machine does hits all alike."""
    spent = [0.0] * len(ways)
    turns = 0
    for once in ways:
        once()
    while sum(spent) < seconds * len(ways):
        turns += 1
        for way, once in enumerate(ways):
            began = time.perf_counter()
            for _ in range(_A_TURN):
                once()
            spent[way] += time.perf_counter() - began
    return [turns * _A_TURN * together / one for one in spent]


def _ours(store: SqlStore, group: Any, members: Any, together: int) -> Callable[[], None]:
    draft = deposit(members[1].number, members[0].number, Money(10_000), _DAY)

    def once() -> None:
        with store.transaction() as books:
            for _ in range(together):
                append(books, chain_of(books, group.id), members[0].person, [draft])

    return once


def _without_rules(store: SqlStore) -> None:
    with store.engine.begin() as db:
        waive(db)


def _bare(
    store: SqlStore, group: int, together: int, *, at_once: bool = False, kept: bool = False
) -> Callable[[], None]:
    """The same rows by the driver alone, inserted one by one or as we do on PostgreSQL.

    With ``kept`` the number and balances are moved, too.
    """
    raw = store.engine.raw_connection()
    driver: Any = raw.driver_connection
    on_sqlite = store.engine.dialect.name == "sqlite"
    moves = [
        f"UPDATE savings_group SET next_entry = next_entry + 1 WHERE id = {group}",
        f"UPDATE balance SET rupiah = rupiah + 10000 WHERE group_id = {group} AND account = 'cash'",
        f"UPDATE balance SET rupiah = rupiah - 10000 WHERE group_id = {group} AND account = 'savings'",
    ]
    with store.engine.begin() as db:
        last = db.execute(text("SELECT coalesce(max(number), 0) FROM entry")).scalar_one()
    numbers = count(last + 1)
    cursor = driver.cursor()
    at = "2026-11-23 02:00:00.000000" if on_sqlite else _NOW
    posting, entry = (one if on_sqlite else one.replace("?", "%s") for one in (POSTINGS, ENTRY))

    def once() -> None:
        if on_sqlite:
            cursor.execute("BEGIN IMMEDIATE")
        for _ in range(together):
            number = next(numbers)
            sides = (group, number, "cash", 1, 10_000, group, number, "savings", 2, -10_000)
            row = (group, number, "deposit", "2026-11-23", 2, 10_000, 2, at, None, _SEAL)
            if at_once:
                cursor.execute(PG_ENTRY, (*sides, *row))
            else:
                cursor.execute(posting, sides)
                cursor.execute(entry, row)
            for move in moves if kept else ():
                cursor.execute(move)
        driver.commit()

    return once


def _reading(kind: str, small: str, big: str, entries: int) -> None:
    with _filled(small, _A_GROUP) as few, _filled(big, entries) as many:
        taken: tuple[list[float], list[float]] = ([], [])
        with few[0].transaction() as one, many[0].transaction() as other:
            # In turn, so that whatever else the machine does hits both alike.
            for _ in range(_READS):
                for books, member, times in ((one, few[1], taken[0]), (other, many[1], taken[1])):
                    began = time.perf_counter()
                    books.saved(member)
                    books.entries(member, None, 10)
                    times.append(time.perf_counter() - began)
    medians = [statistics.median(times) * 1e6 for times in taken]
    head = ("balance and newest ten", f"{_A_GROUP} entries", f"{entries} entries", "ratio")
    show(f"{kind}: reading", head, [("microseconds", *medians, medians[1] / medians[0])])


@contextmanager
def _filled(url: str, total: int) -> Iterator[tuple[SqlStore, Any]]:
    with _seeded(url) as (store, group, members):
        _without_rules(store)
        with store.engine.begin() as db:
            _fill(db, group.id, _A_GROUP)
            for other in range(total // _A_GROUP - 1):
                _copy_group(db, group.id, other)
                _fill(db, group.id + 1 + other, _A_GROUP)
        with store.engine.connect() as db:
            db.execute(text("ANALYZE"))
            db.commit()
        yield store, members[1]


def _numbers(db: Connection, most: int) -> str:
    if db.dialect.name == "postgresql":
        return f"generate_series(1, {most}) AS n(n)"
    return (
        f"(WITH RECURSIVE n(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM n WHERE n < {most})"
        " SELECT n FROM n) AS n"
    )


def _copy_group(db: Connection, like: int, other: int) -> None:
    db.execute(
        text(
            "INSERT INTO savings_group (id, name, place, zone, code, holder, opened_at)"
            f" SELECT {like + 1 + other}, name, place, zone, 'X{other}', holder, opened_at"
            f" FROM savings_group WHERE id = {like}"
        )
    )
    db.execute(
        text(
            "INSERT INTO member (group_id, number, person, joined_at)"
            f" SELECT {like + 1 + other}, number, person, joined_at FROM member"
            f" WHERE group_id = {like}"
        )
    )


def _fill(db: Connection, group: int, most: int) -> None:
    """Deposits by two members in turn, written past the rules: only reading is measured."""
    numbers = _numbers(db, most)
    db.execute(
        text(
            "INSERT INTO entry (group_id, number, kind, day, member, rupiah, recorded_by,"
            f" recorded_at, seal) SELECT {group}, n, 'deposit', '2026-11-23', 2 + n % 2, 10000, 2,"
            f" '2026-11-23 02:00:00.000000', 'x' FROM {numbers}"
        )
    )
    for account, whose, rupiah in (("cash", "1", 10_000), ("savings", "2 + n % 2", -10_000)):
        db.execute(
            text(
                "INSERT INTO posting (group_id, entry, account, member, rupiah)"
                f" SELECT {group}, n, '{account}', {whose}, {rupiah} FROM {numbers}"
            )
        )
    for account, number, rupiah in (("cash", 1, most), ("savings", 2, -most // 2)):
        db.execute(
            text(
                "INSERT INTO balance (group_id, account, member, rupiah, entry) VALUES"
                f" ({group}, '{account}', {number}, {rupiah * 10_000}, {most})"
            )
        )


def _exporting(kind: str, url: str) -> None:
    with _seeded(url) as (store, group, _):
        _without_rules(store)
        with store.engine.begin() as db:
            _fill(db, group.id, _EXPORTED)
        began = time.perf_counter()
        with store.snapshot() as snapshot:
            written = hledger(read_journal(snapshot, group.name))
        ours = time.perf_counter() - began
    tool, theirs = shutil.which("hledger"), None
    if tool:
        began = time.perf_counter()
        subprocess.run([tool, "-f", "-", "check"], input=written, check=True)  # noqa: S603
        theirs = time.perf_counter() - began
    row = ("seconds", ours, theirs, ours / theirs if theirs else None)
    show(f"{kind}: exporting {_EXPORTED} entries", ("", "export", "hledger check", "ratio"), [row])
