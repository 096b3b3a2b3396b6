"""What letters cost: planning everybody's reminder, and an answer while a broadcast goes out."""

from __future__ import annotations

import asyncio
import resource
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

from bench.databases import databases
from bench.table import show
from bot.delivery import Delivery
from bot.domain.kinds import Kind
from bot.domain.pace import Limit
from bot.domain.people import Person
from bot.ports import Bubble, Letter
from bot.reminders import Reminders
from storage.migrating import migrate
from storage.store import SqlStore, connect

#: 19.05 in Langkat: everybody's hour has come.
NOW = datetime(2026, 11, 23, 12, 5, tzinfo=UTC)

MEMBERS_A_GROUP = 20

#: Answers timed, and the pause between two of them in seconds.
ANSWERS, PAUSE = 300, 0.02

_COUNT = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
_PEOPLE = (
    "INSERT INTO person (id, name, sapaan, met_at) {n} SELECT i, 'Sari', 'Bu', :began FROM n",
    """INSERT INTO contact (id, channel, address, person, heard_at)
    {n} SELECT i, 'telegram', CAST(i AS VARCHAR(20)), i, :began FROM n""",
    """INSERT INTO savings_group (id, name, place, zone, code, opened_at)
    {n} SELECT i, 'Melati', 'Desa', 'WIB', CAST(i AS VARCHAR(20)), :began FROM n
    WHERE i <= :most / :each""",
    """INSERT INTO member (group_id, number, person, remind_at, joined_at)
    {n} SELECT (i - 1) / :each + 1, (i - 1) % :each + 1, i, '19:00:00.000000', :began FROM n""",
)
_BROADCAST = """INSERT INTO outbox (contact, channel, kind, rank, bubble, state, made_at, due_at)
    {n} SELECT i, 'telegram', 'tip', 2,
    '{{"text": "siaran", "buttons": [], "qr": "", "media": ""}}', 'waiting', :now, :now FROM n"""
_BARE = (
    "INSERT INTO outbox (contact, channel, kind, rank, says, group_id, member, day, state, made_at, due_at)"
    " SELECT person, 'telegram', 'reminder', 1, 'remind', group_id, number, :day, 'waiting', :now, :now"
    " FROM member"
)


def bench(kinds: Sequence[str], members: int) -> None:
    """Both, on each kind of database."""
    if members < ANSWERS:
        raise SystemExit(f"letters answers {ANSWERS} people: give it --people {ANSWERS} or more")
    planning(kinds, members)
    show(
        f"An answer while a broadcast of {members:,} waits, 30 and 1000 messages a second allowed",
        ("database, allowed", "p50 ms", "p99 ms", "p50 with", "p99 with", "p99 ratio"),
        [_answers(kind, members, rate) for kind in kinds for rate in (30, 1000)],
    )


def planning(kinds: Sequence[str], members: int) -> None:
    """Planning everybody's reminder, beside one bare ``INSERT … SELECT`` of as many rows."""
    show(
        f"Planning {members:,} reminders of one minute",
        ("database", "bare s", "planned s", "ratio", "longest step s", "MB more"),
        [_plan(kind, members) for kind in kinds],
    )


def _village(url: str, members: int) -> Engine:
    engine = connect(url)
    migrate(engine)
    # After their hour yesterday, so that nothing was missed then.
    began = "2026-11-22 14:00:00.000000"
    asked = {"most": members, "each": MEMBERS_A_GROUP, "began": began}
    with engine.begin() as db:
        for statement in _PEOPLE:
            db.execute(text(statement.format(n=_COUNT)), asked)
    with engine.connect() as db:
        db.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
        if db.dialect.name == "postgresql":  # not while somebody looks at the clock
            db.exec_driver_sql("CHECKPOINT")
    return engine


class _Timed:
    """A schedule that notes its longest step: so long others may wait for it."""

    def __init__(self, store: SqlStore) -> None:
        self._schedule, self.longest = store.schedule, 0.0
        self.reasons = store.schedule.reasons

    def plan(self, *given: object) -> object:
        began = time.perf_counter()
        try:
            return self._schedule.plan(*given)  # type: ignore[arg-type]
        finally:
            self.longest = max(self.longest, time.perf_counter() - began)


def _plan(kind: str, members: int) -> tuple[object, ...]:
    with databases(kind) as fresh:
        engine = _village(fresh(), members)
        began = time.perf_counter()
        with engine.begin() as db:
            now = "2026-11-23 12:05:00.000000"
            db.execute(text(_BARE), {"day": "2026-11-23", "now": now})
        bare = time.perf_counter() - began
        engine.dispose()
        engine = _village(fresh(), members)
        store = SqlStore(engine, lambda: NOW)
        schedule = _Timed(store)
        clock = [NOW - timedelta(minutes=10)]
        watcher = Reminders(schedule, lambda: clock[0])  # type: ignore[arg-type]
        watcher.look()  # as it has done all day: only what is new is planned below
        clock[0], schedule.longest = NOW, 0.0
        before = _peak_mb()
        began = time.perf_counter()
        planned = watcher.look()
        took = time.perf_counter() - began
        assert planned == members
        store.close()
    return kind, bare, took, took / bare, schedule.longest, _peak_mb() - before


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


class _Phone:
    """A platform that takes everything after five milliseconds."""

    name = "telegram"
    longest = longest_beside = 4096

    def __init__(self) -> None:
        self.took: dict[str, float] = {}

    async def send(self, letter: Letter) -> str:
        await asyncio.sleep(0.005)
        self.took[letter.bubble.text] = time.perf_counter()
        return str(letter.id)


def _answers(kind: str, members: int, rate: float) -> tuple[object, ...]:
    with databases(kind) as fresh:
        engine = _village(fresh(), members)
        store = SqlStore(engine, lambda: datetime.now(UTC))
        alone = asyncio.run(_timed(store, rate, members))
        with engine.begin() as db:
            # Escaped, since a colon in a text would be a parameter.
            broadcast = _BROADCAST.format(n=_COUNT).replace('": ', '"\\: ')
            asked = {"most": members, "now": "2026-11-23 00:00:00.000000"}
            db.execute(text(broadcast), asked)
        amid = asyncio.run(_timed(store, rate, members))
        store.close()
    return (f"{kind}, {rate}", *alone, *amid, amid[1] / alone[1])


async def _timed(store: SqlStore, rate: float, members: int) -> tuple[float, float]:
    """The median and the 99th percentile of milliseconds from writing an answer to its arrival."""
    phone = _Phone()
    limits = {phone.name: Limit(rate)}
    delivery = Delivery(store.outbox, {phone.name: phone}, lambda: datetime.now(UTC), limits)
    sending = asyncio.create_task(delivery.run())
    await asyncio.sleep(0.5)
    written: dict[str, float] = {}
    for number in range(ANSWERS):
        who, words = Person(members - number), f"{rate} {number}"

        def write(who: Person = who, words: str = words) -> None:
            with store.transaction() as books:
                books.post(who, Bubble(words), Kind.ANSWER, None)

        written[words] = time.perf_counter()
        await asyncio.to_thread(write)
        delivery.wake()
        await asyncio.sleep(max(PAUSE, 1.5 / rate))
    while not written.keys() <= phone.took.keys():
        assert not sending.done(), sending.exception()
        await asyncio.sleep(0.05)
    sending.cancel()
    await asyncio.gather(sending, return_exceptions=True)
    waits = sorted((phone.took[words] - at) * 1000 for words, at in written.items())
    return waits[len(waits) // 2], waits[len(waits) * 99 // 100]
