"""Health, figures, the front page, what is refused, and how it is said."""

from __future__ import annotations

import re
import time
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hatchling.builders.wheel import WheelBuilder
from prometheus_client import CollectorRegistry, Counter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.ports import Unavailable
from bot.web import app as web
from bot.web.app import web_app
from bot.web.guard import LARGEST_BODY
from bot.web.pages import STATIC
from tests.web.standin import Client, Practice

HTML = {"Accept": "text/html"}


def test_well_while_the_database_answers(practice: Practice, client: Client) -> None:
    assert client.get("/health").json() == {"status": "ok"}
    practice.sick = Unavailable("away")
    answer = client.get("/health")
    assert (answer.status_code, answer.json()) == (503, {"status": "unavailable"})
    practice.sick = None
    assert client.get("/health").status_code == 200


def test_a_database_that_hangs_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "HEALTH_PATIENCE", 0.05)
    with Client(web_app(health=lambda: time.sleep(0.3))) as client:
        assert client.get("/health").status_code == 503


def test_figures_are_there_for_prometheus() -> None:
    registry = CollectorRegistry()
    Counter("messages", "Messages heard.", registry=registry).inc(3)
    with Client(web_app(health=dict, metrics=registry)) as client:
        answer = client.get("/metrics")
    assert "messages_total 3.0" in answer.text
    assert answer.headers["content-type"].startswith("text/plain")


def test_without_practice_the_front_page_is_modest() -> None:
    with Client(web_app(health=dict)) as client:
        page = client.get("/")
        assert client.post("/practice/say", json={}).status_code == 404
    assert page.status_code == 200
    assert "menabung" in page.text
    assert "href" not in re.sub(r"<link[^>]*>", "", page.text)


def test_every_answer_carries_the_security_headers(client: Client) -> None:
    for path in ("/", "/health", "/metrics", "/nowhere", "/static/room.js", "/practice/photo/x"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy, path
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"


def test_pages_hold_no_inline_script_or_style(client: Client) -> None:
    for path in ("/", "/nowhere"):
        page = client.get(path, headers=HTML).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page)
        assert "//" not in re.sub(r"<!doctype html>", "", page), "nothing from elsewhere"


def test_the_page_is_light(client: Client) -> None:
    paths = ["/", "/static/room.css", "/static/room.js", "/static/melati.svg"]
    travels = sum(int(client.get(path).headers["content-length"]) for path in paths)
    assert travels < 16 * 1024
    assert sum(file.stat().st_size for file in STATIC.iterdir()) < 32 * 1024


def test_assets_are_kept_by_version(client: Client) -> None:
    page = client.get("/").text
    (script,) = re.findall(r'src="(/static/room\.js\?v=[0-9a-f]{10})"', page)
    assert "immutable" in client.get(script).headers["cache-control"]
    assert client.get("/static/room.js").headers["cache-control"] == "no-cache"


def test_a_page_that_is_not_there_says_so_kindly(client: Client) -> None:
    answer = client.get("/nowhere", headers=HTML)
    assert answer.status_code == 404
    assert "Halamannya tidak ada" in answer.text
    assert client.get("/nowhere").json()["error"].startswith("Halamannya tidak ada")


async def _read(request: Request) -> Response:
    return JSONResponse({"bytes": len(await request.body())})


async def _broken(_request: Request) -> Response:
    raise RuntimeError("nobody should read this")


async def _away(_request: Request) -> Response:
    raise Unavailable("nobody should read this")


async def _pieces(count: int) -> AsyncIterator[bytes]:
    for _ in range(count):
        yield b"x" * 1000


def test_long_bodies_are_refused_announced_or_not() -> None:
    route = Route("/telegram", _read, methods=["POST"])
    with Client(web_app([route], health=dict)) as client:
        fits = client.post("/telegram", content=b"x" * LARGEST_BODY)
        announced = client.post("/telegram", content=b"x" * (LARGEST_BODY + 1))
        answer = client.post("/telegram", content=_pieces(LARGEST_BODY // 1000 + 1))
    assert fits.json()["bytes"] == LARGEST_BODY
    assert announced.status_code == 413
    assert answer.status_code == 413
    assert "terlalu besar" in answer.json()["error"]


def test_faults_of_ours_keep_their_insides_to_themselves() -> None:
    routes = [Route("/broken", _broken), Route("/away", _away)]
    with Client(web_app(routes, health=dict)) as client:
        for path, status in (("/broken", 500), ("/away", 503)):
            answer = client.get(path, headers=HTML)
            assert answer.status_code == status
            assert "aman" in answer.text
            assert "nobody" not in answer.text
        assert client.get("/away").headers["retry-after"] == "2"


def test_the_package_brings_its_pages(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (wheel,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    names = set(zipfile.ZipFile(wheel).namelist())
    assert {"bot/web/static/room.js", "bot/web/templates/practice.html"} <= names
