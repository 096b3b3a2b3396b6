"""Delivery wakes at once, stops at once, and forgets nothing in between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, select

import bot.delivery
from bot.delivery import Delivery
from bot.domain.kinds import Kind
from bot.ports import Bubble, Letter
from storage.outgoing import outbox
from storage.store import SqlStore, connect


class Scripted:
    """A channel that takes what comes and tells when."""

    name = "scripted"
    longest = longest_beside = 4096

    def __init__(self) -> None:
        self.took: list[tuple[str, str]] = []
        self._changed = asyncio.Event()

    async def send(self, letter: Letter) -> str:
        where = (letter.address, letter.bubble.text)
        self.took.append(where)
        self._changed.set()
        return str(letter.id)

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

    def posts(self, address: str, *texts: str, kind: Kind = Kind.ANSWER) -> None:
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


@pytest.fixture
def post(engine: Engine) -> Post:
    return Post(engine)


async def test_what_is_new_goes_out_at_once(post: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "LOOK_EVERY", timedelta(seconds=600))
    async with post.delivering() as channel:
        for number in range(10):
            post.posts("sari", f"{number}")
            await channel.until(lambda: len(channel.took) > number)  # noqa: B023 - awaited here
            async with asyncio.timeout(10):
                # One that is under way holds up the next, and this clock stands still.
                while len(post.rows("sent")) <= number:  # noqa: ASYNC110 - rows tell nobody
                    await asyncio.sleep(0.01)


async def test_what_arrived_is_marked_even_when_we_stop_just_then(post: Post) -> None:
    post.posts("sari", "halo")
    async with post.delivering() as channel:
        await channel.until(lambda: bool(channel.took))
    assert [text for text, _ in post.rows("sent")] == ["halo"]


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
