"""A worker as a process of its own: delivers one database's letters to a Bot API until killed."""

from __future__ import annotations

import asyncio
import os
from datetime import UTC, datetime, timedelta
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery
from bot.domain.pace import Limit
from storage.store import SqlStore, connect
from tests.servers.bot_api import TOKEN
from tests.servers.forked import begin


class Sender:
    """Such a process, from outside: started, killed, started again."""

    def __init__(self, database_url: str, api_url: str, lease: float, log: Path) -> None:
        self._arguments = (database_url, api_url, str(lease))
        self._log = log
        self._running: ForkServerProcess | None = None

    def start(self) -> None:
        """Begin."""
        self._running = begin(
            work,
            *self._arguments,
            folder=self._log.parent,
            settings={"PATH": os.defpath},
            out=self._log,
            err=self._log,
        )

    def kill(self) -> None:
        """``kill -9``."""
        if self._running is not None:
            self._running.kill()
            self._running.join()


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


async def deliver(database_url: str, api_url: str, lease: float) -> None:
    """Deliver for ever."""
    store = SqlStore(connect(database_url), utc_now)
    channel = TelegramChannel(TOKEN, api_url=api_url)
    await channel.start()
    await Delivery(
        store.outbox,
        {channel.name: channel},
        utc_now,
        {channel.name: Limit(200)},
        lease=timedelta(seconds=lease),
    ).run()


def work(database_url: str, api_url: str, lease: str) -> None:
    """The whole life of such a process."""
    asyncio.run(deliver(database_url, api_url, float(lease)))
