"""A Bot API server on loopback, and our channel open to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Iterator, Mapping
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.types import ASGIApp, Message

from bot.channels.telegram import TelegramChannel
from bot.ports import Bubble, Heard, Letter, Receive, Unavailable
from tests.servers.bot_api import TOKEN, BotApi


@pytest.fixture
def server() -> Iterator[BotApi]:
    """Telegram's side; at the end, nothing the reference forbids was ever said."""
    with BotApi() as server:
        yield server
    assert not server.violations


@pytest.fixture
async def channel(server: BotApi) -> AsyncIterator[TelegramChannel]:
    """Our side, started."""
    channel = TelegramChannel(TOKEN, api_url=server.url)
    await channel.start()
    yield channel
    await channel.stop()


def letter(address: str, bubble: Bubble | str, number: int = 1) -> Letter:
    """A bubble on its way."""
    bubble = Bubble(bubble) if isinstance(bubble, str) else bubble
    now = datetime.now(UTC)
    return Letter(number, "telegram", address, bubble, "answer", 1, now)


class Ear:
    """A ``receive`` that keeps what it was given and fails when it is told to."""

    def __init__(self) -> None:
        self.heard: list[Heard] = []
        self.failures: dict[str, list[Exception]] = {}
        self.then: Callable[[Heard], Awaitable[object]] | None = None
        self._more = asyncio.Event()

    async def __call__(self, heard: Heard) -> None:
        if failures := self.failures.get(heard.words):
            raise failures.pop(0)
        if self.then:
            await self.then(heard)
        self.heard.append(heard)
        self._more.set()

    @property
    def words(self) -> list[str]:
        return [heard.words or heard.pressed for heard in self.heard]

    def away(self, words: str, times: int = 1) -> None:
        """The database is away when this is said."""
        self.failures[words] = [Unavailable("away") for _ in range(times)]

    async def hears(self, count: int) -> list[Heard]:
        """Wait until so much was heard."""
        async with asyncio.timeout(10):
            while len(self.heard) < count:
                self._more.clear()
                await self._more.wait()
        return self.heard


@pytest.fixture
def ear() -> Ear:
    return Ear()


async def answered_unread(app: ASGIApp, path: str, headers: Mapping[str, str]) -> int:
    """The status a POST is answered with before anything of its body is read."""
    sent: list[Message] = []

    async def receive() -> Message:
        pytest.fail("it was read")

    async def send(message: Message) -> None:
        sent.append(message)

    raw = [(name.lower().encode(), value.encode("latin-1")) for name, value in headers.items()]
    asked = {"type": "http", "method": "POST", "path": path, "query_string": b"", "headers": raw}
    await app(asked, receive, send)
    return int(sent[0]["status"])


@asynccontextmanager
async def beside(doing: Coroutine[Any, Any, None]) -> AsyncIterator[asyncio.Task[None]]:
    """Something that runs until the block ends, and must stop at once then."""
    task = asyncio.create_task(doing)
    try:
        yield task
    finally:
        task.cancel()
        async with asyncio.timeout(2):
            await asyncio.gather(task, return_exceptions=True)


def polling(channel: TelegramChannel, receive: Receive) -> Any:
    """Long polling beside a test."""
    return beside(channel.poll(receive))
