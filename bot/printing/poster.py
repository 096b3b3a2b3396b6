"""Setting a promo picture: photo, name, price and phone in one of three square designs."""

from __future__ import annotations

import io
import json
import tempfile
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import font_manrope
import typst
from PIL import Image, ImageDraw, ImageFont

from bot.pictures.colours import Rgb, palette
from bot.pictures.improving import framed, square, well_lit
from bot.pictures.looking import look
from bot.pictures.opening import as_jpeg
from bot.pictures.palette_png import small_png
from bot.pictures.subject import Box

_TEMPLATE = Path(__file__).with_name("poster.typ")
_FONTS = str(font_manrope.font_directory)

#: How many designs there are, a side of one in pixels, and bytes of one at most.
DESIGNS, SIDE, LARGEST = 3, 1080, 200_000

#: For each design, the photo's pixels, and in which upper share of them the thing is.
_FULL = 3
_FRAMES = {1: ((1080, 690), 1.0), 2: ((868, 576), 1.0), _FULL: ((1080, 1080), 0.64)}

#: Pixels of each design on the sheet they are chosen from.
_SHOWN, _GAP, _BAND = 520, 20, 76


@dataclass(frozen=True, slots=True)
class Poster:
    """What stands on a promo picture; ``price`` as people write it, no ``phone`` when empty."""

    name: str
    price: str
    phone: str = ""


def poster(photo: Image.Image, words: Poster, design: int) -> bytes:
    """One design (1 to ``DESIGNS``) as a PNG of ``SIDE`` by ``SIDE`` pixels under ``LARGEST`` bytes."""
    return small_png(_set(*well_lit(photo, look(photo)), words, design), LARGEST)


def sheet(photo: Image.Image, words: Poster) -> bytes:
    """All designs beside one another with their numbers, to choose from (JPEG)."""
    better, thing = well_lit(photo, look(photo))
    width = DESIGNS * _SHOWN + (DESIGNS + 1) * _GAP
    whole = Image.new("RGB", (width, _SHOWN + _GAP + _BAND), (245, 242, 236))
    draw = ImageDraw.Draw(whole)
    font = ImageFont.truetype(font_manrope.font_files["ManropeExtraBold"], 44)
    for index in range(DESIGNS):
        left = _GAP + index * (_SHOWN + _GAP)
        one = _set(better, thing, words, index + 1, ppi=72.0 * _SHOWN / SIDE)
        whole.paste(one.resize((_SHOWN, _SHOWN)), (left, _GAP))
        at = (left + _SHOWN // 2, _GAP + _SHOWN + _BAND // 2)
        draw.text(at, str(index + 1), font=font, fill=(60, 54, 48), anchor="mm")
    return as_jpeg(whole, 86)


def printable(words: str) -> str:
    """The words without what the letters of our font do not have: emoji, other scripts."""
    kept = [sign if _has_letter(sign) else " " for sign in unicodedata.normalize("NFKC", words)]
    return " ".join("".join(kept).split())


def _has_letter(sign: str) -> bool:
    if sign.isascii():
        return sign.isprintable()
    return sign in "–—‘’“”…×·" or unicodedata.name(sign, "").startswith("LATIN ")


def _set(
    better: Image.Image, thing: Box, words: Poster, design: int, ppi: float = 72.0
) -> Image.Image:
    colours = palette(better.crop(square(better.size, thing)))
    size, lowest = _FRAMES[design]
    photo = framed(better, thing, size, lowest)
    if design == _FULL:
        photo = _shaded(photo, colours.deep)
    facts: dict[str, Any] = {
        "design": design,
        "name": printable(words.name) or words.price,
        "price": words.price,
        "phone": printable(words.phone),
        "order": "Pesan: WA ",
        "colours": [_hex(one) for one in colours.four],
    }
    with tempfile.TemporaryDirectory() as home:
        (Path(home) / "photo.jpg").write_bytes(as_jpeg(photo, 94))
        (Path(home) / "poster.typ").write_bytes(_TEMPLATE.read_bytes())
        made: Any = typst.compile(
            str(Path(home) / "poster.typ"),
            root=home,
            format="png",
            ppi=ppi,
            font_paths=[_FONTS],
            ignore_system_fonts=True,
            sys_inputs={"poster": json.dumps(facts)},
        )
    content = bytes(made[0] if isinstance(made, list) else made)
    return Image.open(io.BytesIO(content)).convert("RGB")


def _shaded(photo: Image.Image, colour: Rgb) -> Image.Image:
    """The picture going over into a colour at its foot, so that words can be read on it."""
    shade = [round(255 * min(0.93, max(0.0, (at / 255 - 0.5) / 0.24))) for at in range(256)]
    mask = Image.linear_gradient("L").point(shade).resize(photo.size, Image.Resampling.BICUBIC)
    photo.paste(Image.new("RGB", photo.size, colour), mask=mask)
    return photo


def _hex(colour: Rgb) -> str:
    return "#{:02x}{:02x}{:02x}".format(*colour)
