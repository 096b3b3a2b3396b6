"""Long polling that forgets an update only after it has been taken."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Any

import structlog
from telegram.error import Conflict, InvalidToken, RetryAfter, TelegramError

from bot.channels.telegram.errors import pause_of, wrong_token
from bot.ports import Unavailable

#: Longest pause after a fault, in seconds, and the first one.
LONGEST_PAUSE = 60.0
FIRST_PAUSE = 0.5

#: Tries of an update on which our own code fails, before it is passed over for the others' sake.
MOST_TRIES = 5

Raw = Mapping[str, Any]
Fetch = Callable[[int], Awaitable[Sequence[Raw]]]
Take = Callable[[Raw], Awaitable[None]]

_log = structlog.get_logger(__name__)


class Pause:
    """Growing pauses between tries, each somewhere between half and whole."""

    def __init__(self, first: float = FIRST_PAUSE, longest: float = LONGEST_PAUSE) -> None:
        self._first = first
        self._longest = longest
        self.reset()

    def reset(self) -> None:
        """All is well again."""
        self._next = self._first

    def next(self) -> float:
        """Seconds to wait this time."""
        pause, self._next = self._next, min(self._next * 2, self._longest)
        return pause * random.uniform(0.5, 1)  # noqa: S311 - spreads load, guards nothing


class Poller:
    """Fetches updates and hands them over: one chat in order, different chats at once.

    What comes after the first update that was not taken is fetched again, and confirmed to
    Telegram only when all before it is; what was taken already is not handed over twice.
    """

    def __init__(self, fetch: Fetch, take: Take, pause: Callable[[], Pause] = Pause) -> None:
        self._fetch = fetch
        self._take = take
        self._offline, self._refused = pause(), pause()
        self._offset = 0
        self._taken: set[int] = set()
        self._tries: dict[int, int] = {}

    async def run(self) -> None:
        """Poll until cancelled. Raises WrongSetting when the token is refused."""
        while True:
            updates = await self._fetched()
            if not updates:
                continue
            if await self._hand_over(updates):
                self._refused.reset()
            else:
                await asyncio.sleep(self._refused.next())

    async def _fetched(self) -> Sequence[Raw]:
        try:
            updates = await self._fetch(self._offset)
        except InvalidToken:
            raise wrong_token() from None
        except TelegramError as error:
            wait = self._offline.next()
            if isinstance(error, RetryAfter):
                wait = max(wait, pause_of(error))
            told = _log.warning if isinstance(error, Conflict) else _log.info
            told("telegram_polling_waits", reason=error.message, seconds=round(wait, 1))
            await asyncio.sleep(wait)
            return ()
        self._offline.reset()
        return updates

    async def _hand_over(self, updates: Sequence[Raw]) -> bool:
        """Give all of them; True when all were taken. The offset moves up to the first not."""
        chats: dict[int, list[Raw]] = {}
        for update in sorted(updates, key=lambda update: int(update["update_id"])):
            if update["update_id"] not in self._taken:
                chats.setdefault(chat_of(update), []).append(update)
        async with asyncio.TaskGroup() as group:
            tasks = [group.create_task(self._one_chat(chat)) for chat in chats.values()]
        missed = [number for task in tasks if (number := task.result()) is not None]
        after_all = max(int(update["update_id"]) for update in updates) + 1
        self._offset = min(missed, default=after_all)
        self._taken = {number for number in self._taken if number >= self._offset}
        return not missed

    async def _one_chat(self, updates: Sequence[Raw]) -> int | None:
        """Hand over one chat's updates in order; the id of the first that was not taken."""
        for update in updates:
            number = int(update["update_id"])
            try:
                await self._take(update)
            except Unavailable as error:
                _log.warning("telegram_update_waits", reason=str(error))
                return number
            except Exception:  # noqa: BLE001 - whatever it is, the other chats go on
                tries = self._tries[number] = self._tries.get(number, 0) + 1
                _log.exception("telegram_update_failed", update=number, tries=tries)
                if tries < MOST_TRIES:
                    return number
            self._tries.pop(number, None)
            self._taken.add(number)
        return None


def chat_of(update: Raw) -> int:
    """The chat whose order an update belongs to; 0 for updates of no chat."""
    if press := update.get("callback_query"):
        return int(press["from"]["id"])
    for kind in ("message", "my_chat_member"):
        if found := update.get(kind):
            return int(found["chat"]["id"])
    return 0
