"""The webhook: who may knock, what is answered, how fast, and that nothing is lost behind it."""

from __future__ import annotations

import asyncio
import json
import statistics
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.whatsapp import HEADER, WhatsAppChannel
from bot.channels.whatsapp.signature import signature
from bot.told import Report, Told
from bot.web.app import web_app
from bot.web.whatsapp import LARGEST_BODY, whatsapp_route
from tests.channels.conftest import Ear, answered_unread
from tests.channels.whatsapp.conftest import Notes, letter
from tests.servers.cloud_api import NUMBER_ID, SECRET, VERIFY, CloudApi, payload
from tests.servers.cloud_api_people import Person


@pytest.fixture
def notes() -> Notes:
    return Notes()


@pytest.fixture
def app(channel: WhatsAppChannel, ear: Ear, notes: Notes) -> Starlette:
    route = whatsapp_route(channel, ear, notes, secret=SECRET, verify_token=VERIFY)
    return web_app([route], health=lambda: None)


def says(words: str, number: str = "wamid.1") -> dict[str, Any]:
    message = {
        "from": "62812",
        "id": number,
        "timestamp": str(int(time.time())),
        "type": "text",
        "text": {"body": words},
    }
    metadata = {"display_phone_number": "62811", "phone_number_id": NUMBER_ID}
    value = {"messaging_product": "whatsapp", "metadata": metadata, "messages": [message]}
    return payload([{"field": "messages", "value": value}])


async def knock(app: Starlette, content: Any, header: str | None = None) -> httpx.Response:
    raw = json.dumps(content).encode() if isinstance(content, dict) else content
    if header is None and isinstance(raw, bytes):
        header = signature(raw, SECRET)
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        return await client.post("/whatsapp", content=raw, headers={HEADER: header or ""})


async def test_200_after_it_was_received(app: Starlette, ear: Ear) -> None:
    assert (await knock(app, says("setor 10rb"))).status_code == 200
    assert ear.words == ["setor 10rb"]


@pytest.mark.parametrize(
    "header", ["", "sha256=", "sha1=" + "a" * 64, "sha256=" + "a" * 63, "sha256=" + "é" * 64]
)
async def test_401_without_a_signature_and_nothing_read(
    app: Starlette, ear: Ear, header: str
) -> None:
    if "é" in header:
        header = header.replace("é", "ab")  # twice as long as it may be
    headers = {HEADER: header} if header else {}
    assert await answered_unread(app, "/whatsapp", headers) == 401
    assert ear.heard == []


async def test_401_for_a_wrong_signature(app: Starlette, ear: Ear) -> None:
    body = json.dumps(says("x")).encode()
    for wrong in (signature(body, "lain"), signature(body + b" ", SECRET), "sha256=" + "Ä" * 64):
        raw = wrong.encode("latin-1").decode("latin-1")
        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
            answer = await client.post(
                "/whatsapp", content=body, headers=[(HEADER.encode(), raw.encode("latin-1"))]
            )
        assert answer.status_code == 401
    assert ear.heard == []


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"null", b"\xff\xfe", b"[" * 100_000])
async def test_400_for_what_is_no_webhook(app: Starlette, ear: Ear, body: bytes) -> None:
    assert (await knock(app, body)).status_code == 400
    assert ear.heard == []


async def test_413_for_too_much_and_200_for_a_large_one(app: Starlette, ear: Ear) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * (LARGEST_BODY // 2)

    header = "sha256=" + "0" * 64
    assert (await knock(app, b" " * (LARGEST_BODY + 1))).status_code == 413
    assert (await knock(app, drops(), header)).status_code == 413
    assert ear.heard == []
    large = says("x") | {"more": "y" * 1_000_000}
    assert (await knock(app, large)).status_code == 200


async def test_503_while_the_database_is_away(app: Starlette, ear: Ear, notes: Notes) -> None:
    ear.away("setor 10rb")
    answer = await knock(app, says("setor 10rb"))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert (await knock(app, says("setor 10rb"))).status_code == 200
    assert notes.told == []


async def test_the_handshake(app: Starlette) -> None:
    transport = httpx.ASGITransport(app)
    right = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "<42>"}
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        answer = await client.get("/whatsapp", params=right)
        assert (answer.status_code, answer.text) == (200, "<42>")
        assert answer.headers["content-type"].startswith("text/plain")
        for wrong in ({"hub.verify_token": "lain"}, {"hub.mode": "unsubscribe"}):
            answer = await client.get("/whatsapp", params={**right, **wrong})
            assert (answer.status_code, answer.text) == (403, "")
        assert (await client.put("/whatsapp")).status_code == 405


def test_a_webhook_needs_secrets(channel: WhatsAppChannel, ear: Ear, notes: Notes) -> None:
    for secret, verify in (("", VERIFY), (SECRET, "")):
        with pytest.raises(ValueError, match="secret"):
            whatsapp_route(channel, ear, notes, secret=secret, verify_token=verify)


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The app behind a real web server; its address."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="warning", access_log=False)
    web = uvicorn.Server(config)
    task = asyncio.create_task(web.serve())
    while not web.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    port = web.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/whatsapp"
    web.should_exit = True
    await task


async def brought(server: CloudApi) -> None:
    await asyncio.to_thread(server.wait, lambda: server.world.pending == 0)


async def test_meta_brings_everything_through_failures_in_batches_and_twice(
    server: CloudApi, app: Starlette, ear: Ear, notes: Notes, channel: WhatsAppChannel
) -> None:
    sari, rina = server.person("Sari"), server.person("Rina", user_id=False)
    async with served(app) as url:
        await asyncio.to_thread(server.subscribe, url)
        server.twice = True
        server.holds()
        ear.away("3", times=2)
        for number in range(6):
            sari.writes(str(number))
        rina.writes("saldo")
        server.lets_go()
        await brought(server)
        notes.away = 1
        await channel.send(_to(rina))
        await asyncio.to_thread(server.wait, lambda: len(notes.told) >= 4)
        await brought(server)
    words = [heard.words for heard in ear.heard if heard.address == sari.address]
    assert words[:3] == ["0", "1", "2"]
    assert [word for index, word in enumerate(words) if word not in words[:index]] == list("012345")
    assert [status for status, _ in server.brought].count(503) == 3
    told = [one.what for one in notes.told if isinstance(one, Told)]
    assert {Report.SENT, Report.DELIVERED} == set(told)


def _to(person: Person) -> Any:
    return letter(person.phone.wa_id, "halo")


async def test_a_hundred_a_second_are_answered_within_a_quarter_of_a_second(
    app: Starlette, ear: Ear, record_property: Any
) -> None:
    took: list[float] = []

    async def one(session: aiohttp.ClientSession, url: str, number: int) -> None:
        raw = json.dumps(says("setor 10rb", f"wamid.{number}")).encode()
        started = time.perf_counter()
        headers = {HEADER: signature(raw, SECRET)}
        async with session.post(url, data=raw, headers=headers) as answer:
            assert answer.status == 200
        took.append(time.perf_counter() - started)

    async with served(app) as url, aiohttp.ClientSession() as session, asyncio.TaskGroup() as group:
        for number in range(200):
            group.create_task(one(session, url, number))
            await asyncio.sleep(0.01)
        while len(took) < 200:  # noqa: ASYNC110 - the last ones
            await asyncio.sleep(0.01)
    median = statistics.median(took)
    record_property("webhook_median_ms", round(median * 1000, 1))
    assert median < 0.25
    assert len(ear.heard) == 200
