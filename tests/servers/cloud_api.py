"""A Cloud API server on loopback, for playing with the real client over HTTP.

::

    with CloudApi() as server:
        sari = server.person("Sari")
        server.subscribe("http://127.0.0.1:8000/whatsapp")
        sari.writes("setor 10rb")
        sari.waits_for("menunggu")
        sari.presses("Sudah")
    assert not server.violations

It runs in a thread of its own, so plain tests can use it as well as asynchronous ones (which
wait with ``await asyncio.to_thread(sari.waits_for, …)``).
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import aiohttp
from aiohttp import web

from bot.channels.whatsapp.signature import HEADER, signature
from tests.servers.cloud_api_faults import Fault
from tests.servers.cloud_api_people import Person
from tests.servers.cloud_api_rules import broken
from tests.servers.cloud_api_world import ApiError, Template, World
from tests.servers.platform import Platform, dropped

TOKEN = "EAAG-test-token-of-no-real-app"
SECRET = "rahasia-aplikasi"
VERIFY = "kata-sandi-webhook"
NUMBER_ID = "106540352242922"
ACCOUNT_ID = "419561257915477"


class CloudApi(Platform[World]):
    """Meta's side: one number, its people, and what goes wrong.

    ``backwards`` tells what became of a message in the wrong order; ``late`` tells that a window
    is closed by a status instead of at once.
    """

    def __init__(
        self, *, token: str = TOKEN, retry: tuple[float, float] = (0.05, 0.2), port: int = 0
    ) -> None:
        super().__init__(World(NUMBER_ID), token, retry, port)
        self.backwards = self.late = False
        self.brought: list[tuple[int, dict[str, Any]]] = []
        self._script: list[Fault] = []
        self._webhook, self._held = "", False

    def person(self, name: str, *, user_id: bool = True, number: bool = True) -> Person:
        """Somebody who has not spoken to us yet; perhaps without the new id, or her number hidden."""
        return Person(self.world, name, user_id=user_id, number=number)

    def subscribe(self, url: str) -> None:
        """Bring everything to this webhook, once it has passed the handshake."""
        future = asyncio.run_coroutine_threadsafe(self._handshake(url), self._loop)
        future.result(10)

    def holds(self) -> None:
        """Bring nothing for now: what happens is gathered in one body."""
        self._held = True

    def lets_go(self) -> None:
        """Bring all that was gathered, in one body."""
        self._held = False
        self._wake()

    def goes_wrong(self, what: int | str, **more: Any) -> None:
        """Let the next messages meet a fault; see ``Fault``."""
        with self.world.changed:
            self._script.append(Fault(what, **more))

    def approves(self, *templates: Template) -> None:
        """Templates that may be used from now on."""
        with self.world.changed:
            self.world.templates |= {(one.name, one.language): one for one in templates}

    def passes(self, **time: float) -> None:
        """So much time goes by, on Meta's side: ``hours=25``."""
        with self.world.changed:
            self.world.ahead += timedelta(**time).total_seconds()

    def clock(self) -> datetime:
        """The time on Meta's side, aware UTC."""
        return datetime.fromtimestamp(self.world.now(), UTC)

    @property
    def outside(self) -> list[dict[str, Any]]:
        """Free-form messages to people whose window was closed; there should never be any."""
        return self.world.outside

    def sent(self, kind: str = "") -> list[dict[str, Any]]:
        """The messages that were accepted, oldest first."""
        with self.world.changed:
            return [one for one in self.world.accepted if kind in ("", one["type"])]

    def _routes(self) -> Iterable[web.RouteDef]:
        yield web.get("/file/{media}", self._file)
        yield web.route("*", "/{version}/{path:.+}", self._answer)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        path = request.match_info["path"]
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return _failed(ApiError(190))
        with self.world.changed:
            messages = path == f"{NUMBER_ID}/messages"
            script = self._script if messages else ()
            fault = next((one for one in script if one.meets()), None)
        if fault and fault.what == "unheard":
            return dropped(request)
        if fault and fault.at_once:
            return _failed(ApiError(fault.at_once, fault.status))
        try:
            answer = await self._done(request, path, fault)
        except ApiError as error:
            return _failed(error)
        if fault and fault.what == "slow":
            await asyncio.sleep(fault.seconds)
        return dropped(request) if fault and fault.what == "lost" else answer

    async def _done(self, request: web.Request, path: str, fault: Fault | None) -> web.Response:
        if path == f"{NUMBER_ID}/messages":
            return web.json_response(self._message(await request.json(), fault))
        if path == f"{NUMBER_ID}/media":
            return web.json_response({"id": await self._upload(request)})
        if path == NUMBER_ID:
            number = {"display_phone_number": "+62 811-0000-1111", "id": NUMBER_ID}
            return web.json_response({**number, "verified_name": "Pendamping"})
        if path == f"{ACCOUNT_ID}/message_templates":
            return web.json_response(await self._templates(request))
        with self.world.changed:
            media = self.world.media.get(path)
        if media is None:
            raise ApiError(100)
        about = {"id": path, "mime_type": media.mime, "url": f"{self.url}/file/{path}"}
        return web.json_response({**about, "messaging_product": "whatsapp"})

    def _message(self, body: dict[str, Any], fault: Fault | None) -> dict[str, Any]:
        with self.world.changed:
            self.world.violations += broken(body, self.world)
            late = fault.late if fault else 0
            number = self.world.accept(body, late_window=self.late, late_code=late)
            self.world.follow(number, body, backwards=self.backwards)
            return {"messaging_product": "whatsapp", "messages": [{"id": number}]}

    async def _upload(self, request: web.Request) -> str:
        form = await request.post()
        file = form["file"]
        if form.get("messaging_product") != "whatsapp" or not isinstance(file, web.FileField):
            raise ApiError(100)
        return self.world.keep(file.file.read(), file.content_type)

    async def _templates(self, request: web.Request) -> dict[str, Any]:
        if request.method == "POST":
            made = Template.submitted(await request.json())
            self.approves(made)
            return {"id": made.id, "status": made.status, "category": made.category}
        with self.world.changed:
            found = [one.shown() for one in self.world.templates.values()]
        return {"data": found}

    async def _file(self, request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {self.token}":
            return web.Response(status=401)
        with self.world.changed:
            return web.Response(body=self.world.media[request.match_info["media"]].content)

    async def _handshake(self, url: str) -> None:
        asked = {"hub.mode": "subscribe", "hub.verify_token": VERIFY, "hub.challenge": "1158201444"}
        async with (
            aiohttp.ClientSession() as session,
            session.get(url, params=asked) as answer,
        ):
            assert (answer.status, await answer.text()) == (200, "1158201444"), answer.status
        self._webhook = url
        self._news.set()

    async def _bring(self, session: aiohttp.ClientSession) -> None:
        pause = self._retry
        while True:
            self._news.clear()
            with self.world.changed:
                changes = [] if self._held or not self._webhook else self.world.gathered()
            if not changes:
                await self._news.wait()
                continue
            body = payload(changes)
            for _ in range(2 if self.twice else 1):
                while not await self._post(session, body):
                    if self._closing.is_set():
                        return
                    await asyncio.sleep(pause)
                    pause = min(pause * 2, self._longest_retry)
                pause = self._retry
            with self.world.changed:
                self.world.pending = len(self.world.news)
                self.world.changed.notify_all()

    async def _post(self, session: aiohttp.ClientSession, body: dict[str, Any]) -> bool:
        raw = json.dumps(body).encode()
        headers = {HEADER: signature(raw, SECRET), "Content-Type": "application/json"}
        try:
            async with session.post(self._webhook, data=raw, headers=headers) as answer:
                with self.world.changed:
                    self.brought.append((answer.status, body))
                    self.world.changed.notify_all()
                return answer.ok
        except aiohttp.ClientError:
            return False


def payload(changes: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """One webhook's body with these changes, two an entry."""
    entries = [changes[start : start + 2] for start in range(0, len(changes), 2)]
    return {
        "object": "whatsapp_business_account",
        "entry": [{"id": ACCOUNT_ID, "changes": list(some)} for some in entries],
    }


def _failed(error: ApiError) -> web.Response:
    return web.json_response(error.body(), status=error.status)
