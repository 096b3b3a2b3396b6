"""The webhook: who may knock, what is answered, and that nothing is lost behind it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import httpx
import pytest
import uvicorn
from starlette.applications import Starlette

from bot.channels.telegram import TelegramChannel
from bot.config import WrongSetting
from bot.web.telegram import LARGEST_UPDATE, SECRET_HEADER, telegram_route
from tests.channels.conftest import Ear, answered_unread
from tests.servers.bot_api import BotApi

SECRET = "rahasia-benar"
SAYS = {
    "update_id": 7,
    "message": {
        "message_id": 1,
        "date": 1_780_000_000,
        "chat": {"id": 5, "type": "private", "first_name": "Sari"},
        "from": {"id": 5, "is_bot": False, "first_name": "Sari"},
        "text": "setor 10rb",
    },
}


@pytest.fixture
def app(channel: TelegramChannel, ear: Ear) -> Starlette:
    return Starlette(routes=[telegram_route(channel, ear, SECRET)])


async def knock(
    app: Starlette, content: Any, secret: str | None = SECRET, **headers: str
) -> httpx.Response:
    if secret is not None:
        headers[SECRET_HEADER] = secret
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://bot") as client:
        if isinstance(content, dict):
            content = json.dumps(content).encode()
        return await client.post("/telegram", content=content, headers=headers)


async def test_200_after_it_was_received(app: Starlette, ear: Ear) -> None:
    assert (await knock(app, SAYS)).status_code == 200
    assert ear.words == ["setor 10rb"]


@pytest.mark.parametrize("secret", [None, "", "salah", SECRET + "x", "rahasia-bénar"])
async def test_403_without_the_secret_and_nothing_read(
    app: Starlette, ear: Ear, secret: str | None
) -> None:
    headers = {} if secret is None else {SECRET_HEADER: secret}
    assert await answered_unread(app, "/telegram", headers) == 403
    assert ear.heard == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"{}", b'{"update_id": "7"}', b"\xff\xfe", b"null"]
)
async def test_400_for_what_is_no_update(app: Starlette, ear: Ear, body: bytes) -> None:
    assert (await knock(app, body)).status_code == 400
    assert ear.heard == []


async def test_413_for_too_much(app: Starlette, ear: Ear) -> None:
    async def drops() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield b" " * (LARGEST_UPDATE // 2)

    assert (await knock(app, b" " * (LARGEST_UPDATE + 1))).status_code == 413
    assert (await knock(app, drops())).status_code == 413
    assert ear.heard == []


async def test_503_while_the_database_is_away(app: Starlette, ear: Ear) -> None:
    ear.away("setor 10rb")
    answer = await knock(app, SAYS)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert (await knock(app, SAYS)).status_code == 200


async def test_an_update_of_a_shape_we_do_not_know_is_left_alone(app: Starlette, ear: Ear) -> None:
    strange = {"update_id": 8, "message": {"text": "tanpa pengirim"}}
    assert (await knock(app, strange)).status_code == 200
    assert (await knock(app, {"update_id": 9, "news": {"of": "tomorrow"}})).status_code == 200
    assert ear.heard == []


async def test_only_posts(app: Starlette) -> None:
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://b") as client:
        assert (await client.get("/telegram")).status_code == 405


def test_a_webhook_needs_a_secret(channel: TelegramChannel, ear: Ear) -> None:
    with pytest.raises(ValueError, match="secret"):
        telegram_route(channel, ear, "")


@asynccontextmanager
async def served(app: Starlette) -> AsyncIterator[str]:
    """The app behind a real web server; its address."""
    config = uvicorn.Config(app, port=0, lifespan="off", log_level="warning")
    web = uvicorn.Server(config)
    task = asyncio.create_task(web.serve())
    while not web.started:  # noqa: ASYNC110 - uvicorn has no event to wait for
        await asyncio.sleep(0.01)
    port = web.servers[0].sockets[0].getsockname()[1]
    yield f"http://127.0.0.1:{port}/telegram"
    web.should_exit = True
    await task


async def test_telegram_brings_each_chat_in_order_through_a_failure(
    server: BotApi, channel: TelegramChannel, ear: Ear, app: Starlette
) -> None:
    sari, rina = server.person("Sari"), server.person("Rina")
    ear.away("3", times=2)
    server.twice = True
    async with served(app) as url:
        await channel.listen(url, SECRET)
        for number in range(6):
            sari.writes(str(number))
        rina.writes("saldo")
        await ear.hears(14)
        await asyncio.to_thread(server.wait, lambda: server.pending == 0)
        await channel.listen(url, "lain")
        sari.writes("tidak sampai")
        await asyncio.to_thread(server.wait, lambda: server.brought[-1][1] == 403)
        await channel.listen(url, SECRET)
        await ear.hears(16)
    hers = [heard.words for heard in ear.heard if heard.address == sari.address]
    assert hers == [str(number) for number in range(6) for _ in range(2)] + ["tidak sampai"] * 2
    assert [status for _, status in server.brought].count(503) == 2
    allowed = server.calls("setWebhook")[0].params["allowed_updates"]
    assert allowed == ["message", "callback_query", "my_chat_member"]


async def test_a_webhook_telegram_does_not_take(channel: TelegramChannel) -> None:
    with pytest.raises(WrongSetting, match="TELEGRAM_WEBHOOK_SECRET"):
        await channel.listen("https://bot.contoh.id/telegram", "tidak boleh ini")
    with pytest.raises(WrongSetting, match="PUBLIC_URL"):
        await channel.listen("http://bot.contoh.id/telegram", SECRET)
