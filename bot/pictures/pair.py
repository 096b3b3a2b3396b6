"""A picture before and after, side by side."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import font_manrope
from PIL import Image, ImageDraw, ImageFont, ImageOps

#: Pixels: a side of each half, the gap, the band with the words.
_SIDE, _GAP, _BAND = 720, 20, 84
_PAPER, _INK, _GREEN = (250, 247, 241), (74, 66, 58), (22, 116, 84)


def side_by_side(before: Image.Image, after: Image.Image) -> Image.Image:
    """Left as she sent it, whole; right as it could be (RGB)."""
    width, height = 2 * _SIDE + 3 * _GAP, _SIDE + _GAP + _BAND
    sheet = Image.new("RGB", (width, height), _PAPER)
    draw = ImageDraw.Draw(sheet)
    halves = ((_GAP, before, "Sebelum", _INK), (2 * _GAP + _SIDE, after, "Sesudah", _GREEN))
    for left, picture, word, ink in halves:
        whole = ImageOps.contain(picture, (_SIDE, _SIDE), Image.Resampling.LANCZOS)
        x, y = left + (_SIDE - whole.width) // 2, _GAP + (_SIDE - whole.height) // 2
        draw.rectangle((left, _GAP, left + _SIDE - 1, _GAP + _SIDE - 1), fill=(237, 231, 221))
        sheet.paste(whole, (x, y))
        at = (left + _SIDE // 2, _GAP + _SIDE + _BAND // 2)
        draw.text(at, word, font=_font(), fill=ink, anchor="mm")
    return sheet


@cache
def _font() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(Path(font_manrope.font_files["ManropeBold"]), 42)
