"""Opening what somebody sent as a picture: slowly trusted, upright, and without anything hidden in it."""

from __future__ import annotations

import io
import warnings

from PIL import Image, ImageOps, UnidentifiedImageError

from bot.domain.pictures import Unreadable

#: Bytes and pixels of what is sent, at most.
LARGEST, MOST_PIXELS = 12 * 1024 * 1024, 40_000_000

#: Pixels on the longer side, at most, of what is kept.
LONGEST_SIDE = 1600

#: Pixels on the shorter side, at least: less is a line or a dot.
SHORTEST_SIDE = 40

#: Only these are decoded, whatever the bytes say they are.
FORMATS = ("JPEG", "PNG", "WEBP")

_WHITE = (255, 255, 255)


class NotOpened(Exception):
    """What was sent could not be looked at, and why."""

    def __init__(self, why: Unreadable) -> None:
        super().__init__(why)
        self.why = why


def open_picture(content: bytes) -> Image.Image:
    """A picture from untrusted bytes: RGB, upright, at most ``LONGEST_SIDE`` long, pixels only.

    Its size is read before anything is decoded. Raises NotOpened.
    """
    if len(content) > LARGEST:
        raise NotOpened(Unreadable.TOO_LARGE)
    try:
        with warnings.catch_warnings():
            # Pillow's own warning comes too late for us and would be one more thing logged.
            warnings.simplefilter("ignore")
            return _decoded(content)
    except (Image.DecompressionBombError, MemoryError):
        raise NotOpened(Unreadable.TOO_LARGE) from None
    except UnidentifiedImageError:
        raise NotOpened(Unreadable.NO_PICTURE) from None
    except (OSError, SyntaxError, ValueError, ArithmeticError, LookupError, TypeError):
        raise NotOpened(Unreadable.NO_PICTURE) from None  # what decoders raise on broken bytes


def _decoded(content: bytes) -> Image.Image:
    with Image.open(io.BytesIO(content), formats=FORMATS) as sent:
        if sent.width * sent.height > MOST_PIXELS:
            raise NotOpened(Unreadable.TOO_LARGE)
        if min(sent.size) < SHORTEST_SIDE:
            raise NotOpened(Unreadable.NO_PICTURE)
        sent.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # a large JPEG is decoded smaller at once
        upright = ImageOps.exif_transpose(sent)
        if upright.has_transparency_data:
            clear = upright.convert("RGBA")
            upright = Image.new("RGB", clear.size, _WHITE)
            upright.paste(clear, mask=clear.getchannel("A"))
        picture = upright.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    # Only the pixels go on: no EXIF (where it was taken), no profile, no comment.
    clean = Image.new("RGB", picture.size)
    clean.paste(picture)
    return clean


def as_jpeg(picture: Image.Image, quality: int = 88) -> bytes:
    """A picture as a JPEG that carries nothing else."""
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True)
    return out.getvalue()
