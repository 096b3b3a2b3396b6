"""The practice room: a whole group played in one browser, over the same runner as real channels."""

from __future__ import annotations

import asyncio
import io
import json
import re
import secrets
from collections.abc import AsyncIterator
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import PurePosixPath
from typing import Any, NoReturn

import segno
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from bot.channels.practice import PracticeChannel
from bot.domain.privacy import without_secrets
from bot.files import Media, MediaKind
from bot.ports import (
    LONGEST_HEARD,
    Clock,
    Heard,
    Receive,
    Unavailable,
)
from bot.practice import (
    CHANNEL,
    LARGEST_PHOTO,
    MOST_PHONES,
    SEPARATOR,
    Line,
    NoRoom,
    Phone,
    Photo,
    Role,
    Room,
    Seed,
)
from bot.web.pages import page
from bot.web.practice_view import event, line_json, phone_json, shown

PHOTO_PATH = "/practice/photo"

#: A photo travels as it is, without wrapping.
PHOTO_ROOM = LARGEST_PHOTO

#: Windows that may watch at once in one process.
MOST_WATCHERS = 64

#: Seconds between two looks at what other processes wrote, between two signs of life, and until
#: a window is asked to connect again.
GLANCE = 0.5
HEARTBEAT = 15.0
LONGEST_WATCH = 600.0

#: Lines sent at once, and how far back a new window reads.
BATCH = 100
LOOK_BACK = 1500

_ID = re.compile(r"[0-9a-f]{32}")
_NUMBER = re.compile(r"[0-9]{1,9}")

_LARGEST_KEY = 2**63

_SIGNATURES = (
    (re.compile(rb"\xff\xd8\xff"), "image/jpeg"),
    (re.compile(rb"\x89PNG\r\n\x1a\n"), "image/png"),
    (re.compile(rb"RIFF....WEBP", re.DOTALL), "image/webp"),
    (re.compile(rb"GIF8[79]a"), "image/gif"),
)

#: What is opened by itself may do nothing at all.
_ALONE = {
    "Cache-Control": "private, max-age=86400, immutable",
    "Content-Security-Policy": "default-src 'none'; sandbox",
}

#: What a browser shows even so. Nothing else opens in a sandbox, a PDF least of all: it is saved.
_SHOWN = frozenset(mime for _, mime in _SIGNATURES)


@dataclass(slots=True)
class _Watch:
    """How far one window has seen; ``rev`` -1 when it is new."""

    rev: int
    phones: int = -1
    ready: bool = False


class _Gone(Exception):
    """The run a window watches is no longer the one being played."""


class PracticeRoom:
    """The pages behind ``/`` while a group is played in the browser."""

    def __init__(
        self, channel: PracticeChannel, *, seed: Seed, receive: Receive, clock: Clock
    ) -> None:
        self.channel = channel
        self.log = channel.log
        self.seed = seed
        self.receive = receive
        self.clock = clock
        self._beginning = asyncio.Lock()
        self._closing = False

    def routes(self) -> list[Route]:
        """What is served, all of it under ``/practice`` but the page itself."""
        return [
            Route("/", self._page),
            Route("/practice/events", self._events),
            Route("/practice/say", self._say, methods=["POST"]),
            Route("/practice/press", self._press, methods=["POST"]),
            Route(PHOTO_PATH, self._send_photo, methods=["POST"]),
            Route("/practice/phone", self._add_phone, methods=["POST"]),
            Route("/practice/again", self._again, methods=["POST"]),
            Route("/practice/photo/{photo}", self._photo),
            Route("/practice/qr/{line:int}", self._qr),
        ]

    def close(self) -> None:
        """Let every window go, so that the server can stop."""
        self._closing = True
        self.channel.bell.ring()

    # The page, and what it is told.

    async def _page(self, _request: Request) -> Response:
        room = await self._room()
        return page(
            "practice.html",
            room=room,
            phones=[shown(room, phone) for phone in room.seeded.cast],
            blank=shown(room, Phone("", "", Role.GUEST)),
            longest=LONGEST_HEARD,
            most_phones=MOST_PHONES,
        )

    async def _events(self, request: Request) -> Response:
        if self._closing or self.channel.bell.watchers >= MOST_WATCHERS:
            raise HTTPException(HTTPStatus.SERVICE_UNAVAILABLE, headers={"Retry-After": "5"})
        run = request.query_params.get("run", "")
        seen = request.headers.get("last-event-id", "")
        rev = int(seen) if _NUMBER.fullmatch(seen) else -1
        return StreamingResponse(
            self._stream(run, rev),
            media_type="text/event-stream",
            headers={"Cache-Control": "no-store", "X-Accel-Buffering": "no"},
        )

    async def _stream(self, run: str, rev: int) -> AsyncIterator[str]:
        loop = asyncio.get_running_loop()
        since = said = loop.time()
        watch = _Watch(rev)
        yield "retry: 1500\n\n"
        with self.channel.bell.watch() as rung:
            while not self._closing and loop.time() - since < LONGEST_WATCH:
                rung.clear()
                try:
                    async for piece in self._news(run, watch):
                        yield piece
                        said = loop.time()
                except (Unavailable, _Gone):
                    return  # the window comes back by itself
                if loop.time() - said > HEARTBEAT:
                    yield ": \n\n"
                    said = loop.time()
                with suppress(TimeoutError):
                    async with asyncio.timeout(GLANCE):
                        await rung.wait()

    async def _news(self, run: str, watch: _Watch) -> AsyncIterator[str]:
        """What has happened in the run since ``watch`` last looked. Raises _Gone."""
        room = await asyncio.to_thread(self.log.current)
        if room is None or room.run != run:
            yield event("again", {})
            raise _Gone
        if watch.rev < 0:
            watch.rev = max(0, room.rev - LOOK_BACK)
        if watch.phones != len(room.seeded.cast):
            watch.phones = len(room.seeded.cast)
            yield event("phones", [phone_json(room, phone) for phone in room.seeded.cast])
        while watch.rev < room.rev:
            lines = await asyncio.to_thread(self.log.after, run, watch.rev, BATCH)
            reached = watch.rev if len(lines) == BATCH else room.rev
            watch.rev = max(reached, *(line.rev for line in lines), 0)
            if lines:
                yield event("lines", [line_json(line) for line in lines], watch.rev)
        if not watch.ready:
            watch.ready = True
            yield event("ready", {})

    # What is done on a phone.

    async def _say(self, request: Request) -> Response:
        body = await _body(request)
        room, phone = await self._phone(_text(body, "address"))
        words = _text(body, "words").strip()[:LONGEST_HEARD]
        if not words:
            _refuse("Belum ada yang ditulis.")
        reply_to = await self._answered(body.get("reply_to"), phone)
        line = Line(
            address=phone.address,
            key=_key(body),
            from_her=True,
            at=self.clock(),
            text=without_secrets(words)[0],
            reply_to=reply_to,
        )
        await self._hear(line, words=words, reply_to=str(reply_to or ""))
        return JSONResponse({"run": room.run})

    async def _press(self, request: Request) -> Response:
        body = await _body(request)
        room, phone = await self._phone(_text(body, "address"))
        line = await self._line(body.get("line"), phone)
        button = next((one for one in line.buttons if one.payload == body.get("pressed")), None)
        if button is None:
            _refuse("Tombol itu sudah tidak ada.")
        key = _key(body)
        if button.payload.startswith("="):  # only says words: she is seen saying them
            spoken = Line(phone.address, key, from_her=True, at=self.clock(), text=button.label)
            await self._hear(spoken, pressed=button.payload)
        else:
            await self.receive(
                Heard(CHANNEL, key, phone.address, self.clock(), pressed=button.payload)
            )
            await asyncio.to_thread(self.log.choose, line.id, button.label)
            self.channel.bell.ring()
        return JSONResponse({"run": room.run})

    async def _send_photo(self, request: Request) -> Response:
        _must_be(request, "image/")  # which other sites cannot send without being asked first
        key = request.query_params.get("id", "")
        room, phone = await self._phone(request.query_params.get("address", ""))
        if not _ID.fullmatch(key):
            _refuse("Foto ini belum bisa dikirim. Coba muat ulang halaman.")
        data = await request.body()
        mime = next((mime for sign, mime in _SIGNATURES if sign.match(data)), None)
        if mime is None:
            _refuse("Ini bukan foto. Coba pilih foto JPG atau PNG.")
        now = self.clock()
        try:
            await asyncio.to_thread(self.log.keep_photo, room.run, key, Photo(mime, data), now)
        except NoRoom:
            _full()
        line = Line(phone.address, key, from_her=True, at=now, photo=key)
        await self._hear(line, media=Media(MediaKind.PHOTO, key, CHANNEL))
        return JSONResponse({"run": room.run})

    async def _add_phone(self, request: Request) -> Response:
        await _body(request)
        room = await self._room()
        guests = sum(phone.role is Role.GUEST for phone in room.seeded.cast)
        called = f"Nomor baru {guests + 1}"
        address = f"{room.run}{SEPARATOR}{secrets.token_hex(3)}"
        try:
            await asyncio.to_thread(
                self.log.add_phone, room.run, Phone(address, called, Role.GUEST)
            )
        except NoRoom:
            _refuse("Mejanya sudah penuh HP.", HTTPStatus.CONFLICT)
        self.channel.bell.ring()
        return JSONResponse({"address": address})

    async def _again(self, request: Request) -> Response:
        body = await _body(request)
        room = await self._room()
        if body.get("run") == room.run:  # else somebody has begun anew already
            room = await self._begin(room.run)
        return JSONResponse({"run": room.run})

    # Pictures and documents.

    async def _photo(self, request: Request) -> Response:
        key: str = request.path_params["photo"]
        photo = await asyncio.to_thread(self.log.photo, key)
        if photo is None:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        answer = Response(photo.data, media_type=photo.mime, headers=_ALONE)
        if photo.mime not in _SHOWN:
            name = f"dokumen{PurePosixPath(key).suffix}"
            answer.headers["Content-Disposition"] = f'attachment; filename="{name}"'
        return answer

    async def _qr(self, request: Request) -> Response:
        line = await asyncio.to_thread(self.log.line, request.path_params["line"])
        if line is None or not line.qr:
            raise HTTPException(HTTPStatus.NOT_FOUND)
        picture = io.BytesIO()
        segno.make(line.qr, micro=False).save(
            picture, kind="svg", border=2, light="#fff", dark="#123c33", omitsize=True
        )
        return Response(picture.getvalue(), media_type="image/svg+xml", headers=_ALONE)

    # Behind them.

    async def _room(self) -> Room:
        room = await asyncio.to_thread(self.log.current)
        return room or await self._begin("")

    async def _begin(self, instead_of: str) -> Room:
        async with self._beginning:
            room = await asyncio.to_thread(self.log.current)
            if room is None or room.run == instead_of:
                run = _fresh_run()
                seeded = await asyncio.to_thread(self.seed, run)
                room = await asyncio.to_thread(
                    self.log.begin, run, seeded, instead_of, self.clock()
                )
        self.channel.bell.ring()
        return room

    async def _phone(self, address: str) -> tuple[Room, Phone]:
        room = await self._room()
        phone = room.phone(address)
        if phone is None:
            _refuse("Latihan ini sudah dimulai lagi. Muat ulang halaman.", HTTPStatus.CONFLICT)
        return room, phone

    async def _line(self, wanted: object, phone: Phone) -> Line:
        line = None
        if isinstance(wanted, int) and 0 < wanted < _LARGEST_KEY:
            line = await asyncio.to_thread(self.log.line, wanted)
        if line is None or line.address != phone.address:
            _refuse("Pesan itu sudah tidak ada.")
        return line

    async def _answered(self, wanted: object, phone: Phone) -> int | None:
        return None if wanted is None else (await self._line(wanted, phone)).id

    async def _hear(self, line: Line, **said: Any) -> None:
        """Show what she did on her phone, then hand it over; both are done once for one id."""
        try:
            await asyncio.to_thread(self.log.add, line)
        except NoRoom:
            _full()
        self.channel.bell.ring()
        await self.receive(Heard(CHANNEL, line.key, line.address, line.at, **said))


def _fresh_run() -> str:
    letters = "abcdefghjkmnpqrstuvwxyz23456789"
    return "".join(secrets.choice(letters) for _ in range(6))


async def _body(request: Request) -> dict[str, Any]:
    """What our own page sent; other sites cannot send JSON here without being asked first."""
    _must_be(request, "application/json")
    try:
        body = json.loads(await request.body())
    except ValueError:
        body = None
    if not isinstance(body, dict):
        raise HTTPException(HTTPStatus.BAD_REQUEST)
    return body


def _must_be(request: Request, kind: str) -> None:
    if not request.headers.get("content-type", "").startswith(kind):
        raise HTTPException(HTTPStatus.UNSUPPORTED_MEDIA_TYPE)


def _text(body: dict[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _key(body: dict[str, Any]) -> str:
    key = _text(body, "id")
    if not _ID.fullmatch(key):
        _refuse("Pesan ini belum bisa dikirim. Coba muat ulang halaman.")
    return key


def _full() -> NoReturn:
    _refuse("Latihan ini sudah panjang sekali. Ketuk Mulai lagi.", HTTPStatus.CONFLICT)


def _refuse(why: str, status: HTTPStatus = HTTPStatus.BAD_REQUEST) -> NoReturn:
    raise HTTPException(status, why)
