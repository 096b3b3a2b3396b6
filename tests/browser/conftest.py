"""A browser, and a practice room for it to open."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import uvicorn
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import SORRY, find
from tests.web.standin import Practice

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
    """Where a practice room is served."""
    database: Path = tmp_path_factory.mktemp("practice") / "practice.db"
    practice = Practice(database)
    port = _free_port()
    server = uvicorn.Server(uvicorn.Config(practice.app, port=port, log_level="error"))
    thread = threading.Thread(target=server.run)
    thread.start()
    while not server.started:
        time.sleep(0.02)
    yield f"http://127.0.0.1:{port}/"
    practice.room.close()
    server.should_exit = True
    thread.join()
    practice.store.close()


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
