"""A conversation as it is written down: who says what to whom, a line each.

    Sari: setor 10rb
    Bot > Rina: Bu Sari menyerahkan *Rp10.000*. Sudah diterima? [Sudah] [Belum] [Beda jumlah]
    Rina: [Sudah]

What spans several lines goes on indented. ``[Sudah]`` is a button, ``(foto)`` something sent.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.files import MediaKind
from bot.ports import (
    Bubble,
)

#: What stands in brackets for something sent without words.
SENT = {
    "foto": MediaKind.PHOTO,
    "suara": MediaKind.VOICE,
    "video": MediaKind.VIDEO,
    "berkas": MediaKind.DOCUMENT,
    "stiker": MediaKind.STICKER,
    "lokasi": MediaKind.LOCATION,
    "kontak": MediaKind.CONTACT,
    "lainnya": MediaKind.OTHER,
}

_SPOKEN = re.compile(r"(?P<name>[A-Z][\w' ]*?)(?P<reply> membalas)?: ?(?P<words>.*)", re.DOTALL)
_INDENT = "    "


class Unreadable(ValueError):
    """A line that is no line of a conversation."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What somebody writes, presses or sends; ``replies`` when she answers the last question shown."""

    name: str
    words: str = ""
    presses: str = ""
    sends: MediaKind | None = None
    replies: bool = False


class NeverShown(LookupError):
    """A button nobody was shown, or an answer to nothing."""


class Screens:
    """What everybody has seen so far, so that buttons can be pressed by their label."""

    def __init__(self) -> None:
        self._shown: dict[str, list[tuple[str, Bubble]]] = {}

    def show(self, name: str, message: str, bubble: Bubble) -> str:
        """Put a bubble on somebody's screen, as ``message``; returns it as it is written down."""
        self._shown.setdefault(name, []).append((message, bubble))
        return written(name, bubble)

    def payload(self, name: str, label: str) -> str:
        """What the newest button of that label carries. Raises NeverShown."""
        for _, bubble in reversed(self._shown.get(name, [])):
            for button in bubble.buttons:
                if button.label == label:
                    return button.payload
        raise NeverShown(f"{name} was never shown [{label}]")

    def newest(self, name: str) -> str:
        """The message she saw last. Raises NeverShown."""
        if name not in self._shown:
            raise NeverShown(f"{name} has nothing to answer")
        return self._shown[name][-1][0]


def read(line: str) -> Spoken:
    """One (perhaps indented on) line of somebody's. Raises Unreadable."""
    found = _SPOKEN.fullmatch(line)
    if not found:
        raise Unreadable(f"not “Name: words”: {line!r}")
    words = re.sub(rf"\n{_INDENT}", "\n", found["words"])
    name, replies = found["name"], bool(found["reply"])
    if words.startswith("[") and words.endswith("]"):
        return Spoken(name, presses=words[1:-1], replies=replies)
    sent, _, rest = words.partition(")")
    if sent.startswith("(") and sent[1:] in SENT:
        return Spoken(name, rest.strip(), sends=SENT[sent[1:]], replies=replies)
    return Spoken(name, words, replies=replies)


def written(name: str, bubble: Bubble) -> str:
    """A bubble to ``name`` as it is written down."""
    kinds = {kind: word for word, kind in SENT.items()}
    text = "\n".join(line for line in bubble.text.splitlines() if line.strip())
    parts = [text.replace("\n", f"\n{_INDENT}")]
    if bubble.media:
        parts.append(f"({kinds[bubble.media.kind]})")
    if bubble.qr:
        parts.append(f"(QR {bubble.qr})")
    parts += [f"[{button.label}]" for button in bubble.buttons]
    return f"Bot > {name}: {' '.join(part for part in parts if part)}"


def pieces(script: str) -> list[str]:
    """A script as its lines, with what is indented joined to the line it belongs to."""
    joined: list[str] = []
    for line in script.splitlines():
        if line.startswith(_INDENT) and joined:
            joined[-1] += f"\n{line.rstrip()}"
        else:
            joined.append(line.rstrip())
    return joined
