"""The program as a process of its own: started, killed, started again, and asked single things."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx

from tests.servers import cloud_api
from tests.servers.bot_api import TOKEN, BotApi
from tests.servers.cloud_api import NUMBER_ID, CloudApi

SECRET = "rahasia-uji"

#: How the command is begun: by this Python, wherever it lives.
_COMMAND = (sys.executable, "-c", "from bot.cli import main; main()")


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
        self._running: subprocess.Popen[bytes] | None = None

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
        with self._log.open("ab") as log:
            self._running = subprocess.Popen(  # noqa: S603 - our own command
                [*_COMMAND, does], cwd=self.folder, env=self._env(), stdout=log, stderr=log
            )
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
            time.sleep(0.1)
        raise AssertionError("it did not start")

    def kill(self) -> None:
        """``kill -9``: it has no chance to finish anything."""
        self._end(signal.SIGKILL)

    def stop(self) -> int:
        """Ask it to stop; its exit code."""
        return self._end(signal.SIGTERM)

    def asked(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """One command, waited for."""
        return subprocess.run(  # noqa: S603 - our own command
            [*_COMMAND, *arguments],
            cwd=self.folder,
            env=self._env(),
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def _end(self, number: signal.Signals) -> int:
        running = self._running
        if running is None:
            return 0
        running.send_signal(number)
        code = running.wait(15)
        self._running = None
        return code

    def _env(self) -> dict[str, str]:
        return {"PATH": os.defpath, "PYTHONPATH": str(Path.cwd()), **self.settings}


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
