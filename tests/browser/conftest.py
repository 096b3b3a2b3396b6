"""A browser, and a practice room for it to open."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import SORRY, find

#: Chromium of a test machine: no sandbox for root, no calls home.
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

#: Where the program lies.
ROOT = Path(__file__).parents[2]

#: Seconds the program may take to start on a busy machine.
START = 60

#: Milliseconds the page may take for anything.
PATIENCE = 10_000


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for a module: its loop must be gone before another module's async tests."""
    path = find()
    if path is None:
        pytest.fail(SORRY)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield browser
        browser.close()


def _free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture(scope="module")
def room_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where a real ``pendamping run`` of our own, without any token, serves the practice room."""
    folder = tmp_path_factory.mktemp("practice")
    url = f"http://127.0.0.1:{_free_port()}/"
    settings = {
        "PATH": os.environ.get("PATH", ""),
        "HOME": str(folder),
        "PYTHONPATH": str(ROOT),
        "DATABASE_URL": f"sqlite:///{folder / 'practice.db'}",
        "PORT": url.rpartition(":")[2].strip("/"),
    }
    command = [sys.executable, "-c", "from bot.cli import main; main()", "run"]
    with (folder / "log").open("w+") as log:
        process = subprocess.Popen(  # noqa: S603  our own command
            command, cwd=folder, env=settings, stdout=log, stderr=subprocess.STDOUT
        )
        try:
            _wait_until_well(url, process, folder / "log")
            yield url
        finally:
            process.terminate()
            process.wait(20)


def _wait_until_well(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + START
    while time.monotonic() < until and process.poll() is None:
        try:
            with urllib.request.urlopen(url + "health", timeout=2):  # noqa: S310  loopback
                return
        except OSError:
            time.sleep(0.05)
    pytest.fail("pendamping run did not start:\n" + log.read_text()[-2000:])


@pytest.fixture
def room(browser: Browser, room_url: str) -> Iterator[Page]:
    """The practice room, begun anew, on a laptop; nothing on the page may complain."""
    context = browser.new_context(
        viewport={"width": 1280, "height": 800}, locale="id-ID", timezone_id="Asia/Jakarta"
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    complaints = listen(page)
    page.goto(room_url)
    page.wait_for_selector("body.live")
    run = page.locator("main").get_attribute("data-run")
    page.evaluate(
        """(run) => fetch("/practice/again", {
            method: "POST",
            headers: { "Content-Type": "application/json" },
            body: JSON.stringify({ run }),
        })""",
        run,
    )
    page.wait_for_selector(f'main:not([data-run="{run}"])')
    page.wait_for_selector("body.live")
    yield page
    context.close()
    assert not complaints


def listen(page: Page) -> list[str]:
    """Everything the page complains of: errors, warnings, refusals of its own policy."""
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on(
        "console",
        lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None,
    )
    return complaints
