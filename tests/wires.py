"""The channels a transcript is played over: what people do becomes what the platform would send us,
and what we say is shown as the platform would show it.
"""

from __future__ import annotations

import html
import re
from datetime import datetime
from typing import Any, Protocol
from zlib import crc32

from telegram import Update

from bot.channels.telegram.hearing import hear
from bot.channels.telegram.rendering import render
from bot.ports import Bubble, Button, Heard, Media, MediaKind


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


class Practice:
    """The practice room: as it is."""

    name = "practice"

    def address(self, name: str) -> str:
        """Her name in small letters."""
        return name.lower()

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
        """Handed over as it is."""
        media = Media(sends, "1", self.name) if sends else None
        return Heard(self.name, str(number), address, at, words, pressed, media, reply_to)

    def shown(self, bubble: Bubble) -> Bubble:
        """Shown as it is."""
        return bubble


_FILES: dict[MediaKind, dict[str, Any]] = {
    MediaKind.PHOTO: {
        "photo": [{"file_id": "p", "file_unique_id": "p", "width": 90, "height": 90}]
    },
    MediaKind.VOICE: {"voice": {"file_id": "v", "file_unique_id": "v", "duration": 3}},
    MediaKind.VIDEO: {
        "video": {"file_id": "v", "file_unique_id": "v", "width": 9, "height": 9, "duration": 3}
    },
    MediaKind.DOCUMENT: {"document": {"file_id": "d", "file_unique_id": "d"}},
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
