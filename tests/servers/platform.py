"""What the far sides of all platforms share: a server on loopback in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from typing import Generic, Protocol, Self, TypeVar

import aiohttp
from aiohttp import web


class World(Protocol):
    """What a platform knows; every use of it is under ``changed`` (a lock)."""

    changed: threading.Condition
    violations: list[str]
    wake: Callable[[], None]


class Seen(Protocol):
    """A message as it stands on a phone."""

    @property
    def text(self) -> str: ...


AnyWorld = TypeVar("AnyWorld", bound=World)
AnySeen = TypeVar("AnySeen", bound=Seen)


class Platform(ABC, Generic[AnyWorld]):
    """One platform's side, from ``with`` until its end.

    ``retry`` are the first and the longest pause in seconds before a webhook is tried again;
    ``twice`` brings everything to it two times.
    """

    def __init__(self, world: AnyWorld, token: str, retry: tuple[float, float], port: int) -> None:
        self.world, self.token = world, token
        self.twice = False
        self._retry, self._longest_retry = retry
        self._port = port
        self._loop = asyncio.new_event_loop()
        self._news: asyncio.Event
        self._closing: asyncio.Event
        self._thread = threading.Thread(target=self._run, name=type(self).__name__, daemon=True)
        self._ready = threading.Event()

    @abstractmethod
    def _routes(self) -> Iterable[web.RouteDef]:
        """What is served."""

    @abstractmethod
    async def _bring(self, session: aiohttp.ClientSession) -> None:
        """Bring what happens to our webhook, until cancelled."""

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10), f"{self._thread.name} did not start"
        return self

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._closing.set)
        self._thread.join(10)

    @property
    def url(self) -> str:
        """Where we are to look for the platform."""
        return f"http://127.0.0.1:{self._port}"

    @property
    def violations(self) -> list[str]:
        """What the platform's own description does not allow in what we sent."""
        return self.world.violations

    def wait(self, there: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something is so."""
        with self.world.changed:
            assert self.world.changed.wait_for(there, seconds), "it did not come to be"

    def _wake(self) -> None:
        self._loop.call_soon_threadsafe(self._news.set)

    def _run(self) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._serve())

    async def _serve(self) -> None:
        self._news, self._closing = asyncio.Event(), asyncio.Event()
        self.world.wake = self._wake
        app = web.Application(client_max_size=50_000_000)
        app.add_routes(self._routes())
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", self._port)
        await site.start()
        self._port = runner.addresses[0][1]
        async with aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
            pump = group.create_task(self._bring(session))
            self._ready.set()
            await self._closing.wait()
            self.world.wake = lambda: None
            self._news.set()
            await runner.cleanup()
            pump.cancel()


class Reader(ABC, Generic[AnyWorld, AnySeen]):
    """Somebody who looks at what we wrote to her."""

    def __init__(self, world: AnyWorld, name: str) -> None:
        self.world, self.name = world, name

    @property
    @abstractmethod
    def sees(self) -> Sequence[AnySeen]:
        """What we wrote to her, oldest first, as it stands now."""

    def waits_for(self, words: str, seconds: float = 10) -> AnySeen:
        """The newest message with these words in it, once it is there."""
        return self.waits_for_one(lambda one: words in one.text, repr(words), seconds)

    def waits_for_one(
        self, fits: Callable[[AnySeen], bool], named: str, seconds: float = 10
    ) -> AnySeen:
        """The newest message that fits, once it is there."""
        with self.world.changed:
            found = self.world.changed.wait_for(
                lambda: next((one for one in reversed(self.sees) if fits(one)), None), seconds
            )
        assert found, f"{named} is not in {self.sees}"
        return found


def dropped(request: web.Request) -> web.Response:
    """Cut the line in mid-air."""
    if request.transport is not None:
        request.transport.abort()
    return web.Response()
