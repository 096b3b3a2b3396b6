"""A bubble as calls of the Bot API, within its limits by construction."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from telegram import InputFile

from bot.channels.qr import qr_png
from bot.channels.telegram.hearing import NAME, PICTURE
from bot.channels.telegram.text import (
    LONGEST_CAPTION,
    Marked,
    clean,
    mark,
    pieces,
)
from bot.files import File, Media
from bot.pieces import units
from bot.ports import (
    Bubble,
    Button,
)

LONGEST_PAYLOAD = 64
MOST_BUTTONS = 100

#: Buttons a row, by the longest label that fits on a cheap phone.
ROWS = ((12, 3), (18, 2))

#: How each thing heard is sent again by its file, and whether it can carry words.
METHODS = {
    "photo": ("sendPhoto", True),
    "voice": ("sendVoice", True),
    "audio": ("sendAudio", True),
    "video": ("sendVideo", True),
    "animation": ("sendAnimation", True),
    "document": ("sendDocument", True),
    "video_note": ("sendVideoNote", False),
    "sticker": ("sendSticker", False),
}

#: How a file is shown, by the beginning of its type.
_BY_MIME = {
    "image/webp": "sticker",
    "image/jpeg": "photo",
    "image/png": "photo",
    "audio/ogg": "voice",
    "audio/": "audio",
    "video/": "video",
}

_NO_PREVIEW = {"is_disabled": True}


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API, all but whom it goes to."""

    method: str
    data: dict[str, Any]


def render(bubble: Bubble, file: File | None = None) -> list[Call]:
    """The calls that put a bubble on a phone, in order; none when there is nothing in it.

    ``file`` is what has to be uploaded, where it could be read.
    The buttons hang on the last one. Raises ValueError for a button Telegram would not take.
    """
    text = mark(bubble.text)
    calls = _attached(bubble, text, file)
    if not (calls and calls[0].data.get("caption")):
        calls += [
            Call(
                "sendMessage",
                {"text": html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW},
            )
            for html in pieces(text)
        ]
    if bubble.buttons and calls:
        calls[-1].data["reply_markup"] = {"inline_keyboard": keyboard(bubble.buttons)}
    return calls


def _attached(bubble: Bubble, text: Marked, file: File | None) -> list[Call]:
    """The picture or file of a bubble, with its words as caption if they fit."""
    if bubble.qr:
        picture = InputFile(qr_png(bubble.qr), filename="qr.png")
        return [_with_caption("sendPhoto", {"photo": picture}, text)]
    if bubble.media is None or not bubble.media.ref:
        return []
    if sent_again(bubble.media):
        return [_again(bubble.media, text)]
    return _anew(bubble.media, text, file)


def sent_again(media: Media) -> bool:
    """Whether Telegram has it already, and nothing is hidden in it."""
    return media.channel in ("", NAME) and not media.ref.startswith(f"{PICTURE}:")


def _anew(media: Media, text: Marked, file: File | None) -> list[Call]:
    """Something that is uploaded or told again; what cannot be read is left to the words."""
    what, _, ref = media.ref.partition(":")
    if what == "location":
        latitude, longitude, _ = ref.split(",", 2)
        return [Call("sendLocation", {"latitude": float(latitude), "longitude": float(longitude)})]
    if what == "contacts":
        name, phone = json.loads(ref)
        return [Call("sendContact", {"phone_number": phone or "0", "first_name": name or "…"})]
    if file is None:
        return []
    mime = file.mime.partition(";")[0]
    method = next((each for start, each in _BY_MIME.items() if mime.startswith(start)), "document")
    upload = InputFile(file.content, filename=file.name or f"berkas.{mime.rpartition('/')[2]}")
    call, wordy = METHODS[method]
    data = {method: upload}
    return [_with_caption(call, data, text) if wordy else Call(call, data)]


def _again(media: Media, text: Marked) -> Call:
    what, _, ref = media.ref.partition(":")
    if what == "copy":
        chat, _, message = ref.partition("/")
        return Call("copyMessage", {"from_chat_id": int(chat), "message_id": int(message)})
    if what not in METHODS:
        raise ValueError(f"not something heard on Telegram: {media.ref!r}")
    method, wordy = METHODS[what]
    data = {what: ref}
    return _with_caption(method, data, text) if wordy else Call(method, data)


def _with_caption(method: str, data: dict[str, Any], text: Marked) -> Call:
    if text.plain.strip() and units(text.plain) <= LONGEST_CAPTION:
        (html,) = pieces(text)
        return Call(method, {**data, "caption": html, "parse_mode": "HTML"})
    return Call(method, data)


def keyboard(buttons: Sequence[Button]) -> list[list[dict[str, str]]]:
    """Rows of inline buttons: up to three short ones, two middling ones or one long one a row,
    and rows of even length. Raises ValueError naming a payload that is blank or too long.
    """
    if len(buttons) > MOST_BUTTONS:
        raise ValueError(f"{len(buttons)} buttons; Telegram takes {MOST_BUTTONS}")
    made = [_button(button) for button in buttons]
    longest = max((len(button["text"]) for button in made), default=0)
    wide = next((count for width, count in ROWS if longest <= width), 1)
    rows = -(-len(made) // wide)
    share, more = divmod(len(made), rows) if rows else (0, 0)
    sizes = [share + (row < more) for row in range(rows)]
    row_of = iter(made)
    return [[next(row_of) for _ in range(size)] for size in sizes]


def _button(button: Button) -> dict[str, str]:
    if not 1 <= len(button.payload.encode()) <= LONGEST_PAYLOAD:
        raise ValueError(
            f"a button's payload has 1 to {LONGEST_PAYLOAD} bytes, not: {button.payload!r}"
        )
    label = " ".join(clean(button.label).split())
    return {"text": label or "…", "callback_data": button.payload}
