"""A broadcast to many over a Bot API that loses answers, refuses and is blocked: who heard what."""

from __future__ import annotations

import asyncio
import random
import resource
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import func, select, text

from bench.databases import databases
from bench.table import show
from bot.app import assemble
from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery
from bot.domain.broadcasts import (
    TAKEN,
    Broadcast,
    BroadcastPaused,
    BroadcastResumed,
    Fate,
    Results,
)
from bot.logs import configure
from bot.mailer import Mailer
from bot.ports import Heard
from bot.reminders import Words
from storage.migrating import migrate
from storage.outgoing import outbox
from storage.store import SqlStore, connect
from tests.servers.bot_api import TOKEN, BotApi
from tests.servers.bot_api_world import Chat

#: Ten in the morning in Langkat.
BEGAN = datetime(2026, 11, 24, 3, 0, tzinfo=UTC)

MEMBERS_A_GROUP = 20

#: Of a thousand: who has blocked the bot, and calls that meet each kind of trouble.
BLOCKED, TROUBLED = 20, 0.03
TROUBLE = ("429", "500", "400", "lost", "unheard")

#: Processes that plan at once, as threads of one.
PLANNERS = 3

#: The words by which the broadcast is known in the chats.
WORDS = "Besok kumpul jam sembilan"

#: What a table of results says before its figures.
TABLE = "Terkirim: "

#: Seconds without anything arriving after which we stop waiting.
PATIENCE = 60.0

_COUNT = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < :most)"
_VILLAGE = (
    "INSERT INTO person (id, name, sapaan, met_at) {n} SELECT i, 'Sari', 'Bu', :began FROM n",
    """INSERT INTO contact (id, channel, address, person, heard_at)
    {n} SELECT i, 'telegram', CAST(i AS VARCHAR(20)), i, :began FROM n""",
    """INSERT INTO savings_group (id, name, place, zone, code, opened_at)
    {n} SELECT i, 'Melati ' || i, 'Desa', 'WIB', CAST(i AS VARCHAR(20)), :began FROM n
    WHERE i <= :groups""",
    """INSERT INTO member (group_id, number, person, joined_at)
    {n} SELECT (i - 1) / :each + 1, (i - 1) % :each + 1, i, :began FROM n""",
    # Every tenth is in a second group, too.
    """INSERT INTO member (group_id, number, person, joined_at)
    {n} SELECT (i - 1) / :each % :groups + 2, :each + i, i, :began FROM n
    WHERE i % 10 = 0 AND (i - 1) / :each + 2 <= :groups""",
    "INSERT INTO person (id, name, sapaan, met_at) SELECT :mentor, 'Dewi', 'Bu', :began",
    """INSERT INTO contact (id, channel, address, person, heard_at)
    SELECT :mentor, 'telegram', CAST(:mentor AS VARCHAR(20)), :mentor, :began""",
    "INSERT INTO mentor (person, since) SELECT :mentor, :began",
    "INSERT INTO group_mentor (group_id, person) SELECT id, :mentor FROM savings_group",
)


@dataclass(slots=True)
class Outcome:
    """What the books say before and after sending again, and what the chats of the people hold.

    ``heard`` counts people by how often they were told; ``moved`` is what went out while paused
    besides what was on its way already; ``mentor`` is the last she was told.
    """

    people: int
    blocked: int
    first: Results = field(default_factory=lambda: Results(0))
    last: Results = field(default_factory=lambda: Results(0))
    heard: Counter[int] = field(default_factory=Counter)
    moved: int = 0
    told_blocked: int = 0
    planned_in: float = 0.0
    sent_in: float = 0.0
    mb_more: float = 0.0
    mentor: str = ""

    def faults(self) -> list[str]:
        """What is wrong with it, if anything."""
        told, last = self.heard[1], self.last
        sure, unsure = last.of(*TAKEN), last.of(Fate.UNSURE)
        checks = {
            "somebody was told twice": max(self.heard) <= 1,
            "somebody is missing": last.people == self.people == sum(last.fates.values()),
            "more arrived than is known": sure <= told <= sure + unsure,
            # The call to her may have been lost: then nobody knows that she has blocked us.
            "who blocked us is not known": 0 <= self.blocked - last.of(Fate.GONE) <= unsure,
            "who blocked us was told": not self.told_blocked,
            "something still waits": not last.of(Fate.WAITING),
            "what was refused was not sent again": not last.of(Fate.REFUSED),
            "what nobody is sure of was sent again": unsure == self.first.of(Fate.UNSURE),
            "pausing did not hold": not self.moved,
        }
        return [complaint for complaint, well in checks.items() if not well]


class _Evening:
    """One broadcast from the mentor's first word to the last letter."""

    def __init__(self, url: str, people: int, server: BotApi) -> None:
        self._people, self._mentor, self._server = people, people + 1, server
        engine = connect(url)
        migrate(engine)
        asked = {
            "most": people,
            "groups": -(-people // MEMBERS_A_GROUP),
            "each": MEMBERS_A_GROUP,
            "mentor": self._mentor,
            "began": "2026-11-01 00:00:00.000000",
        }
        with engine.begin() as db:
            for statement in _VILLAGE:
                db.execute(text(statement.format(n=_COUNT)), asked)
        with engine.connect() as db:
            db.execution_options(isolation_level="AUTOCOMMIT").exec_driver_sql("ANALYZE")
        self._began = time.monotonic()
        self.store = SqlStore(engine, self.now)
        self._runner = assemble(self.store, self.now)
        self._heard = count(1)

    def now(self) -> datetime:
        """The time, which runs on from ten in the morning."""
        return BEGAN + timedelta(seconds=time.monotonic() - self._began)

    def says(self, words: str) -> None:
        """The mentor writes."""
        number = str(next(self._heard))
        self._runner.receive(Heard("telegram", number, str(self._mentor), self.now(), words))

    def plan(self) -> None:
        """Several planners at once, as if each were a process."""
        with ThreadPoolExecutor(PLANNERS) as racing:
            looks = [racing.submit(Mailer(self._runner, self.store).look) for _ in range(PLANNERS)]
        for look in looks:
            look.result()

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[None]:
        """Letters go out meanwhile, as in the program."""
        channel = TelegramChannel(TOKEN, api_url=self._server.url)
        await channel.start()
        prepare = Words(self._runner, self.store.outbox, self.now).prepare
        delivery = Delivery(self.store.outbox, {channel.name: channel}, self.now, prepare=prepare)
        sending = asyncio.create_task(delivery.run())
        try:
            yield
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await channel.stop()

    async def until(self, there: Callable[[Results], bool]) -> Results:
        """Wait for results, as long as anything moves."""
        seen, since = Results(0), time.monotonic()
        while not there(results := await asyncio.to_thread(self.results)):
            if results != seen:
                seen, since = results, time.monotonic()
            assert time.monotonic() < since + PATIENCE, f"nothing moves: {results}"
            await asyncio.sleep(0.2)
        return results

    def broadcast(self) -> Broadcast:
        """The one there is."""
        with self.store.transaction() as books:
            found = books.broadcast(1)
        assert found is not None
        return found

    def results(self) -> Results:
        """What became of it so far."""
        with self.store.transaction() as books:
            found = books.broadcast(1)
            assert found is not None
            return books.results(found)

    def lies_still(self) -> None:
        """Wait until no worker holds a letter."""
        sending = select(func.count()).where(outbox.c.state == "sending")
        while True:
            with self.store.engine.begin() as db:
                if not db.execute(sending).scalar_one():
                    return
            time.sleep(0.1)

    def changes(self, made: Callable[[Broadcast], BroadcastPaused | BroadcastResumed]) -> None:
        """She pauses it, or lets it go on."""
        self._runner.happen(made(self.broadcast()), self.broadcast().mentor)

    def told(self) -> str:
        """The last table of results the mentor read, once there is one."""
        chat, found = self._server.world.chats[self._mentor], [""]

        def there() -> bool:
            texts = [str(sent.body.get("text", "")) for sent in chat.messages.values()]
            found[:] = [one for one in texts if TABLE in one][-1:]
            return bool(found)

        self._server.wait(there, PATIENCE)
        return found[0]

    def people(self) -> Sequence[Chat]:
        """Everybody's chat but the mentor's."""
        chats = self._server.world.chats
        return [chats[number] for number in range(1, self._people + 1)]


def play(url: str, people: int, seed: int) -> Outcome:
    """Broadcast to that many people over a database; what came of it."""
    chance = random.Random(seed)  # noqa: S311 - a bench's own luck
    with BotApi(checked=False) as server:
        for number in range(1, people + 2):
            server.world.chats[number] = Chat(number, "private", "Sari", open=True)
        evening = _Evening(url, people, server)
        for chat in evening.people():
            chat.blocked = chance.random() * 1000 < BLOCKED
        outcome = Outcome(people, sum(chat.blocked for chat in evening.people()))
        asyncio.run(_evening(evening, server, outcome, seed))
        told = {chat.id: _told(chat) for chat in evening.people()}
        outcome.heard = Counter(told.values())
        outcome.told_blocked = sum(told[chat.id] for chat in evening.people() if chat.blocked)
        evening.store.close()
    return outcome


def _told(chat: Chat) -> int:
    return sum(WORDS in str(sent.body.get("text", "")) for sent in chat.messages.values())


async def _evening(evening: _Evening, server: BotApi, outcome: Outcome, seed: int) -> None:
    for words in (f"siaran {WORDS}", "semua kelompok", "semua", "sekarang"):
        await asyncio.to_thread(evening.says, words)
    before = _peak_mb()
    outcome.planned_in = await _timed(asyncio.to_thread(evening.plan))
    outcome.mb_more = _peak_mb() - before
    server.is_troubled(TROUBLED, seed, kinds=TROUBLE)
    began = time.perf_counter()
    async with evening.delivering():
        await evening.until(lambda results: results.of(*TAKEN) > outcome.people // 10)
        outcome.moved = await _paused(evening)
        outcome.first = await evening.until(lambda results: not results.of(Fate.WAITING))
        outcome.sent_in = time.perf_counter() - began
        server.calms()
        for words in ("kirim ulang yang gagal", "kirim ulang yang gagal"):
            await asyncio.to_thread(evening.says, words)
        outcome.last = await evening.until(lambda results: not results.of(Fate.WAITING))
        await asyncio.to_thread(evening.plan)
        await asyncio.to_thread(evening.says, "siaran 1")
        outcome.mentor = await asyncio.to_thread(evening.told)


async def _paused(evening: _Evening) -> int:
    """Pause it for a while; how many went out though nothing was on its way any more."""
    await asyncio.to_thread(evening.changes, BroadcastPaused)
    await asyncio.to_thread(evening.lies_still)
    still = await asyncio.to_thread(evening.results)
    await asyncio.sleep(0.5)
    later = await asyncio.to_thread(evening.results)
    await asyncio.to_thread(evening.changes, BroadcastResumed)
    return later.of(*TAKEN) - still.of(*TAKEN)


async def _timed(doing: Awaitable[None]) -> float:
    began = time.perf_counter()
    await doing
    return time.perf_counter() - began


def _peak_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def bench(kinds: Sequence[str], people: int) -> None:
    """Play it on each kind of database, and print what came of it."""
    configure("error")
    for kind in kinds:
        with databases(kind) as fresh:
            outcome = play(fresh(), people, seed=1)
        rows = [
            (str(fate), outcome.first.of(fate), outcome.last.of(fate))
            for fate in Fate
            if outcome.first.of(fate) or outcome.last.of(fate)
        ]
        show(f"{kind}: told {people:,} people", ("", "first", "after sending again"), rows)
        figures = [
            ("planned in s", outcome.planned_in),
            ("MB more by planning", outcome.mb_more),
            ("sent in s", outcome.sent_in),
            ("letters a second", outcome.people / outcome.sent_in),
            *((f"told {times} times", heard) for times, heard in sorted(outcome.heard.items())),
        ]
        show(f"{kind}: figures", ("", ""), figures)
        print(f"\nthe mentor reads:\n{outcome.mentor}")
        assert not outcome.faults(), outcome.faults()
