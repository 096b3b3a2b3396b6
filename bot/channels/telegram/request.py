"""Python-telegram-bot's requests over aiohttp, telling what never left from what got no answer."""

from __future__ import annotations

import json
import os
from typing import Any

import aiohttp
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData

# PTB 22 warns about the coming type of `retry_after` each time it makes a RetryAfter; this takes
# the coming type now.
os.environ.setdefault("PTB_TIMEDELTA", "true")

#: Connections to the Bot API at once, over all chats.
CONNECTIONS = 100

#: Seconds for a free connection and its handshake, and for the answer after that.
CONNECT_SECONDS = 10.0
ANSWER_SECONDS = 20.0

#: An idle connection is dropped before the far side drops it, which would look like a lost answer.
IDLE_SECONDS = 15.0


class AiohttpRequest(BaseRequest):
    """One aiohttp session for everything the bot asks of Telegram.

    Raises NetworkError when the request never left (trying again is harmless) and TimedOut when
    it did and its answer was lost, for whatever cause (it may have arrived).
    """

    def __init__(
        self,
        *,
        connections: int = CONNECTIONS,
        connect_seconds: float = CONNECT_SECONDS,
        answer_seconds: float = ANSWER_SECONDS,
    ) -> None:
        self._connections = connections
        self._connect = connect_seconds
        self._answer = answer_seconds
        self._session: aiohttp.ClientSession | None = None

    @property
    def read_timeout(self) -> float | None:
        """Seconds an answer may take."""
        return self._answer

    async def initialize(self) -> None:
        """Open the session; once is enough."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(
                    limit=self._connections, keepalive_timeout=IDLE_SECONDS
                ),
                headers={"User-Agent": self.USER_AGENT},
                cookie_jar=aiohttp.DummyCookieJar(),
            )

    async def shutdown(self) -> None:
        """Close the session; twice does no harm."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    @staticmethod
    def parse_json_payload(payload: bytes) -> dict[str, Any]:
        """Read an answer, without PTB's logging of whatever else a gateway says."""
        try:
            parsed = json.loads(payload)
        except ValueError as error:
            raise TelegramError("Invalid server response") from error
        if not isinstance(parsed, dict):
            raise TelegramError("Invalid server response")
        return parsed

    async def do_request(  # noqa: PLR0913, PLR0917 - PTB's signature
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has no such limit
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - part of connect
    ) -> tuple[int, bytes]:
        """Send one request; returns the status and the body. No message of it names the URL,
        which has the token in it.
        """
        if self._session is None:
            raise NetworkError("the channel is not open")
        connect = _seconds(connect_timeout, self._connect)
        answer = _seconds(read_timeout, self._answer)
        timeout = aiohttp.ClientTimeout(connect=connect, total=connect + answer)
        try:
            async with self._session.request(
                method, url, timeout=timeout, allow_redirects=False, **_body(request_data)
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NetworkError(f"not sent: {type(error).__name__}") from error
        except aiohttp.InvalidURL:
            raise NetworkError("not sent: InvalidURL") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise TimedOut(f"no answer: {type(error).__name__}") from error


def _seconds(given: Any, usual: float) -> float:
    return float(given) if isinstance(given, int | float) else usual


def _body(data: RequestData | None) -> dict[str, Any]:
    if data is None:
        return {}
    if not data.contains_files:
        return {"json": data.parameters}
    form = aiohttp.FormData()
    for name, value in data.json_parameters.items():
        form.add_field(name, value)
    for name, (filename, content, mime) in data.multipart_data.items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return {"data": form}
