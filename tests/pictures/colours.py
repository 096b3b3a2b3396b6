"""Colours of things and rooms, by chance."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw

Colour = tuple[int, int, int]


def blank(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    thing = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    return thing, ImageDraw.Draw(thing)


def gradient(size: tuple[int, int], one: Colour, other: Colour | None, rng: Random) -> Image.Image:
    other = other or shade(one, rng.uniform(0.82, 0.97))
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, other), Image.new("RGB", size, one), mask)


def shade(colour: object, by: float) -> Colour:
    assert isinstance(colour, tuple)
    red, green, blue = (max(0, min(255, round(one * by))) for one in colour[:3])
    return red, green, blue


def pale(rng: Random) -> Colour:
    base = rng.randint(196, 240)
    return base + rng.randint(-8, 8), base + rng.randint(-8, 6), base + rng.randint(-18, 6)


def middle(rng: Random) -> Colour:
    return rng.randint(90, 190), rng.randint(90, 180), rng.randint(80, 180)


def woody(rng: Random) -> Colour:
    base = rng.randint(100, 190)
    return base + 20, round(base * 0.82), round(base * 0.58)


def any_colour(rng: Random) -> Colour:
    return rng.randint(40, 235), rng.randint(40, 225), rng.randint(40, 225)
