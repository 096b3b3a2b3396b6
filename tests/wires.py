"""The channels a transcript is played over: what people do becomes what the platform would send us,
and what we say is shown as the platform would show it.
"""

from __future__ import annotations

import asyncio
import atexit
import html
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, Protocol
from zlib import crc32

from telegram import Update

from bot.app import LANGUAGE, TEMPLATES
from bot.channels.telegram.hearing import hear
from bot.channels.telegram.rendering import render
from bot.channels.whatsapp import WhatsAppChannel
from bot.channels.whatsapp.calls import Calls
from bot.channels.whatsapp.channel import message as message_to
from bot.channels.whatsapp.hearing import read
from bot.channels.whatsapp.rendering import LONGEST_BESIDE
from bot.channels.whatsapp.rendering import render as rendered
from bot.channels.whatsapp.templates import Template, load
from bot.channels.whatsapp.window import Windows
from bot.channels.whatsapp.words import Words
from bot.doors import OPENS, Held
from bot.drawings import draws
from bot.files import DRAWN, Fetch, File, MediaKind
from bot.pieces import units
from bot.ports import (
    Bubble,
    Button,
    Heard,
    Letter,
)
from storage.store import SqlStore
from tests.servers.cloud_api import NUMBER_ID, payload
from tests.servers.cloud_api_people import choices
from tests.servers.cloud_api_rules import broken
from tests.servers.cloud_api_world import Media as Stored
from tests.servers.cloud_api_world import Template as Agreed
from tests.servers.cloud_api_world import World


class Wire(Protocol):
    """One platform, both ways."""

    name: str

    def address(self, name: str) -> str:
        """The platform's id of somebody."""
        ...

    def heard(
        self,
        number: int,
        address: str,
        at: datetime,
        words: str,
        pressed: str,
        sends: MediaKind | None,
        reply_to: str,
    ) -> Heard:
        """What somebody does, as our channel hears it."""
        ...

    def shown(self, bubble: Bubble) -> Bubble:
        """What she sees of a bubble."""
        ...

    def waits(self, store: SqlStore, letter: Letter, now: datetime) -> bool:
        """Whether a letter cannot go out before she has opened the chat again."""
        ...


_FILES: dict[MediaKind, dict[str, Any]] = {
    MediaKind.PHOTO: {
        "photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]
    },
    MediaKind.VOICE: {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    MediaKind.VIDEO: {
        "video": {"file_id": "v", "file_unique_id": "v", "width": 9, "height": 9, "duration": 3}
    },
    MediaKind.DOCUMENT: {
        "document": {"file_id": "d", "file_unique_id": "d", "file_name": "nota.pdf"}
    },
    MediaKind.STICKER: {
        "sticker": {
            "file_id": "s",
            "file_unique_id": "s",
            "type": "regular",
            "width": 9,
            "height": 9,
            "is_animated": False,
            "is_video": False,
        }
    },
    MediaKind.LOCATION: {"location": {"longitude": 98.5, "latitude": 3.6}},
    MediaKind.CONTACT: {"contact": {"phone_number": "0", "first_name": "A"}},
    MediaKind.OTHER: {"dice": {"emoji": "🎲", "value": 3}},
}
_TAG = re.compile(r"<[^>]+>")


class Telegram:
    """Telegram: real updates in, real calls out."""

    name = "telegram"

    def address(self, name: str) -> str:
        """A chat's number."""
        return str(crc32(name.encode()))

    def heard(
        self,
        number: int,
        address: str,
        at: datetime,
        words: str,
        pressed: str,
        sends: MediaKind | None,
        reply_to: str,
    ) -> Heard:
        """The update Telegram would bring, as our channel hears it."""
        who = {"id": int(address), "is_bot": False, "first_name": "X"}
        message: dict[str, Any] = {
            "message_id": number,
            "date": int(at.timestamp()),
            "chat": {"id": int(address), "type": "private"},
            "from": who,
        }
        if reply_to:
            message["reply_to_message"] = {**message, "message_id": int(reply_to)}
        if pressed:
            press = {"id": "1", "from": who, "chat_instance": "1", "data": pressed}
            raw: dict[str, Any] = {"callback_query": {**press, "message": message}}
        elif sends:
            raw = {"message": {**message, **_FILES[sends]} | ({"caption": words} if words else {})}
        else:
            raw = {"message": {**message, "text": words}}
        update = Update.de_json({"update_id": number, **raw}, None)
        heard = hear(update, at)
        assert heard is not None
        return heard

    def shown(self, bubble: Bubble) -> Bubble:
        """What its calls put on her screen: it must be one message that says the same."""
        calls = render(bubble)
        shown = [call for call in calls if call.method != "copyMessage"]
        assert len(shown) <= 1 or bubble.qr or bubble.media, f"more than one message: {bubble.text}"
        data = calls[-1].data
        said = html.unescape(_TAG.sub("", data.get("text") or data.get("caption") or ""))
        assert said == bubble.text.replace("*", ""), "Telegram shows something else"
        rows = data.get("reply_markup", {}).get("inline_keyboard", [])
        buttons = tuple(Button(one["text"], one["callback_data"]) for row in rows for one in row)
        assert buttons == bubble.buttons
        return bubble

    def waits(self, _store: SqlStore, _letter: Letter, _now: datetime) -> bool:
        """Never."""
        return False


_SENT: dict[MediaKind, tuple[str, Any]] = {
    MediaKind.PHOTO: ("image", {"id": "1", "mime_type": "image/jpeg"}),
    MediaKind.VOICE: ("audio", {"id": "2", "mime_type": "audio/ogg; codecs=opus", "voice": True}),
    MediaKind.VIDEO: ("video", {"id": "3", "mime_type": "video/mp4"}),
    MediaKind.DOCUMENT: ("document", {"id": "4", "filename": "nota.pdf"}),
    MediaKind.STICKER: ("sticker", {"id": "5", "mime_type": "image/webp"}),
    MediaKind.LOCATION: ("location", {"longitude": 98.5, "latitude": 3.6}),
    MediaKind.CONTACT: ("contacts", [{"name": {"formatted_name": "A"}, "phones": []}]),
    MediaKind.OTHER: ("unsupported", {}),
}
#: What only a mentor whose members are here reads: tests/broadcasts/test_postage.py.
_ONLY_HERE = re.compile(r"\d+ orang di WhatsApp: biaya [^\n]+\n\n")
_MIMES = {"image": "image/jpeg", "audio": "audio/ogg; codecs=opus", "video": "video/mp4"}


class Line(Calls):
    """Meta's API without a network: keeps what is sent, checked against every rule."""

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.sent: list[Any] = []
        self.world = World(NUMBER_ID)
        self.world.media["9"] = Stored(b"", "")

    async def put(self, message: Mapping[str, Any]) -> str:
        """Kept."""
        assert broken(dict(message), self.world) == []
        self.sent.append(message)
        return f"wamid.{len(self.sent)}"

    async def upload(self, file: File) -> str:
        """Forgotten."""
        assert file.mime
        return "9"


@cache
def _templates() -> Sequence[Template]:
    return load(TEMPLATES / LANGUAGE)


async def _picture(_ref: str) -> File:
    return File(b"x", "image/jpeg")


def drawn(store: SqlStore) -> Fetch:
    """Our own pictures and documents, drawn for good; a drawing that fails fails the test."""

    async def fetch(ref: str) -> File:
        what, _, facts = ref.partition("?")
        return draws(store)[what](json.loads(facts))

    return fetch


async def _never_stuck(_letter: Letter, why: str) -> None:
    raise AssertionError(why)


class WhatsApp:
    """WhatsApp: real webhooks in, real messages out, each checked against every limit.

    ``sent`` counts the messages that went out, templates too.
    """

    name = "whatsapp"

    def __init__(self) -> None:
        self.sent = 0
        self._loop = (
            asyncio.Runner()
        )  # one for all letters: a new one for each takes longer than they
        atexit.register(self._loop.close)

    def address(self, name: str) -> str:
        """A number."""
        return f"628{crc32(name.encode())}"

    def heard(
        self,
        number: int,
        address: str,
        at: datetime,
        words: str,
        pressed: str,
        sends: MediaKind | None,
        reply_to: str,
    ) -> Heard:
        """The webhook Meta would bring, as our channel hears it."""
        kind: str = "text"
        inside: Any = {"body": words}
        if pressed == OPENS:
            kind, inside = "button", {"payload": pressed, "text": "…"}
        elif pressed:
            reply = {"id": pressed, "title": "…"}
            kind, inside = "interactive", {"type": "button_reply", "button_reply": reply}
        elif sends:
            kind, inside = _SENT[sends]
            if words:
                inside = {**inside, "caption": words}
        message: dict[str, Any] = {
            "from": address,
            "id": f"wamid.{number}",
            "timestamp": str(int(at.timestamp())),
            "type": kind,
            kind: inside,
        }
        if reply_to:
            message["context"] = {"id": reply_to}
        card = {"profile": {"name": "X"}, "wa_id": address}
        metadata = {"display_phone_number": "62811", "phone_number_id": NUMBER_ID}
        value = {"metadata": metadata, "contacts": [card], "messages": [message]}
        (heard,) = read(payload([{"field": "messages", "value": value}]), NUMBER_ID, at)
        assert isinstance(heard, Heard)
        return heard

    def shown(self, bubble: Bubble) -> Bubble:
        """What its messages put on her screen: one message that says the same, within all limits."""
        file = self._file(bubble)
        parts = rendered(bubble, Words(), file)
        world = World(NUMBER_ID)
        world.media["9"] = Stored(b"", "")
        for part in parts:
            whole = message_to("62812", part.type, part.filled("9"))
            assert broken(whole, world) == []
        long = units(bubble.text) > LONGEST_BESIDE and bubble.buttons
        wordless = file is not None and file.mime.startswith(("audio", "image/webp"))
        assert len(parts) <= 1 or long or wordless, f"more than one message: {bubble.text}"
        said = "".join(_words(part.data) for part in parts)
        assert said.split() == bubble.text.split(), "WhatsApp shows something else"
        pressed = [one for part in parts for _, one in _choices(part.data)]
        assert pressed == [one.payload for one in bubble.buttons]
        return replace(bubble, text=_ONLY_HERE.sub("", bubble.text))

    def waits(self, store: SqlStore, letter: Letter, now: datetime) -> bool:
        """Sent by the real channel: whether she had to be asked to open her window first."""
        line = Line(NUMBER_ID, "token", "http://127.0.0.1:9")
        line.world.templates |= {
            (one.name, one.language): Agreed(one.name, one.language, one.body)
            for one in _templates()
        }
        windows = Windows(store.doors, _templates(), _never_stuck, lambda: now)
        files = {"telegram": _picture, "whatsapp": _picture, DRAWN: drawn(store)}
        channel = WhatsAppChannel(
            NUMBER_ID, "token", calls=line, windows=windows, files=files, clock=lambda: now
        )
        try:
            self._loop.run(channel.send(letter))
        except Held as hold:
            store.outbox.held(letter, hold.until, now)
            assert [one["type"] for one in line.sent] == ["template"], "she was not asked to open"
            return True
        finally:
            self.sent += len(line.sent)
        open_until = store.doors.door(letter).open_until
        assert open_until
        assert open_until > now, "a free-form message left outside a window"
        assert "template" not in [one["type"] for one in line.sent]
        return False

    def _file(self, bubble: Bubble) -> File | None:
        if bubble.qr:
            return File(b"", "image/png")
        if bubble.media is None or bubble.media.kind not in _SENT:
            return None
        kind, _ = _SENT[bubble.media.kind]
        if kind in ("location", "contacts", "unsupported"):
            return None
        return File(b"", "image/webp" if kind == "sticker" else _MIMES.get(kind, "application/pdf"))


def _words(inside: dict[str, Any]) -> str:
    body = inside.get("body", inside.get("caption", ""))
    return f"{body['text'] if isinstance(body, dict) else body} "


def _choices(inside: dict[str, Any]) -> list[tuple[str, str]]:
    if "action" not in inside:
        return []
    return choices({"type": "interactive", "interactive": inside})
