"""Calls of Meta's Graph API over aiohttp, telling what never left from what got no answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

import aiohttp

from bot.channels.whatsapp.errors import told
from bot.files import File
from bot.ports import (
    Refused,
    TryAgain,
    Uncertain,
)

VERSION = "v23.0"

#: Connections to the API at once, over all chats.
CONNECTIONS = 100

#: Seconds for a free connection and its handshake, and for the answer after that.
CONNECT_SECONDS, ANSWER_SECONDS = 10.0, 20.0

#: An idle connection is dropped before the far side drops it, which would look like a lost answer.
IDLE_SECONDS = 15.0

#: Bytes of a file at most, either way (Meta's own limit for video and sound).
LARGEST_FILE = 16 * 1024 * 1024

_OK = 300


class Calls:
    """One aiohttp session for everything asked of the Graph API for one number.

    Raises TryAgain when a request never left, Uncertain when it did and its answer was lost, and
    what ``errors.told`` says for an error answer. No message names the token.
    """

    def __init__(
        self,
        phone_number_id: str,
        token: str,
        api_url: str,
        *,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self.number = phone_number_id
        self._token, self._base = token, api_url.rstrip("/")
        self._timeout = aiohttp.ClientTimeout(
            connect=connect_seconds, total=connect_seconds + answer_seconds
        )
        self._session: aiohttp.ClientSession | None = None

    async def open(self) -> None:
        """Open the session; once is enough."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=CONNECTIONS, keepalive_timeout=IDLE_SECONDS),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout,
            )

    async def close(self) -> None:
        """Close the session; twice does no harm."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def put(self, message: Mapping[str, Any]) -> str:
        """Send one message; returns its id."""
        answer = await self._asked("POST", f"{self.number}/messages", json=dict(message))
        try:
            return str(answer["messages"][0]["id"])
        except (KeyError, IndexError, TypeError) as error:
            raise Uncertain("an answer without an id") from error

    async def upload(self, file: File) -> str:
        """Put a file at Meta's; returns its id, good for 30 days."""
        form = aiohttp.FormData()
        form.add_field("messaging_product", "whatsapp")
        form.add_field("type", file.mime)
        name = file.name or "berkas"
        form.add_field("file", file.content, filename=name, content_type=file.mime)
        try:
            answer = await self._asked("POST", f"{self.number}/media", data=form)
        except Uncertain as lost:  # an upload twice does no harm: nobody sees it
            raise TryAgain(str(lost)) from lost
        return str(answer.get("id", ""))

    async def download(self, media_id: str) -> File:
        """The file of an id that is ours or was heard."""
        if not media_id.isalnum():
            raise Refused("not an id of a file")
        about = await self._asked("GET", f"{media_id}?phone_number_id={self.number}")
        content = await self._fetched(str(about.get("url", "")))
        return File(content, str(about.get("mime_type") or "application/octet-stream"))

    async def get(self, path: str) -> dict[str, Any]:
        """Ask for something."""
        return await self._asked("GET", path)

    async def post(self, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
        """Have something made."""
        return await self._asked("POST", path, json=dict(body))

    async def _fetched(self, url: str) -> bytes:
        """What is behind an address Meta gave; the token goes to https or our own test server only."""
        if not url.startswith("https://") and urlsplit(url).netloc != urlsplit(self._base).netloc:
            raise Refused("not an address of Meta's")
        content = bytearray()
        try:
            async with self._open().get(url, headers=self._head(), allow_redirects=False) as answer:
                if answer.status >= _OK:
                    raise told(answer.status, {})
                async for piece in answer.content.iter_chunked(1 << 16):
                    content += piece
                    if len(content) > LARGEST_FILE:
                        raise Refused("the file is too large")
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TryAgain(f"no file: {type(error).__name__}") from None
        return bytes(content)

    async def _asked(self, method: str, path: str, **more: Any) -> dict[str, Any]:
        url = f"{self._base}/{VERSION}/{path}"
        session = self._open()
        try:
            async with session.request(
                method, url, headers=self._head(), allow_redirects=False, **more
            ) as answer:
                status, body = answer.status, await answer.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise TryAgain(f"not sent: {type(error).__name__}") from None
        except aiohttp.InvalidURL:
            raise TryAgain("not sent: InvalidURL") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise Uncertain(f"no answer: {type(error).__name__}") from None
        said = _parsed(body)
        if status >= _OK or "error" in said:
            fault = said.get("error")
            raise told(status, fault if isinstance(fault, Mapping) else {})
        return said

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise TryAgain("not sent: the channel is not open")
        return self._session

    def _head(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self._token}"}


def _parsed(body: bytes) -> dict[str, Any]:
    try:
        said = json.loads(body)
    except ValueError:
        return {}
    return said if isinstance(said, dict) else {}
