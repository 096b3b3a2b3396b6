"""QR pictures, for any channel."""

from __future__ import annotations

import io

import segno


def qr_png(text: str) -> bytes:
    """A QR picture of a text as PNG, large enough for a phone's camera."""
    picture = io.BytesIO()
    segno.make(text, error="m", micro=False).save(picture, kind="png", scale=8, border=4)
    return picture.getvalue()
