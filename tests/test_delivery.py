"""Delivery over a channel that does as it is told: order, patience, and what is given up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Engine, select

import bot.delivery
from bot.delivery import FIRST_PAUSE, LONGEST_PAUSE, MOST_TRIES, OLDEST, Delivery, pause
from bot.ports import Bubble, Letter, Refused, TryAgain, Uncertain
from storage.store import SqlStore, connect
from storage.tables import outbox


class Scripted:
    """A channel: each address meets its faults in turn, then takes what comes."""

    name = "scripted"

    def __init__(self) -> None:
        self.faults: dict[str, list[Exception]] = {}
        self.tried: list[tuple[str, str]] = []
        self.took: list[tuple[str, str]] = []
        self._changed = asyncio.Event()

    async def send(self, letter: Letter) -> str:
        where = (letter.address, letter.bubble.text)
        self.tried.append(where)
        self._changed.set()
        if faults := self.faults.get(letter.address):
            raise faults.pop(0)
        self.took.append(where)
        return str(letter.id)

    def has_tried(self, count: int) -> bool:
        return len(self.tried) >= count

    async def until(self, there: Callable[[], bool]) -> None:
        async with asyncio.timeout(10):
            while not there():
                self._changed.clear()
                await self._changed.wait()


class Post:
    """An outbox to post into, and the delivery that empties it."""

    def __init__(self, engine: Engine) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        self.engine = engine
        self.store = SqlStore(engine, lambda: self.now)
        self.channel = Scripted()
        self.delivery = Delivery(self.store.outbox, {"scripted": self.channel}, lambda: self.now)

    def posts(self, address: str, *texts: str, kind: str = "answer") -> None:
        with self.store.transaction() as books:
            her = books.meet("scripted", address)
            for text in texts:
                books.post(her, Bubble(text), kind, None)
        self.delivery.wake()

    def rows(self, *states: str) -> list[tuple[str, str]]:
        """The letters in one of these states: text and reason."""
        wanted = select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
        with self.engine.connect() as db:
            return [(row.bubble["text"], row.reason or "") for row in db.execute(wanted)]

    @asynccontextmanager
    async def delivering(self) -> AsyncIterator[Scripted]:
        task = asyncio.create_task(self.delivery.run())
        await asyncio.sleep(0)
        try:
            yield self.channel
        finally:
            task.cancel()
            async with asyncio.timeout(5):
                await asyncio.gather(task, return_exceptions=True)

    async def settled(self, count: int, *states: str) -> list[tuple[str, str]]:
        """Wait until so many letters are in one of these states."""
        async with asyncio.timeout(10):
            while len(rows := self.rows(*states)) < count:  # noqa: ASYNC110 - only the rows tell
                await asyncio.sleep(0.01)
        return rows


@pytest.fixture
def post(engine: Engine) -> Post:
    return Post(engine)


async def test_each_person_reads_in_order_and_one_does_not_wait_for_another(post: Post) -> None:
    post.channel.faults["slow"] = [TryAgain("busy", after=3600)]
    post.posts("slow", "s1", "s2")
    post.posts("quick", "q1", "q2", "q3")
    async with post.delivering() as channel:
        await channel.until(lambda: len(channel.took) == 3)
        await post.settled(3, "sent")
    assert channel.took == [("quick", "q1"), ("quick", "q2"), ("quick", "q3")]
    assert [text for text, _ in post.rows("waiting")] == ["s1", "s2"]
    post.now += timedelta(hours=1)
    async with post.delivering():
        await post.settled(5, "sent")
    assert [text for where, text in channel.took if where == "slow"] == ["s1", "s2"]


async def test_what_is_new_goes_out_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "LOOK_EVERY", 600.0)
    async with post.delivering() as channel:
        for number in range(10):
            post.posts("sari", f"{number}")
            await channel.until(lambda: len(channel.took) > number)  # noqa: B023 - awaited here


async def test_try_again_waits_as_long_as_the_platform_says(post: Post) -> None:
    post.channel.faults["sari"] = [TryAgain("flood", after=30)]
    post.posts("sari", "halo")
    async with post.delivering() as channel:
        await channel.until(lambda: len(channel.tried) == 1)
        await post.settled(1, "waiting")
        post.now += timedelta(seconds=29)
        await asyncio.sleep(0.5)
        assert len(channel.tried) == 1
        post.now += timedelta(seconds=2)
        await post.settled(1, "sent")


async def test_everyone_is_held_when_the_platform_means_everyone(post: Post) -> None:
    post.channel.faults["sari"] = [TryAgain("flood", after=30, everyone=True)]
    post.posts("sari", "halo")
    async with post.delivering() as channel:
        await channel.until(lambda: len(channel.tried) == 1)
        await asyncio.sleep(0.2)
        post.posts("ani", "hai")
        await asyncio.sleep(0.5)
        assert len(channel.tried) == 1
        post.now += timedelta(seconds=31)
        await post.settled(2, "sent")


async def test_it_gives_up_after_so_many_tries(post: Post) -> None:
    post.channel.faults["sari"] = [TryAgain("still down")] * 99
    post.posts("sari", "halo")
    async with post.delivering() as channel:
        async with asyncio.timeout(20):
            while not post.rows("failed"):
                more = len(channel.tried) + 1
                post.now += timedelta(minutes=11)
                await channel.until(partial(channel.has_tried, more))
                # Let what came of it be written before time goes on, or the lease runs out first.
                await asyncio.sleep(0.2)
    assert post.rows("failed") == [("halo", "still down")]
    assert 2 <= len(channel.tried) <= MOST_TRIES


async def test_it_gives_up_what_is_too_old(post: Post) -> None:
    post.channel.faults["sari"] = [TryAgain("still down")] * 99
    post.posts("sari", "halo")
    post.now += OLDEST
    async with post.delivering():
        assert await post.settled(1, "failed") == [("halo", "still down")]


@pytest.mark.parametrize(
    ("kind", "ends"), [("answer", "sent"), ("receipt", "sent"), ("reminder", "failed")]
)
async def test_a_lost_answer_is_tried_again_only_where_twice_does_no_harm(
    post: Post, kind: str, ends: str
) -> None:
    post.channel.faults["sari"] = [Uncertain("no answer")]
    post.posts("sari", "halo", kind=kind)
    async with post.delivering() as channel:
        await channel.until(lambda: len(channel.tried) == 1)
        await asyncio.sleep(0.2)
        post.now += timedelta(seconds=5)
        await post.settled(1, ends)
    assert len(channel.tried) == (2 if ends == "sent" else 1)


async def test_she_is_left_alone_once_she_is_gone_until_she_writes_again(post: Post) -> None:
    post.channel.faults["sari"] = [Refused("blocked", gone=True)]
    post.posts("sari", "halo")
    async with post.delivering():
        assert await post.settled(1, "failed") == [("halo", "blocked")]
        with post.store.transaction() as books:
            assert not books.person(1).reachable
            books.post(books.person(1), Bubble("not for her"), "answer", None)
        post.posts("sari", "kembali")  # she writes, which is what meets her here
        await post.settled(1, "sent")
    assert [text for _, text in post.channel.took] == ["kembali"]


async def test_a_fault_of_ours_in_one_letter_does_not_stop_the_others(post: Post) -> None:
    post.channel.faults["sari"] = [RuntimeError("ours")]
    post.posts("sari", "halo")
    post.posts("ani", "hai")
    async with post.delivering():
        await post.settled(1, "sent")
        post.now += timedelta(seconds=5)
        await post.settled(2, "sent")


async def test_what_arrived_is_marked_even_when_we_stop_just_then(post: Post) -> None:
    post.posts("sari", "halo")
    async with post.delivering() as channel:
        await channel.until(lambda: bool(channel.took))
    assert [text for text, _ in post.rows("sent")] == ["halo"]


def test_pauses_grow_within_bounds_and_out_of_step() -> None:
    for tries in range(1, 60):
        longest = min(FIRST_PAUSE * 2 ** (tries - 1), LONGEST_PAUSE)
        assert longest / 2 <= pause(tries) <= longest
    assert len({pause(5) for _ in range(9)}) > 1


async def test_it_stops_when_told_whatever_happens_in_that_moment(new_sqlite: str) -> None:
    post = Post(connect(new_sqlite))
    for moments in range(30):
        task = asyncio.create_task(post.delivery.run())
        await asyncio.sleep(0.02)
        post.delivery.wake()
        for _ in range(moments % 6):
            await asyncio.sleep(0)
        task.cancel()
        async with asyncio.timeout(5):
            await asyncio.gather(task, return_exceptions=True)
        assert task.cancelled()
    post.store.close()
