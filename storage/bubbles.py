"""Bubbles as JSON, as the outbox keeps them."""

from __future__ import annotations

from typing import Any

from bot.files import Media
from bot.ports import (
    Bubble,
    Button,
)


def packed(bubble: Bubble) -> dict[str, Any]:
    """A bubble as JSON."""
    return {
        "text": bubble.text,
        "buttons": [[button.label, button.payload] for button in bubble.buttons],
        "qr": bubble.qr,
        "media": bubble.media.packed() if bubble.media else "",
    }


def unpacked(raw: dict[str, Any]) -> Bubble:
    """A bubble from its JSON."""
    return Bubble(
        raw["text"],
        tuple(Button(label, payload) for label, payload in raw["buttons"]),
        raw["qr"],
        Media.unpacked(raw["media"]) if raw["media"] else None,
    )
