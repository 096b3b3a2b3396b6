"""The program as a process of its own: started, killed, started again, and asked single things."""

from __future__ import annotations

import os
import socket
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import httpx

from bot.cli import main
from tests.servers import cloud_api
from tests.servers.bot_api import TOKEN, BotApi
from tests.servers.cloud_api import NUMBER_ID, CloudApi
from tests.servers.forked import begin

SECRET = "rahasia-uji"

#: Seconds a process may take to stop, and a single command to be done.
_STOPS, _ANSWERS = 15, 60


class Answer(NamedTuple):
    """What came of a single command."""

    returncode: int
    stdout: str
    stderr: str


def pendamping(*arguments: str) -> None:
    """The command, as somebody types it."""
    sys.argv = ["pendamping", *arguments]
    main()


def free_port() -> int:
    """A port nobody listens on just now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


class Program:
    """``pendamping`` over one database, with nothing from outside in its environment.

    ``folder`` is where it runs and where ``log`` grows.
    """

    def __init__(
        self,
        folder: Path,
        database_url: str,
        server: BotApi | None = None,
        *,
        webhook: bool = False,
        meta: CloudApi | None = None,
    ) -> None:
        self.folder = folder
        self.port = free_port()
        self.starts = 0
        self.settings = {"DATABASE_URL": database_url, "PORT": str(self.port)}
        if server:
            self.settings |= {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_URL": server.url}
            # Nobody counts messages a second here, and tests are not to wait for that.
            self.settings |= {"TELEGRAM_PER_SECOND": "1000", "TELEGRAM_CHAT_SECONDS": "0"}
        if webhook:
            self.settings |= {"PUBLIC_URL": self.url, "TELEGRAM_WEBHOOK_SECRET": SECRET}
        if meta:
            self.settings |= {
                "WHATSAPP_PHONE_NUMBER_ID": NUMBER_ID,
                "WHATSAPP_ACCESS_TOKEN": cloud_api.TOKEN,
                "WHATSAPP_APP_SECRET": cloud_api.SECRET,
                "WHATSAPP_VERIFY_TOKEN": cloud_api.VERIFY,
                "WHATSAPP_API_URL": meta.url,
                "WHATSAPP_CHAT_SECONDS": "0",
            }
        self._log = folder / "program.log"
        self._running: ForkServerProcess | None = None

    @property
    def url(self) -> str:
        """Where its web side is."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def log(self) -> str:
        """Everything it wrote while it ran."""
        return self._log.read_text("utf-8") if self._log.exists() else ""

    def start(self, does: str = "run") -> None:
        """Begin ``pendamping run`` (or what it ``does``); what is said to it before it is ready has to wait."""
        self._running = self._begin((does,), self._log, self._log)
        self.starts += 1

    def waits_until_ready(self, seconds: float) -> None:
        """Wait until its web side answers."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/health", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                pass
            time.sleep(0.02)
        raise AssertionError("it did not start")

    def kill(self) -> None:
        """``kill -9``: it has no chance to finish anything."""
        if self._running is not None:
            self._running.kill()
            self._ended()

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        if self._running is None:
            return 0
        self._running.terminate()
        return self._ended()

    def asked(self, *arguments: str) -> Answer:
        """One command, waited for."""
        return self.asked_at_once(arguments)[0]

    def asked_at_once(self, *commands: Sequence[str]) -> list[Answer]:
        """Commands that run beside one another, all waited for."""
        with TemporaryDirectory() as folder:
            begun = []
            for number, command in enumerate(commands):
                out, err = (Path(folder) / f"{number}.{name}" for name in ("out", "err"))
                begun.append((self._begin(command, out, err), out, err))
            return [
                Answer(_code(process, _ANSWERS), out.read_text("utf-8"), err.read_text("utf-8"))
                for process, out, err in begun
            ]

    def _begin(self, command: Sequence[str], out: Path, err: Path) -> ForkServerProcess:
        settings = {"PATH": os.defpath, **self.settings}
        return begin(pendamping, *command, folder=self.folder, settings=settings, out=out, err=err)

    def _ended(self) -> int:
        assert self._running is not None
        code = _code(self._running, _STOPS)
        self._running = None
        return code


def _code(process: ForkServerProcess, seconds: float) -> int:
    """The exit code of a process that is about to end."""
    process.join(seconds)
    assert process.exitcode is not None, "it does not end"
    return process.exitcode


@contextmanager
def running(program: Program) -> Iterator[Program]:
    """It runs while the block lasts, and then stops as it should, without a fault in its log."""
    program.start()
    try:
        yield program
        assert program.stop() == 0
    except BaseException:
        program.kill()
        print(program.log[-6000:])  # noqa: T201 - pytest shows it with the failure
        raise
    assert "Traceback" not in program.log
