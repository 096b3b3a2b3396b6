"""What is for sale, each thing as large as it is to stand in the picture."""

from __future__ import annotations

import math
from random import Random

from PIL import Image, ImageChops, ImageDraw

from tests.pictures.colours import any_colour, blank, pale, shade, woody


def _jar(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(round(big * 0.72), big)
    w, h = thing.size
    body = any_colour(rng)
    draw.rounded_rectangle((0, h * 0.14, w - 1, h - 1), w // 8, fill=body)
    for _ in range(90):  # what is in it
        x, y, r = rng.uniform(0, w), rng.uniform(h * 0.2, h), rng.uniform(4, w / 14)
        draw.ellipse((x, y, x + r, y + r), fill=shade(body, rng.uniform(0.7, 1.35)))
    draw.rounded_rectangle((w * 0.04, 0, w * 0.96, h * 0.16), w // 20, fill=any_colour(rng))
    _label(rng, draw, (w * 0.14, h * 0.42, w * 0.86, h * 0.78))
    return _round(thing)


def _pouch(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(round(big * 0.7), big)
    w, h = thing.size
    body = any_colour(rng)
    draw.polygon(
        [(w * 0.05, 0), (w * 0.95, 0), (w - 1, h - 1), (0, h - 1)], fill=body, outline=None
    )
    draw.rectangle((w * 0.05, h * 0.02, w * 0.95, h * 0.07), fill=shade(body, 0.8))
    _label(rng, draw, (w * 0.12, h * 0.2, w * 0.88, h * 0.55))
    for _ in range(40):
        x, y, r = rng.uniform(w * 0.15, w * 0.75), rng.uniform(h * 0.6, h * 0.86), w / 9
        tone = shade(woody(rng), rng.uniform(0.9, 1.3))
        draw.ellipse((x, y, x + r, y + r * 0.7), fill=tone, outline=shade(tone, 0.7))
    return _round(thing)


def _bottle(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(round(big * 0.42), round(big * 1.15))
    w, h = thing.size
    body = any_colour(rng)
    draw.rounded_rectangle((w * 0.3, 0, w * 0.7, h * 0.3), w // 12, fill=shade(body, 0.8))
    draw.rounded_rectangle((0, h * 0.24, w - 1, h - 1), w // 5, fill=body)
    draw.rectangle((w * 0.28, 0, w * 0.72, h * 0.08), fill=any_colour(rng))
    _label(rng, draw, (w * 0.06, h * 0.45, w * 0.94, h * 0.8))
    return _round(thing)


def _box(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(big, round(big * 0.7))
    w, h = thing.size
    body = any_colour(rng)
    draw.rectangle((0, h * 0.12, w - 1, h - 1), fill=body)
    draw.polygon(
        [(0, h * 0.12), (w * 0.1, 0), (w * 0.9, 0), (w - 1, h * 0.12)], fill=shade(body, 1.25)
    )
    _label(rng, draw, (w * 0.15, h * 0.28, w * 0.85, h * 0.82))
    return thing


def _shirt(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(big, round(big * 0.95))
    w, h = thing.size
    body, other = any_colour(rng), any_colour(rng)
    shape = [(0.3, 0), (0.7, 0), (1, 0.2), (0.88, 0.42), (0.78, 0.34), (0.8, 1), (0.2, 1)]
    shape += [(0.22, 0.34), (0.12, 0.42), (0, 0.2)]
    draw.polygon([(x * (w - 1), y * (h - 1)) for x, y in shape], fill=body)
    cut, step = thing.getchannel("A"), max(8, w // 14)
    for x in range(0, w, step):
        for y in range(0, h, step):
            r = step * 0.36
            draw.ellipse((x - r, y - r, x + r, y + r), fill=other)
    thing.putalpha(cut)
    return thing


def _plate(rng: Random, big: int) -> Image.Image:
    thing, draw = blank(round(big * 1.1), round(big * 1.1))
    w, _ = thing.size
    plate = pale(rng)
    draw.ellipse((0, 0, w - 1, w - 1), fill=plate, outline=shade(plate, 0.8), width=3)
    draw.ellipse((w * 0.1, w * 0.1, w * 0.9, w * 0.9), fill=shade(plate, 0.95))
    food = woody(rng)
    for _ in range(70):
        angle, far = rng.uniform(0, math.tau), rng.uniform(0, 0.3) * w
        x, y, r = (
            w / 2 + far * math.cos(angle),
            w / 2 + far * math.sin(angle),
            rng.uniform(0.05, 0.1) * w,
        )
        tone = shade(food, rng.uniform(0.85, 1.5))
        draw.ellipse(
            (x - r, y - r * 0.8, x + r, y + r * 0.8), fill=tone, outline=shade(tone, 0.72), width=2
        )
    return thing


def _label(rng: Random, draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    paper = pale(rng)
    draw.rounded_rectangle(box, 6, fill=paper)
    left, top, right, bottom = box
    ink, y = shade(any_colour(rng), 0.5), top + (bottom - top) * 0.15
    while y < bottom - 12:
        x, tall = left + (right - left) * 0.12, rng.randint(5, 14)
        while x < right - (right - left) * 0.15:
            wide = rng.uniform(3, 16)
            draw.rectangle((x, y, x + wide, y + tall), fill=ink)
            x += wide + rng.uniform(3, 8)
        y += tall * 2


def _round(thing: Image.Image) -> Image.Image:
    """Light from the left, so that a flat shape looks round."""
    w, h = thing.size
    shade = (
        Image.linear_gradient("L").rotate(90).resize((w, h)).point(lambda v: 150 + v * 105 // 255)
    )
    shaded = ImageChops.multiply(thing.convert("RGB"), Image.merge("RGB", (shade,) * 3))
    shaded.putalpha(thing.getchannel("A"))
    return shaded


#: What may stand anywhere, and what is there to choose from where one looks down on a table.
ANYWHERE = (_jar, _pouch, _bottle, _box, _shirt)
FROM_ABOVE = (*ANYWHERE, _plate)
