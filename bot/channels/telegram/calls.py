"""The bot that speaks to Telegram: PTB's, with the calls of the hot path left unparsed."""

from __future__ import annotations

import logging
from typing import Any

from telegram import Bot

from bot.channels.telegram.request import AiohttpRequest

#: What we want to hear; everything else (edits, reactions, polls, channels) is never sent to us.
WANTED = ("message", "callback_query", "my_chat_member")

#: Updates in one answer at most: as many as the Bot API gives.
BATCH = 100

# PTB logs URLs with the token, and every word people write, at debug level.
logging.getLogger("telegram").setLevel(logging.WARNING)


class Calls(Bot):
    """PTB's bot over aiohttp; ``put`` and ``updates`` do without its message objects.

    Building a Message from every answer costs three times the rest of the call.
    """

    def __init__(self, token: str, api_url: str, request: AiohttpRequest | None = None) -> None:
        api_url = api_url.rstrip("/")
        request = request or AiohttpRequest()
        super().__init__(
            token,
            base_url=f"{api_url}/bot",
            base_file_url=f"{api_url}/file/bot",
            request=request,
            get_updates_request=request,
        )

    async def put(self, method: str, data: dict[str, Any]) -> int:
        """Call a method that sends something; returns the id of the message. Raises as PTB does."""
        return int((await self._post(method, data))["message_id"])

    async def updates(self, offset: int, seconds: int) -> list[dict[str, Any]]:
        """Wait up to ``seconds`` for updates from ``offset`` on, which confirms all before it."""
        data = {
            "offset": offset,
            "timeout": seconds,
            "limit": BATCH,
            "allowed_updates": list(WANTED),
        }
        updates: list[dict[str, Any]] = await self._post(
            "getUpdates", data, read_timeout=seconds + 10.0
        )
        return updates
