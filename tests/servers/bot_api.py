"""A Bot API server on loopback, for playing with the real client over HTTP.

::

    with BotApi() as server:
        sari = server.person("Sari")
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
from collections import deque
from collections.abc import Iterable
from typing import Any

import aiohttp
from aiohttp import web

from tests.servers.bot_api_faults import Fault, Faults, Trouble
from tests.servers.bot_api_methods import METHODS
from tests.servers.bot_api_people import Group, Person
from tests.servers.bot_api_reference import reference
from tests.servers.bot_api_world import USUAL, ApiError, Call, Upload, World, bad_request
from tests.servers.platform import Platform, dropped

TOKEN = "7000000001:TEST-TOKEN-of-no-real-bot"

_NUMBERS = {"chat_id", "from_chat_id", "message_id", "offset", "timeout", "limit"}
_NUMBERS |= {"max_connections"}
_STRUCTURES = {"reply_markup", "link_preview_options", "allowed_updates", "commands", "scope"}
_STRUCTURES |= {"drop_pending_updates", "show_alert"}


class BotApi(Platform[World]):
    """Telegram's side: one bot, its people and groups, and what goes wrong.

    Without ``checked`` nothing is compared with the reference (for measuring). The pauses of
    ``retry`` (Telegram's own: 1 and about 60) double between the first and the longest.
    """

    def __init__(
        self,
        *,
        token: str = TOKEN,
        username: str = "pendamping_uji_bot",
        retry: tuple[float, float] = (0.05, 0.2),
        port: int = 0,
        checked: bool = True,
    ) -> None:
        super().__init__(World(username), token, retry, port)
        self.faults = Faults()
        self.brought: list[tuple[int, int]] = []
        self._webhook: dict[str, Any] = {}
        self._busy: set[int] = set()
        self._polls = 0
        self._book = reference() if checked else None
        if book := self._book:
            self.world.check_update = lambda update: book.thing("Update", update)

    def person(self, name: str) -> Person:
        """Somebody who has not spoken to the bot yet."""
        return Person(self.world, name)

    def group(self, name: str) -> Group:
        """A group without the bot."""
        return Group(self.world, name)

    def goes_wrong(self, what: str, method: str = "", **more: Any) -> None:
        """Let the next calls meet a fault; see ``Fault``."""
        with self.world.changed:
            self.faults.script.append(Fault(what, method, **more))

    def is_troubled(self, rate: float, seed: int, **more: Any) -> None:
        """Let calls meet faults by chance; see ``Trouble``."""
        self.faults.trouble = Trouble(rate, seed, **more)

    def calms(self) -> None:
        """Nothing goes wrong any more."""
        with self.world.changed:
            self.faults = Faults()

    @property
    def pending(self) -> int:
        """Updates not yet taken by the bot."""
        with self.world.changed:
            return len(self.world.updates)

    @property
    def unanswered(self) -> int:
        """Presses whose little clock still turns."""
        with self.world.changed:
            return sum(not answered for answered in self.world.presses.values())

    def calls(self, method: str) -> list[Call]:
        """The calls of one method, oldest first."""
        with self.world.changed:
            return [call for call in self.world.calls if call.method == method]

    def _routes(self) -> Iterable[web.RouteDef]:
        yield web.route("*", "/bot{token}/{method}", self._answer)
        yield web.get("/file/bot{token}/{kind}/{file_id}", self._download)

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        if request.match_info["token"] != self.token:
            return _failed(ApiError(401, "Unauthorized"))
        params = await _params(request)
        method = request.match_info["method"]
        loop = asyncio.get_running_loop()
        with self.world.changed:
            self.world.calls.append(Call(method, params, loop.time()))
            if book := self._book:
                self.world.violations += book.call(method, params)
            fault = self.faults.next(method, params.get("chat_id"))
        if fault and fault.what == "429":
            seconds = int(fault.seconds)
            return _failed(
                ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)
            )
        if fault and fault.what == "400":
            return _failed(bad_request("not this time"))
        if fault and fault.what.startswith("5"):
            return _failed(ApiError(int(fault.what), "Internal Server Error"))
        if fault and fault.what == "unheard":
            return dropped(request)
        answer = await self._done(method, params)
        if fault and fault.what == "slow":
            await asyncio.sleep(fault.seconds)
        if fault and fault.what == "lost":
            return dropped(request)
        return answer

    async def _done(self, method: str, params: dict[str, Any]) -> web.Response:
        try:
            result = await self._result(method, params)
        except ApiError as error:
            return _failed(error)
        except (KeyError, TypeError) as error:
            return _failed(ApiError(400, f"Bad Request: {error!r}"))
        return web.json_response({"ok": True, "result": result})

    async def _result(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getUpdates":
            return await self._get_updates(params)
        if method in {"setWebhook", "deleteWebhook", "getWebhookInfo"}:
            return self._about_webhook(method, params)
        if method not in METHODS:
            raise ApiError(404, "Not Found")
        with self.world.changed:
            try:
                return json.loads(json.dumps(METHODS[method](self.world, params)))
            finally:
                self.world.changed.notify_all()

    async def _download(self, request: web.Request) -> web.Response:
        with self.world.changed:
            file = self.world.files.get(request.match_info["file_id"])
        if file is None or request.match_info["token"] != self.token:
            return _failed(ApiError(404, "Not Found"))
        return web.Response(body=file.content)

    async def _get_updates(self, params: dict[str, Any]) -> list[dict[str, Any]]:
        if self._webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        self._wants(params)
        self._polls = mine = self._polls + 1
        self._news.set()
        until = self._loop.time() + params.get("timeout", 0)
        while True:
            if mine != self._polls:
                raise ApiError(
                    409,
                    "Conflict: terminated by other getUpdates request; "
                    "make sure that only one bot instance is running",
                )
            self._news.clear()
            with self.world.changed:
                waiting = self.world.updates
                for number in [one for one in waiting if one < params.get("offset", 0)]:
                    del waiting[number]
                self.world.changed.notify_all()
                found = [update for _, update in waiting.values()][: params.get("limit", 100)]
            rest = until - self._loop.time()
            if found or rest <= 0 or self._closing.is_set():
                return found
            try:
                await asyncio.wait_for(self._news.wait(), rest)
            except TimeoutError:
                return []

    def _wants(self, params: dict[str, Any]) -> None:
        if kinds := params.get("allowed_updates"):
            self.world.wanted = frozenset(kinds)
        elif "allowed_updates" in params:
            self.world.wanted = USUAL

    def _about_webhook(self, method: str, params: dict[str, Any]) -> Any:
        if method == "getWebhookInfo":
            return {
                "url": self._webhook.get("url", ""),
                "has_custom_certificate": False,
                "pending_update_count": self.pending,
            }
        if method == "setWebhook":
            self._wants(params)
            if not params["url"].startswith(("https://", "http://127.0.0.1")):
                raise ApiError(
                    400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook"
                )
        self._webhook = params if method == "setWebhook" else {}
        self._news.set()
        return True

    async def _bring(self, session: aiohttp.ClientSession) -> None:
        """Bring updates to the webhook, each chat's in order, as long as there is one."""
        async with asyncio.TaskGroup() as group:
            while True:
                self._news.clear()
                with self.world.changed:
                    chats: dict[int, deque[dict[str, Any]]] = {}
                    for chat, update in self.world.updates.values() if self._webhook else ():
                        chats.setdefault(chat, deque()).append(update)
                for chat, updates in chats.items():
                    if chat not in self._busy:
                        self._busy.add(chat)
                        group.create_task(self._bring_chat(session, chat, updates))
                await self._news.wait()

    async def _bring_chat(
        self, session: aiohttp.ClientSession, chat: int, updates: Iterable[dict[str, Any]]
    ) -> None:
        pause = self._retry
        try:
            for update in updates:
                for _ in range(2 if self.twice else 1):
                    while (wait := await self._post(session, update, pause)) is not None:
                        if not self._webhook or self._closing.is_set():
                            return
                        pause = min(pause * 2, self._longest_retry)
                        await asyncio.sleep(wait)
                with self.world.changed:
                    self.world.updates.pop(update["update_id"], None)
                    self.world.changed.notify_all()
                pause = self._retry
        finally:
            self._busy.discard(chat)
            self._news.set()

    async def _post(
        self, session: aiohttp.ClientSession, update: dict[str, Any], pause: float
    ) -> float | None:
        """One try; seconds until the next, or None when it was taken."""
        hook = self._webhook
        if not hook:
            return pause
        secret = {"X-Telegram-Bot-Api-Secret-Token": hook["secret_token"]}
        headers = secret if hook.get("secret_token") else {}
        try:
            async with session.post(hook["url"], json=update, headers=headers) as response:
                with self.world.changed:
                    self.brought.append((update["update_id"], response.status))
                    self.world.changed.notify_all()
                if response.ok:
                    return None
                told = response.headers.get("Retry-After", "")
                return min(float(told), self._longest_retry) if told.isdigit() else pause
        except aiohttp.ClientError:
            return pause


async def _params(request: web.Request) -> dict[str, Any]:
    if request.content_type == "application/json":
        given: dict[str, Any] = await request.json()
        return given
    params: dict[str, Any] = dict(request.query)
    form = await request.post() if request.can_read_body else {}
    for name, value in form.items():
        if isinstance(value, web.FileField):
            params[name] = Upload(value.filename, value.file.read(), value.content_type)
        else:
            params[name] = value
    for name in params.keys() & (_NUMBERS | _STRUCTURES):
        params[name] = json.loads(params[name])
    return params


def _failed(error: ApiError) -> web.Response:
    body: dict[str, Any] = {
        "ok": False,
        "error_code": error.status,
        "description": error.description,
    }
    if error.parameters:
        body["parameters"] = error.parameters
    return web.json_response(body, status=error.status)
