"""WhatsApp as a channel: it opens, hears, sends and closes."""

from __future__ import annotations

import asyncio
import json
from collections import OrderedDict
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog

from bot.channels.halves import Halves
from bot.channels.qr import qr_png
from bot.channels.reading import read_to_send_on
from bot.channels.whatsapp.calls import Calls
from bot.channels.whatsapp.errors import wrong_token
from bot.channels.whatsapp.hearing import NAME, What, read
from bot.channels.whatsapp.rendering import LONGEST_BESIDE, LONGEST_TEXT, Part, render
from bot.channels.whatsapp.window import Windows
from bot.channels.whatsapp.words import Words
from bot.config import WrongSetting
from bot.doors import Closed, Stopped
from bot.files import File, Files
from bot.ports import (
    Bubble,
    Clock,
    Heard,
    Letter,
    Receive,
    Refused,
    TryAgain,
    Unavailable,
    Uncertain,
)
from bot.told import Note

#: Files that were uploaded and may be sent to others by their id, and how long an id is trusted
#: (Meta keeps it for 30 days).
MOST_UPLOADED, UPLOADED_FOR = 200, timedelta(days=20)

_log = structlog.get_logger(__name__)


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


class WhatsAppChannel:
    """One number on the Cloud API.

    ``start`` first, ``stop`` last; in between ``send`` for what goes out, and ``take`` (with
    ``bot.web.whatsapp``) for what comes in. ``fetch`` reads what was heard here, ``files`` are the
    ways to read what is sent on, from here too. Without ``windows`` everybody's is taken to be
    open.
    """

    name = NAME
    longest = LONGEST_TEXT
    longest_beside = LONGEST_BESIDE

    def __init__(
        self,
        phone_number_id: str,
        token: str,
        *,
        api_url: str = "https://graph.facebook.com",
        clock: Clock = utc_now,
        words: Words | None = None,
        calls: Calls | None = None,
        files: Files | None = None,
        windows: Windows | None = None,
    ) -> None:
        self.calls = calls or Calls(phone_number_id, token, api_url)
        self._clock, self._words = clock, words or Words()
        self._files: Files = {NAME: self.fetch} if files is None else files
        self._halves = Halves()
        self._uploaded: OrderedDict[str, tuple[str, datetime]] = OrderedDict()
        self._number = ""
        self._windows = windows

    @property
    def number(self) -> str:
        """Our number for ``https://wa.me/<number>``: digits only; known after ``start``."""
        return self._number

    async def start(self, patience: float = 60.0) -> None:
        """Open the connection and learn our number.

        Raises WrongSetting for a token or id Meta refuses, or when it is out of reach for
        ``patience`` seconds.
        """
        await self.calls.open()
        now = asyncio.get_running_loop().time
        until, wait = now() + patience, 1.0
        while True:
            try:
                about = await self.calls.get(f"{self.calls.number}?fields=display_phone_number")
            except Stopped:
                await self.stop()
                raise wrong_token() from None
            except Refused as no:
                await self.stop()
                raise WrongSetting(
                    f"WHATSAPP_PHONE_NUMBER_ID: Meta knows no such number for this token ({no})."
                ) from None
            except (TryAgain, Uncertain) as away:
                if now() + wait > until:
                    await self.stop()
                    raise WrongSetting(
                        f"WHATSAPP_API_URL: WhatsApp cannot be reached there ({away})."
                    ) from None
                _log.warning("whatsapp_out_of_reach", reason=str(away), seconds=wait)
                await asyncio.sleep(wait)
                wait = min(wait * 2, 30.0)
            else:
                shown = str(about.get("display_phone_number", ""))
                self._number = "".join(sign for sign in shown if sign.isdecimal())
                return

    async def stop(self) -> None:
        """Close the connection."""
        await self.calls.close()

    async def send(self, letter: Letter) -> str:
        """Send a bubble and return the id of its (last) message.

        When her window is closed a template that asks her to open it goes out instead, and the
        letter is held. Raises as ``bot.ports.Channel`` says, and ValueError for a bubble no chat
        could show. When a later piece fails, the next try in this process goes on from there.
        """
        if self._windows is None:
            return await self._send_freely(letter)
        await self._windows.must_be_open(letter, self._put_template)
        try:
            return await self._send_freely(letter)
        except Closed:
            await self._windows.was_closed(letter, self._put_template)

    async def _put_template(self, address: str, template: Mapping[str, Any]) -> str:
        return await self.calls.put(message(address, "template", dict(template)))

    async def _send_freely(self, letter: Letter) -> str:
        parts = await self._parts(letter.bubble)
        if not parts:
            raise Refused("there is nothing in it")
        return await self._halves.send(
            letter.id, parts, lambda part: self._put(letter.address, part, letter.bubble)
        )

    async def _parts(self, bubble: Bubble) -> Sequence[Part]:
        if bubble.qr:
            picture = await asyncio.to_thread(qr_png, bubble.qr)
            return render(bubble, self._words, File(picture, "image/png", "qr.png"))
        media = bubble.media
        if media is None or not media.ref:
            return render(bubble, self._words)
        kind, _, ref = media.ref.partition(":")
        if media.channel == NAME and kind == "location":
            latitude, longitude, name = ref.split(",", 2)
            place = {"latitude": latitude, "longitude": longitude}
            rest = render(bubble, self._words)
            return [Part("location", {**place, **({"name": name} if name else {})}), *rest]
        if media.channel == NAME and kind == "contacts":
            name, phone = json.loads(ref)
            called = {"formatted_name": name or phone or "…", "first_name": name or "…"}
            card = {"name": called, **({"phones": [{"phone": phone}]} if phone else {})}
            return [Part("contacts", [card]), *render(bubble, self._words)]
        return render(bubble, self._words, await read_to_send_on(self._files, media, NAME))

    async def _put(self, address: str, part: Part, bubble: Bubble) -> str:
        media_id = ""
        if part.file is not None:
            key = f"{bubble.media.channel}:{bubble.media.ref}" if bubble.media else bubble.qr
            media_id = await self._upload(key, part.file)
        return await self.calls.put(message(address, part.type, part.filled(media_id)))

    async def _upload(self, key: str, file: File) -> str:
        known, at = self._uploaded.get(key, ("", self._clock()))
        if known and self._clock() - at < UPLOADED_FOR:
            return known
        media_id = await self.calls.upload(file)
        self._uploaded[key] = (media_id, self._clock())
        if len(self._uploaded) > MOST_UPLOADED:
            self._uploaded.popitem(last=False)
        return media_id

    async def take(self, body: Mapping[str, Any], receive: Receive, note: Note) -> None:
        """Everything in one webhook: hand over what was said, and take in what became of ours.

        Each person's messages in their order, all of them tried whatever happens to one. Raises
        Unavailable at the end when any could not be written: all may then be given again.
        """
        lines: dict[str, list[What]] = {}
        for one in read(body, self.calls.number, self._clock()):
            whose = one.address if isinstance(one, Heard) else f"{type(one).__name__}"
            lines.setdefault(whose, []).append(one)
        settled = await asyncio.gather(
            *(_in_order(line, receive, note) for line in lines.values()), return_exceptions=True
        )
        faults = [fault for fault in settled if isinstance(fault, BaseException)]
        for fault in faults:
            if not isinstance(fault, Unavailable):
                raise fault
        if faults:
            raise faults[0]

    async def fetch(self, ref: str) -> File:
        """The file behind a ``Media.ref``. Raises TryAgain or Refused, also for a ref without one."""
        kind, _, media_id = ref.partition(":")
        if kind in ("location", "contacts") or not media_id:
            raise Refused("it has no file")
        try:
            return await self.calls.download(media_id)
        except Uncertain as lost:  # reading twice does no harm
            raise TryAgain(str(lost)) from lost


async def _in_order(line: Sequence[What], receive: Receive, note: Note) -> None:
    for one in line:
        await (receive(one) if isinstance(one, Heard) else note(one))


def message(address: str, kind: str, data: Any) -> dict[str, Any]:
    """A message to an address: her number, or the platform's id of her when we know no number."""
    to = {"to": address} if address.isdecimal() else {"recipient": address}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **to,
        "type": kind,
        kind: data,
    }
