"""Where Meta brings what people write on WhatsApp: ``GET`` and ``POST /whatsapp``."""

from __future__ import annotations

import hmac
import json
from collections.abc import Mapping
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.channels.whatsapp import HEADER, WhatsAppChannel, could_be_signed, signed
from bot.ports import (
    Receive,
    Unavailable,
)
from bot.told import Note

PATH = "/whatsapp"

#: Bytes of a body at most; Meta's own are up to 3 MB.
LARGEST_BODY = 3 * 1024 * 1024

#: Seconds after which Meta may come again when the database is away.
RETRY_AFTER = 5

#: Signs of the handshake's challenge that are given back.
LONGEST_CHALLENGE = 200


class _TooLarge(Exception):
    """More bytes than a body has."""


def whatsapp_route(
    channel: WhatsAppChannel, receive: Receive, note: Note, *, secret: str, verify_token: str
) -> Route:
    """The webhook: 200 only once everything in a body is written, 503 while it cannot be.

    A request without a signature is answered 401 before anything of it is read, and one whose
    signature is wrong before anything of it is understood.
    """
    if not secret or not verify_token:
        raise ValueError("a webhook without a secret would take anybody's word")

    async def whatsapp(request: Request) -> Response:
        if request.method != "POST":
            return _handshake(request, verify_token)
        header = request.headers.get(HEADER, "")
        if not could_be_signed(header):
            return _said(401)
        try:
            raw = await _read(request)
        except _TooLarge:
            return _said(413)
        if not signed(raw, header, secret):
            return _said(401)
        try:
            body = _parsed(raw)
        except ValueError:
            return _said(400)
        try:
            await channel.take(body, receive, note)
        except Unavailable:
            return _said(503, headers={"Retry-After": str(RETRY_AFTER)})
        return _said(200)

    return Route(PATH, whatsapp, methods=["GET", "POST"])


def _handshake(request: Request, verify_token: str) -> Response:
    """Meta asks once whether this address is ours."""
    asked = request.query_params
    ours = hmac.compare_digest(asked.get("hub.verify_token", "").encode(), verify_token.encode())
    challenge = asked.get("hub.challenge", "")
    if asked.get("hub.mode") != "subscribe" or not ours or len(challenge) > LONGEST_CHALLENGE:
        return _said(403)
    return _said(200, challenge)


def _said(status: int, words: str = "", headers: Mapping[str, str] | None = None) -> Response:
    return PlainTextResponse(words, status, headers)


async def _read(request: Request) -> bytes:
    length = request.headers.get("content-length", "0")
    if length.isdigit() and int(length) > LARGEST_BODY:
        raise _TooLarge
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_BODY:
            raise _TooLarge
    return bytes(body)


def _parsed(raw: bytes) -> dict[str, Any]:
    try:
        body = json.loads(raw)
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(body, dict):
        raise ValueError("not a webhook")  # noqa: TRY004 - bad JSON and bad shape are one
    return body
