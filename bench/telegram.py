"""Telegram's side: it takes the bot's calls, brings updates, and notes when replies arrive."""

from __future__ import annotations

import asyncio
import json
import time
from collections import defaultdict, deque
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from itertools import count
from typing import Any
from urllib.parse import parse_qsl

from bench.wire import Caller, Listener
from bench.world import SAYS, Circle

TOKEN, SECRET = "1:bench", "bench"
_ME = {"id": 1, "is_bot": True, "first_name": "B", "username": "bench_bot"}

#: Updates brought at once, as we ask Telegram to.
CONNECTIONS = 40

#: A reply that has not come after so many seconds will not come.
PATIENCE = 60.0


@dataclass(slots=True)
class Seen:
    """When replies arrived, how long each took, and how many calls there were."""

    latencies: list[float] = field(default_factory=list)
    calls: int = 0


class Telegram:
    """One bot's platform; every member is one person who waits for her replies."""

    def __init__(self) -> None:
        self.seen = Seen()
        self.hook: asyncio.Future[str] = asyncio.get_running_loop().create_future()
        self._numbers, self._updates = count(1), count(1)
        self._inboxes: dict[int, deque[dict[str, Any]]] = defaultdict(deque)
        self._waiting: dict[int, deque[asyncio.Future[dict[str, Any]]]] = defaultdict(deque)
        self._lines: asyncio.Queue[Caller] = asyncio.Queue()
        self._path = ""

    async def listen(self) -> int:
        """The port the Bot API is served on."""
        loop = asyncio.get_running_loop()
        server = await loop.create_server(lambda: Listener(self._answer), "127.0.0.1", 0)
        return int(server.sockets[0].getsockname()[1])

    def _answer(self, path: str, body: bytes) -> bytes:
        method = path.rsplit("/", 1)[1]
        # PTB as it comes sends forms, we send JSON.
        data: dict[str, Any] = (
            json.loads(body) if body.startswith(b"{") else dict(parse_qsl(body.decode()))
        )
        self.seen.calls += 1
        result: Any = True
        if method == "getMe":
            result = _ME
        elif method == "setWebhook":
            self.hook.set_result(data["url"])
        elif method in ("sendMessage", "editMessageText"):
            result = self._message(int(data["chat_id"]), data)
            if method == "sendMessage":
                self._arrived(result["chat"]["id"], result)
        return json.dumps({"ok": True, "result": result}).encode()

    def _message(self, chat: int, data: dict[str, Any]) -> dict[str, Any]:
        keyboard = {"reply_markup": data["reply_markup"]} if "reply_markup" in data else {}
        return {
            "message_id": next(self._numbers),
            "date": int(time.time()),
            "from": _ME,
            "chat": {"id": chat, "type": "private", "first_name": "Sari"},
            "text": data["text"],
            **keyboard,
        }

    def _arrived(self, chat: int, message: dict[str, Any]) -> None:
        # A question with buttons of its own session is for who presses, all else for who reads.
        rows = message.get("reply_markup", {}).get("inline_keyboard", [])
        asks = bool(rows) and not rows[0][0]["callback_data"].startswith("=")
        place = -chat if asks else chat
        while waiting := self._waiting[place]:
            one = waiting.popleft()
            if not one.done():
                one.set_result(message)
                return
        self._inboxes[place].append(message)

    async def _next(self, place: int) -> dict[str, Any]:
        if self._inboxes[place]:
            return self._inboxes[place].popleft()
        waiting = asyncio.get_running_loop().create_future()
        self._waiting[place].append(waiting)
        return await asyncio.wait_for(waiting, PATIENCE)

    async def connect(self) -> None:
        """Open the connections to the webhook, once it is known."""
        for _ in range(CONNECTIONS):
            self._lines.put_nowait(await self._line())

    async def _line(self) -> Caller:
        host, _, self._path = (await self.hook).removeprefix("http://").partition("/")
        name, _, port = host.partition(":")
        return await Caller.to(name, int(port))

    async def _bring(self, raw: dict[str, Any]) -> None:
        body = json.dumps({"update_id": next(self._updates), **raw}).encode()
        line = await self._lines.get()
        if line.closed:
            line = await self._line()
        secret = f"X-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n"
        try:
            while (status := await line.post(f"/{self._path}", body, secret)) != 200:  # noqa: PLR2004
                assert status == 503, f"the webhook answered {status}"  # noqa: PLR2004
                await asyncio.sleep(0.1)
        finally:
            self._lines.put_nowait(line)

    async def _said(self, chat: int, raw: dict[str, Any]) -> None:
        """Bring an update and wait for the reply to it."""
        began = time.perf_counter()
        await self._bring(raw)
        await self._next(chat)
        self.seen.latencies.append(time.perf_counter() - began)

    def _writes(self, chat: int) -> dict[str, Any]:
        return {"message": _typed(next(self._numbers), chat, SAYS)}

    async def saves(self, member: int, holder: int) -> None:
        """One member's deposit, the holder's *Sudah*, and the receipt."""
        await self._said(member, self._writes(member))
        question = await self._next(-holder)
        data = question["reply_markup"]["inline_keyboard"][0][0]["callback_data"]
        press = {"id": str(next(self._numbers)), "from": _typed(1, holder, "")["from"]}
        press |= {"chat_instance": "1", "data": data}
        await self._said(holder, {"callback_query": {**press, "message": question}})
        await self._next(member)

    async def chats(self, member: int, _holder: int) -> None:
        """One message, one reply."""
        await self._said(member, self._writes(member))

    async def evening(
        self,
        what: Callable[[int, int], Coroutine[Any, Any, None]],
        groups: list[Circle],
        at_once: int,
        seconds: float,
        warm: float,
    ) -> tuple[Seen, float]:
        """What was seen in ``seconds`` with ``at_once`` people busy all the time, after ``warm``."""
        turns = [(chat, one.holder) for one in groups for chat in one.members]
        step = len(groups[0].members)
        order = deque(
            turns[start] for first in range(step) for start in range(first, len(turns), step)
        )
        over = asyncio.Event()

        async def one_after_the_other() -> None:
            while not over.is_set():
                member, holder = order.popleft()
                await what(member, holder)
                order.append((member, holder))

        busy = [asyncio.create_task(one_after_the_other()) for _ in range(at_once)]
        await asyncio.sleep(warm)
        self.seen = Seen()
        began = time.perf_counter()
        await asyncio.sleep(seconds)
        seen, took = self.seen, time.perf_counter() - began
        over.set()
        await asyncio.gather(*busy)
        return seen, took


def _typed(number: int, chat: int, words: str) -> dict[str, Any]:
    she = {"id": chat, "first_name": "Sari", "language_code": "id"}
    return {
        "message_id": number,
        "date": int(time.time()),
        "chat": {**she, "type": "private"},
        "from": {**she, "is_bot": False},
        "text": words,
    }
