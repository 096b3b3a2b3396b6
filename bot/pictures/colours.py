"""Colours for a poster, taken from a picture of the thing: one deep, one strong, one soft, one nearly white."""

from __future__ import annotations

import colorsys
from dataclasses import dataclass

from PIL import Image

Rgb = tuple[int, int, int]

#: What a picture without colours gets: a warm green.
_WITHOUT = 0.45

#: Colours looked at in the picture.
_LOOKED_AT = 10

#: Colours under this chroma (0 to 1) are grey; and the contrast words need (WCAG 2, AA).
_GREY, READABLE = 0.08, 4.5


@dataclass(frozen=True, slots=True)
class Palette:
    """Four colours that go together: white can be read on the first two, the deep one on the others."""

    deep: Rgb
    strong: Rgb
    soft: Rgb
    paper: Rgb

    @property
    def four(self) -> tuple[Rgb, Rgb, Rgb, Rgb]:
        """Deep, strong, soft, paper."""
        return self.deep, self.strong, self.soft, self.paper


def palette(thing: Image.Image) -> Palette:
    """The colours of a poster for this picture; words on them can always be read."""
    hue, liveliness = _hue(thing)
    sat = 0.45 + 0.35 * liveliness
    strong = _colour(hue, 0.42, sat)
    while contrast(strong, (255, 255, 255)) < READABLE:
        strong = _rounded(*(one * 0.94 for one in strong))
    return Palette(
        deep=_colour(hue, 0.14, 0.5),
        strong=strong,
        soft=_colour(hue, 0.88, 0.5),
        paper=_colour(hue, 0.972, 0.45),
    )


def _hue(thing: Image.Image) -> tuple[float, float]:
    """The hue there is most of, lively ones counting more; and how lively it is (0 to 1)."""
    small = thing.resize((64, 64), Image.Resampling.BOX).crop((8, 8, 56, 56))
    counted = small.quantize(_LOOKED_AT, Image.Quantize.MEDIANCUT).convert("RGB").getcolors()
    best, hue, lively = 0.0, _WITHOUT, 0.5
    for count, colour in counted or ():
        red, green, blue = colour if isinstance(colour, tuple) else (0, 0, 0)
        h, light, sat = colorsys.rgb_to_hls(red / 255, green / 255, blue / 255)
        chroma = sat * (1 - abs(2 * light - 1))
        weight = count**0.5 * chroma
        if chroma > _GREY and weight > best:
            best, hue, lively = weight, h, min(1.0, chroma * 1.6)
    return hue, lively


def _colour(hue: float, light: float, sat: float) -> Rgb:
    red, green, blue = colorsys.hls_to_rgb(hue, light, sat)
    return _rounded(red * 255, green * 255, blue * 255)


def _rounded(red: float, green: float, blue: float) -> Rgb:
    return round(red), round(green), round(blue)


def contrast(one: Rgb, other: Rgb) -> float:
    """How well one can be read on the other, 1 to 21 (WCAG 2)."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: Rgb) -> float:
    linear = [
        one / 255 / 12.92 if one <= 10 else ((one / 255 + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - the standard's
        for one in colour
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
