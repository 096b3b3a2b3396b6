"""A bubble as messages of the Cloud API, within its limits by construction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from bot.channels.whatsapp.titles import (
    LONGEST_BELOW,
    LONGEST_BUTTON,
    LONGEST_OPENER,
    LONGEST_ROW,
    fit,
    shortened,
    titles,
)
from bot.channels.whatsapp.words import Words
from bot.files import File
from bot.pieces import cut, units
from bot.ports import (
    Bubble,
    Button,
)

#: Units of a text, and of what stands beside buttons or under a picture.
LONGEST_TEXT, LONGEST_BESIDE = 4096, 1024

MOST_BUTTONS, MOST_ROWS = 3, 10
LONGEST_BUTTON_ID, LONGEST_ROW_ID = 256, 200

#: What we can send, by the first half of its type; everything else goes as a document.
_KINDS = {"image": ("image/jpeg", "image/png"), "video": ("video/mp4", "video/3gpp")}
_AUDIO = ("audio/aac", "audio/mp4", "audio/mpeg", "audio/amr", "audio/ogg")
_STICKER = "image/webp"

#: What can carry words below it, and what can stand above buttons.
_WORDY = ("image", "video", "document")


@dataclass(frozen=True, slots=True)
class Part:
    """One message: the ``type`` of the Cloud API, its object, and a file to be uploaded for it."""

    type: str
    data: Any
    file: File | None = None

    def filled(self, media_id: str) -> Any:
        """The object with the uploaded file in its place."""
        if self.file is None:
            return self.data
        if self.type == "interactive":
            header = self.data["header"]
            return {**self.data, "header": {**header, header["type"]: {"id": media_id}}}
        return {**self.data, "id": media_id}


def render(bubble: Bubble, words: Words, file: File | None = None) -> list[Part]:
    """The messages that put a bubble on a phone, in order; none when there is nothing in it.

    ``file`` is the picture or file that goes with it. Raises ValueError for a button the Cloud
    API would not take.
    """
    text, buttons = _clean(bubble.text), bubble.buttons
    if len(buttons) > MOST_ROWS:
        return _with_file(_numbered(text, buttons), file)
    if not buttons:
        return _with_file(text, file)
    head, body = _split(text)
    parts = [_text(piece) for piece in head]
    asking = _asking(body or words.choose, buttons, words)
    if file is None:
        return [*parts, asking]
    kind = kind_of(file)
    if asking.data["type"] == "button" and kind in _WORDY and not head:
        return [Part("interactive", {"header": {"type": kind}, **asking.data}, file)]
    return [_file(file), *parts, asking]


def kind_of(file: File) -> str:
    """The type of the Cloud API by which a file is sent."""
    mime = file.mime.partition(";")[0].strip().lower()
    if mime == _STICKER:
        return "sticker"
    if mime in _AUDIO:
        return "audio"
    return next((kind for kind, mimes in _KINDS.items() if mime in mimes), "document")


def _with_file(text: str, file: File | None) -> list[Part]:
    if file is None:
        return [_text(piece) for piece in cut(text, LONGEST_TEXT)]
    beside = kind_of(file) in _WORDY and 0 < units(text) <= LONGEST_BESIDE
    if beside:
        return [_file(file, text)]
    return [_file(file), *(_text(piece) for piece in cut(text, LONGEST_TEXT))]


def _file(file: File, caption: str = "") -> Part:
    kind = kind_of(file)
    data: dict[str, Any] = {"caption": caption} if caption else {}
    if kind == "document":
        data["filename"] = file.name or "berkas"
    return Part(kind, data, file)


def _text(body: str) -> Part:
    return Part("text", {"body": body, "preview_url": False})


def _asking(body: str, buttons: Sequence[Button], words: Words) -> Part:
    labels = [button.label for button in buttons]
    data: dict[str, Any] = {"body": {"text": body}}
    if len(buttons) <= MOST_BUTTONS and fit(labels, LONGEST_BUTTON):
        choices = zip(buttons, titles(labels, LONGEST_BUTTON), strict=True)
        replies = [
            {"type": "reply", "reply": {"id": _id(button, LONGEST_BUTTON_ID), "title": title}}
            for button, title in choices
        ]
        return Part("interactive", {"type": "button", **data, "action": {"buttons": replies}})
    rows = [
        _row(button, title)
        for button, title in zip(buttons, titles(labels, LONGEST_ROW), strict=True)
    ]
    action = {"button": shortened(words.open_list, LONGEST_OPENER), "sections": [{"rows": rows}]}
    return Part("interactive", {"type": "list", **data, "action": action})


def _row(button: Button, title: str) -> dict[str, str]:
    row = {"id": _id(button, LONGEST_ROW_ID), "title": title}
    whole = " ".join(button.label.split())
    if title != whole and whole:
        row["description"] = shortened(whole, LONGEST_BELOW)
    return row


def _id(button: Button, longest: int) -> str:
    if not 1 <= units(button.payload) <= longest or button.payload != button.payload.strip():
        raise ValueError(f"a button's payload has 1 to {longest} signs, not: {button.payload!r}")
    return button.payload


def _numbered(text: str, buttons: Sequence[Button]) -> str:
    lines = (f"{number}. {button.label}" for number, button in enumerate(buttons, 1))
    return f"{text}\n\n" + "\n".join(lines)


def _split(text: str) -> tuple[list[str], str]:
    """What is said first, and the rest that fits beside the buttons: its last paragraphs."""
    if units(text) <= LONGEST_BESIDE:
        return [], text
    paragraphs = text.split("\n\n")
    body = paragraphs.pop()
    while units(paragraphs[-1] if paragraphs else text) + 2 + units(body) <= LONGEST_BESIDE:
        body = f"{paragraphs.pop()}\n\n{body}"
    if units(body) > LONGEST_BESIDE:
        *first, body = cut(body, LONGEST_BESIDE)
        return [*cut("\n\n".join(paragraphs), LONGEST_TEXT), *first], body
    return cut("\n\n".join(paragraphs), LONGEST_TEXT), body


def _clean(text: str) -> str:
    """The text without halves of emoji and control signs, which no chat takes."""
    if not text.isascii():
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(sign for sign in text if sign >= " " or sign in "\n\t").strip()
