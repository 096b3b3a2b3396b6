"""Where Telegram brings its updates: ``POST /telegram``."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.telegram import TelegramChannel
from bot.ports import Receive, Unavailable

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name

#: Bytes of an update at most; Telegram's own are a few thousand.
LARGEST_UPDATE = 1_000_000

#: Seconds after which Telegram may come again when the database is away.
RETRY_AFTER = 5


class _TooLarge(Exception):
    """More bytes than an update has."""


def telegram_route(
    channel: TelegramChannel, receive: Receive, secret: str, path: str = "/telegram"
) -> Route:
    """The webhook: 200 only once what was said is written, 503 while it cannot be.

    A request without the secret is answered 403 before anything of it is read.
    """
    if not secret:
        raise ValueError("a webhook without a secret would take anybody's word")
    expected = secret.encode()

    async def telegram(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return _said(403)
        try:
            update = _parsed(await _read(request))
        except _TooLarge:
            return _said(413)
        except ValueError:
            return _said(400)
        try:
            await channel.take(update, receive)
        except Unavailable:
            return _said(503, {"Retry-After": str(RETRY_AFTER)})
        return _said(200)

    return Route(path, telegram, methods=["POST"])


def _said(status: int, headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse("", status, headers)


async def _read(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_UPDATE:
        raise _TooLarge
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_UPDATE:
            raise _TooLarge
    return bytes(body)


def _parsed(body: bytes) -> dict[str, Any]:
    update = json.loads(body)
    if not isinstance(update, dict) or not isinstance(update.get("update_id"), int):
        raise ValueError("not an update")  # noqa: TRY004 - bad JSON and bad shape are one
    return update
