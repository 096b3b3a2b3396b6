"""Telegram as a channel: it opens, hears, sends and closes."""

from __future__ import annotations

import asyncio
import math
import re
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from datetime import UTC, datetime
from mimetypes import guess_type
from typing import Any

import structlog
from telegram import BotCommandScopeAllPrivateChats, Update
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.channels.halves import Halves
from bot.channels.reading import read_to_send_on
from bot.channels.telegram.calls import WANTED, Calls
from bot.channels.telegram.errors import (
    out_of_reach,
    pause_of,
    told,
    wrong_token,
)
from bot.channels.telegram.hearing import NAME, UNKNOWN, added_to, hear, left
from bot.channels.telegram.polling import Pause, Poller
from bot.channels.telegram.presses import answer_press
from bot.channels.telegram.rendering import Call, render, sent_again
from bot.channels.telegram.text import LONGEST_CAPTION, LONGEST_TEXT
from bot.channels.telegram.words import Words
from bot.config import WrongSetting
from bot.files import File, Files, Media
from bot.ports import (
    Clock,
    Letter,
    Receive,
    Refused,
)

#: Seconds one long poll waits on Telegram's side.
POLL_SECONDS = 30

#: Courtesies (answered presses, lines in groups) under way at most, and how long the last ones
#: may take when the channel closes.
MOST_COURTESIES = 200
LAST_COURTESIES_SECONDS = 5.0

#: Updates Telegram may bring to the webhook at once.
WEBHOOK_CONNECTIONS = 40

#: What Telegram always sends a thing as; for all others the name decides.
MIMES = {
    "photo": "image/jpeg",
    "voice": "audio/ogg; codecs=opus",
    "video": "video/mp4",
    "video_note": "video/mp4",
    "animation": "video/mp4",
    "sticker": "image/webp",
}

_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")

_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


class TelegramChannel:
    """One bot on Telegram.

    ``start`` first, ``stop`` last; in between ``send`` for what goes out, and either ``poll`` or
    ``listen`` (with ``bot.web.telegram``) for what comes in. ``files`` are the ways to read what is
    sent on, from here too.
    """

    name = NAME
    longest = LONGEST_TEXT
    longest_beside = LONGEST_CAPTION

    def __init__(
        self,
        token: str,
        *,
        api_url: str = "https://api.telegram.org",
        clock: Clock = utc_now,
        words: Words | None = None,
        bot: Calls | None = None,
        files: Files | None = None,
    ) -> None:
        self._bot = bot or Calls(token, api_url)
        self._clock = clock
        self._words = words or Words()
        self._courtesies: set[asyncio.Task[None]] = set()
        self._halves = Halves()
        self._username = ""
        self._files: Files = {NAME: self.fetch} if files is None else files

    @property
    def username(self) -> str:
        """The bot's name for ``https://t.me/<username>``; known after ``start``."""
        return self._username

    async def start(self, patience: float = 60.0) -> None:
        """Open the connection, learn the bot's name, and set its commands.

        Raises WrongSetting for a token Telegram refuses, or when Telegram is out of reach for
        ``patience`` seconds.
        """
        try:
            await _insist(self._bot.initialize, patience)
        except BaseException:
            await self._bot.shutdown()
            raise
        self._username = self._bot.username
        try:
            await self._bot.set_my_commands(
                list(self._words.commands.items()), scope=BotCommandScopeAllPrivateChats()
            )
        except TelegramError as error:  # the list of commands is a comfort, not a need
            _log.warning("telegram_commands_not_set", reason=error.message)

    async def stop(self) -> None:
        """Finish the courtesies that are under way, briefly, and close the connection."""
        if self._courtesies:
            _, late = await asyncio.wait(self._courtesies, timeout=LAST_COURTESIES_SECONDS)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._bot.shutdown()

    async def send(self, letter: Letter) -> str:
        """Send a bubble and return the id of its (last) message.

        Raises as ``bot.ports.Channel`` says, and ValueError for a bubble no chat could show. When
        a later piece of a long text fails, the next try in this process goes on from there.
        """
        bubble = letter.bubble
        file = await self._upload(bubble.media) if bubble.media else None
        calls = await asyncio.to_thread(render, bubble) if bubble.qr else render(bubble, file)
        if not calls:
            raise Refused("there is nothing in it")
        chat = chat_id(letter.address)

        async def put(call: Call) -> str:
            try:
                return str(await self._bot.put(call.method, {"chat_id": chat, **call.data}))
            except TelegramError as error:
                raise told(error) from error

        return await self._halves.send(letter.id, calls, put)

    async def _upload(self, media: Media) -> File | None:
        """What has to be uploaded, if anything has."""
        return None if sent_again(media) else await read_to_send_on(self._files, media, NAME)

    async def take(self, raw: Mapping[str, Any], receive: Receive) -> None:
        """One update from Telegram: hand over what was said in it and, once that is written, do
        what courtesy asks. Raises what ``receive`` raises; then nothing else has happened.
        """
        try:
            update = Update.de_json(dict(raw), self._bot)
            heard = hear(update, self._clock())
        except (TypeError, KeyError, ValueError, AttributeError):
            _log.exception("telegram_update_not_understood", update=raw.get("update_id"))
            return
        if heard is not None:
            await receive(heard)
        if update.callback_query is not None:
            await self._courteously(self.pressed(update))
        elif update.my_chat_member is not None:
            if left(update):
                _log.debug("telegram_person_left")
            elif group := added_to(update):
                await self._courteously(self._greet_group(group))
        elif heard is None:
            _log.debug("telegram_update_left_alone")

    async def pressed(self, update: Update) -> None:
        """Answer a press and show on the message what was chosen; never raises."""
        if update.callback_query is not None:
            await answer_press(self._bot, update.callback_query, self._words.chosen)

    async def _greet_group(self, group: int) -> None:
        link = f"https://t.me/{self._username}"
        try:
            await self._bot.send_message(group, self._words.in_group.format(link=link))
        except TelegramError as error:
            _log.info("telegram_group_not_greeted", reason=error.message)

    async def _courteously(self, doing: Coroutine[Any, Any, None]) -> None:
        """Do it beside everything else; when too much is under way, before going on."""
        if len(self._courtesies) >= MOST_COURTESIES:
            await doing
            return
        task = asyncio.create_task(doing)
        self._courtesies.add(task)
        task.add_done_callback(self._courtesies.discard)

    async def poll(self, receive: Receive) -> None:
        """Hear by long polling until cancelled. Raises WrongSetting when the token is refused."""
        await _insist(self._bot.delete_webhook)
        await Poller(
            lambda offset: self._bot.updates(offset, POLL_SECONDS),
            lambda raw: self.take(raw, receive),
        ).run()

    async def listen(self, url: str, secret: str, patience: float = 60.0) -> None:
        """Have Telegram bring updates to ``url``, which ``bot.web.telegram`` serves.

        Raises WrongSetting for a secret or address Telegram does not take.
        """
        if not _SECRET.fullmatch(secret):
            raise WrongSetting(
                "TELEGRAM_WEBHOOK_SECRET: should be 1 to 256 letters, digits, _ or -."
            )
        try:
            await _insist(
                lambda: self._bot.set_webhook(
                    url,
                    secret_token=secret,
                    allowed_updates=list(WANTED),
                    max_connections=WEBHOOK_CONNECTIONS,
                ),
                patience,
            )
        except BadRequest as error:
            raise WrongSetting(
                f"PUBLIC_URL: Telegram does not take {url} as webhook ({error.message}). "
                "It should be an https address on port 443, 80, 88 or 8443."
            ) from None

    async def fetch(self, ref: str) -> File:
        """The file behind a ``Media.ref``, at most 20 MB (the Bot API's own limit).

        Raises TryAgain or Refused, also for a ref that has no file.
        """
        what, _, file_id = ref.partition(":")
        if what == "copy" or not file_id:
            raise Refused("it has no file")
        try:
            file = await self._bot.get_file(file_id)
            content = bytes(await file.download_as_bytearray())
        except TelegramError as error:
            raise told(error) from error
        name = (file.file_path or "").rpartition("/")[2]
        return File(content, MIMES.get(what) or guess_type(name)[0] or UNKNOWN, name)


async def _insist(call: Callable[[], Awaitable[object]], patience: float = math.inf) -> None:
    """Do it until it works. Raises BadRequest as it is, WrongSetting for a token Telegram refuses
    and when it is out of reach for ``patience`` seconds.
    """
    pause = Pause()
    now = asyncio.get_running_loop().time
    until = now() + patience
    while True:
        try:
            await call()
        except InvalidToken:
            raise wrong_token() from None
        except BadRequest:
            raise
        except TelegramError as error:
            wait = pause_of(error) if isinstance(error, RetryAfter) else pause.next()
            if now() + wait > until:
                raise out_of_reach(error) from None
            _log.warning("telegram_out_of_reach", reason=error.message, seconds=round(wait, 1))
            await asyncio.sleep(wait)
        else:
            return


def chat_id(address: str) -> int:
    """The number of a chat. Raises Refused for an address that is none."""
    try:
        return int(address)
    except ValueError:
        raise Refused(f"not a chat on Telegram: {address!r}", gone=True) from None
