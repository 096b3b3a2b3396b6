"""The whole path: a webhook in, a durable commit, a reply out, in real processes over loopback."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import uvloop

from bench import runner, world
from bench.databases import databases, sync_seconds
from bench.table import show
from bench.telegram import SECRET, TOKEN, Telegram

_PENDAMPING = str(Path(sys.executable).parent / "pendamping")
_TICKS = os.sysconf("SC_CLK_TCK")

#: Seconds before the measuring begins.
WARM = 3.0


@dataclass(frozen=True, slots=True)
class Passed:
    """What one evening was like: ``busy`` are processor seconds of the bot's processes."""

    messages: int
    seconds: float
    calls: int
    busy: float
    median: float
    slowest: float

    @property
    def rate(self) -> float:
        """Messages a second whose reply arrived."""
        return self.messages / self.seconds

    def row(self, name: str, limits: Sequence[float]) -> list[object]:
        """The figures for a table, with shares of each limit."""
        return [
            name,
            self.rate,
            self.calls / self.seconds,
            self.busy / self.messages * 1e6,
            self.busy / self.seconds,
            self.median * 1e3,
            self.slowest * 1e3,
            *(self.rate / limit for limit in limits),
        ]


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def _running(commands: Sequence[Sequence[str]], settings: dict[str, str]) -> Iterator[list[int]]:
    """Processes with these settings, told to stop at the end; gives their ids."""
    environment = {**os.environ, **settings, "PYTHONPATH": str(Path(__file__).parents[1])}
    with tempfile.TemporaryDirectory(prefix="bench-") as home:
        running = [
            subprocess.Popen(command, env=environment, cwd=home)  # noqa: S603 - our own commands
            for command in commands
        ]
        try:
            yield [one.pid for one in running]
        finally:
            for one in running:
                one.send_signal(signal.SIGTERM)
            for one in running:
                one.wait(30)


def _busy(pids: Sequence[int]) -> float:
    """Processor seconds these processes had so far; 0 where the system does not tell."""
    ticks = 0
    for pid in pids:
        stat = Path(f"/proc/{pid}/stat")
        if stat.exists():
            fields = stat.read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / _TICKS


Doing = Callable[[Telegram], Callable[[int, int], Coroutine[Any, Any, None]]]


@dataclass(frozen=True, slots=True)
class Load:
    """How many people there are, how many are busy at once, and for how long."""

    people: int
    at_once: int
    seconds: float

    @property
    def groups(self) -> list[world.Circle]:
        """The groups of these people."""
        return world.circles(self.people // runner.MEMBERS + 1, runner.MEMBERS)


def evening(
    load: Load, doing: Doing, commands: Callable[[int, str], list[list[str]]], **settings: str
) -> Passed:
    """Let the processes serve these people for a while."""

    async def play() -> Passed:
        telegram = Telegram()
        api, port = await telegram.listen(), _free_port()
        url = f"http://127.0.0.1:{api}"
        ours = {
            "PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
            "TELEGRAM_BOT_TOKEN": TOKEN,
            "TELEGRAM_API_URL": url,
            "TELEGRAM_WEBHOOK_SECRET": SECRET,
            "LOG_LEVEL": "warning",
            # Telegram allows a bot 30 a second; here we want to know what we could do.
            "TELEGRAM_PER_SECOND": "1000",
            "TELEGRAM_CHAT_SECONDS": "0",
        }
        with _running(commands(port, url), {**ours, **settings}) as pids:
            await asyncio.wait_for(telegram.connect(), 60)
            await asyncio.sleep(WARM / 3)
            return await _measured(telegram, doing(telegram), load, pids)

    return uvloop.run(play())


async def _measured(
    telegram: Telegram,
    what: Callable[[int, int], Coroutine[Any, Any, None]],
    load: Load,
    pids: Sequence[int],
) -> Passed:
    busy: list[float] = []

    async def watch() -> None:
        await asyncio.sleep(WARM)
        busy.append(_busy(pids))
        await asyncio.sleep(load.seconds)
        busy.append(_busy(pids))

    watching = asyncio.create_task(watch())
    seen, took = await telegram.evening(what, load.groups, load.at_once, load.seconds, WARM)
    await watching
    cuts = statistics.quantiles(seen.latencies, n=100)
    return Passed(len(seen.latencies), took, seen.calls, busy[1] - busy[0], cuts[49], cuts[98])


def ours(url: str, load: Load, *, apart: bool = False) -> Passed:
    """Pendamping with this database: one process, or hearing ``apart`` from delivering."""
    world.settle(url, load.groups)
    parts = ("web", "worker") if apart else ("run",)
    commands = [[_PENDAMPING, part] for part in parts]
    return evening(load, lambda telegram: telegram.saves, lambda *_: commands, DATABASE_URL=url)


def echo(load: Load, *more: str) -> Passed:
    """The echo bot."""

    def commands(port: int, url: str) -> list[list[str]]:
        return [[sys.executable, "-m", "bench.echo", str(port), url, *more]]

    return evening(load, lambda telegram: telegram.chats, commands)


def bench(kinds: Sequence[str], load: Load, *, apart: bool) -> None:
    """Print the table: ours on each database beside its limits."""
    head = [
        "",
        "messages/s",
        "calls out/s",
        "µs busy",
        "cores",
        "ms",
        "ms, 99 %",
        "of bare",
        "of echo",
    ]
    rows: list[list[object]] = []
    plain, faster = echo(load), echo(load, "aiohttp")
    rows += [[*plain.row("echo bot of PTB, no storage", []), None, 1.0]]
    rows += [[*faster.row("the same, calling out as we do", []), None, faster.rate / plain.rate]]
    for kind in kinds:
        with databases(kind) as fresh:
            took = runner.bare(fresh, load.groups)
            limit = sum(one.messages for one in took) / sum(one.seconds for one in took)
            busy = sum(one.busy for one in took) / sum(one.messages for one in took) * 1e6
            name = f"{kind}: its statements, bare driver"
            rows.append([name, limit, None, busy, None, None, None, 1.0, None])
            limits = [limit, plain.rate]
            rows.append(ours(fresh(), load).row(f"{kind}: pendamping run", limits))
            if apart:
                passed = ours(fresh(), load, apart=True)
                rows.append(passed.row(f"{kind}: pendamping web + worker", limits))
    title = (
        f"the whole path, {load.at_once} people at once; a sync is {sync_seconds() * 1e3:.1f} ms"
    )
    show(title, head, rows)
