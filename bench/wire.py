"""HTTP/1.1 just good enough for loopback, so that the measuring costs little of what is measured."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Self, cast

#: What a request is answered with: given its path and body.
Answer = Callable[[str, bytes], bytes]

_LENGTH = b"content-length:"


def _whole(buffer: bytearray) -> tuple[str, bytes] | None:
    """The first line and the body, taken out of ``buffer``; None while some of it is missing."""
    end = buffer.find(b"\r\n\r\n")
    if end < 0:
        return None
    head = bytes(buffer[:end])
    at = head.lower().find(_LENGTH)
    length = 0 if at < 0 else int(head[at + len(_LENGTH) :].split(b"\r\n", 1)[0])
    if len(buffer) < end + 4 + length:
        return None
    body = bytes(buffer[end + 4 : end + 4 + length])
    del buffer[: end + 4 + length]
    return head.split(b"\r\n", 1)[0].decode(), body


class Listener(asyncio.Protocol):
    """The serving side of one connection."""

    def __init__(self, answer: Answer) -> None:
        self._answer, self._buffer = answer, bytearray()
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Somebody is there."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def data_received(self, data: bytes) -> None:
        """Answer every request that is whole."""
        self._buffer += data
        while (request := _whole(self._buffer)) is not None and self._transport:
            body = self._answer(request[0].split(" ", 2)[1], request[1])
            head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            self._transport.write(b"%s%d\r\n\r\n%s" % (head, len(body), body))


class Caller(asyncio.Protocol):
    """One connection to a server; one request at a time."""

    def __init__(self) -> None:
        self._buffer = bytearray()
        self._transport: asyncio.Transport | None = None
        self._answered: asyncio.Future[int] | None = None

    @classmethod
    async def to(cls, host: str, port: int) -> Self:
        """Connect, as soon as somebody listens there."""
        while True:
            try:
                _, caller = await asyncio.get_running_loop().create_connection(cls, host, port)
            except ConnectionRefusedError:
                await asyncio.sleep(0.05)
            else:
                return caller

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """We are there."""
        self._transport = cast(asyncio.Transport, transport)  # uvloop's is no subclass

    def connection_lost(self, exc: Exception | None) -> None:
        """Whoever waits for an answer hears of it."""
        if self._answered and not self._answered.done():
            self._answered.set_exception(exc or ConnectionError("closed before it answered"))

    def data_received(self, data: bytes) -> None:
        """Hand over the status once the answer is whole."""
        self._buffer += data
        if (answer := _whole(self._buffer)) is not None and self._answered:
            self._answered.set_result(int(answer[0].split(" ", 2)[1]))

    async def post(self, path: str, body: bytes, headers: str = "") -> int:
        """The status of the answer."""
        assert self._transport is not None
        self._answered = asyncio.get_running_loop().create_future()
        head = f"POST {path} HTTP/1.1\r\nHost: bench\r\nContent-Type: application/json\r\n{headers}"
        self._transport.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        return await self._answered

    @property
    def closed(self) -> bool:
        """Whether the far side hung up, as servers do on a line that was idle."""
        return self._transport is None or self._transport.is_closing()
