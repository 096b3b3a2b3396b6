"""A worker as a process of its own: delivers one database's letters to a Bot API until killed.

``python -m tests.servers.sender DATABASE_URL API_URL LEASE_SECONDS``
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.channels.telegram import TelegramChannel
from bot.delivery import Delivery
from bot.domain.pace import Limit
from storage.store import SqlStore, connect
from tests.servers.bot_api import TOKEN

_ROOT = Path(__file__).parents[2]


class Sender:
    """Such a process, from outside: started, killed, started again."""

    def __init__(self, database_url: str, api_url: str, lease: float, log: Path) -> None:
        self._arguments = [database_url, api_url, str(lease)]
        self._log = log
        self._running: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Begin."""
        command = [sys.executable, "-m", "tests.servers.sender", *self._arguments]
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(command, cwd=_ROOT, stdout=log, stderr=log)  # noqa: S603 - our own

    def kill(self) -> None:
        """``kill -9``."""
        if self._running is not None:
            self._running.kill()
            self._running.wait()


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


if __name__ == "__main__":
    asyncio.run(deliver(sys.argv[1], sys.argv[2], float(sys.argv[3])))
