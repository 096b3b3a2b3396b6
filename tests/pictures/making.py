"""Pictures of things for sale, made in code: varied scenes, clean ones and ones with a known fault.

Everything comes from one ``Random``, so that a seed is a set of pictures. Nothing here knows how
pictures are judged: a fault is made the way a camera or a room makes it, at a strength 0 (just to
be seen) to 1 (plain).
"""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageFilter

from bot.domain.pictures import Fault
from tests.pictures.camera import lit, taken
from tests.pictures.goods import ANYWHERE, FROM_ABOVE
from tests.pictures.room import background, clutter, window

#: Shapes a phone takes pictures in, as width to height.
_SHAPES = (3 / 4, 4 / 3, 1.0, 9 / 16, 16 / 9)


@dataclass(frozen=True, slots=True)
class Made:
    """A picture, and the one fault it was given, if any."""

    picture: Image.Image
    fault: Fault | None
    strength: float


def make(rng: Random, fault: Fault | None, strength: float = 1.0) -> Made:
    """One picture; ``strength`` 0 to 1."""
    shape, short = rng.choice(_SHAPES), rng.randint(560, 700)
    size = (round(short * max(shape, 1)), round(short / min(shape, 1)))
    turned = 0.0
    if fault is Fault.CROOKED:
        turned = rng.choice((-1, 1)) * (5 + 9 * strength)
    elif fault is not Fault.BACKLIT:
        turned = rng.uniform(-1.5, 1.5)  # nobody holds a phone perfectly level
    # The room is larger than the picture, so that it can be turned and cut.
    larger = 1.4 if fault is Fault.CROOKED else 1.07
    room = (round(size[0] * larger), round(size[1] * larger))
    ground, kind = background(rng, room, lined=fault is Fault.CROOKED)
    if fault is Fault.BACKLIT:
        ground = window(rng, room, strength)
    if fault is Fault.CLUTTERED:
        clutter(rng, ground, strength)
    things = Image.new("L", room, 0)
    _place(rng, ground, things, size, kind, fault)
    if fault is Fault.BACKLIT:
        black = Image.new("RGB", room)
        shadowed = Image.blend(black, ground, 0.42 - 0.27 * strength)
        ground.paste(shadowed, mask=things.filter(ImageFilter.GaussianBlur(1)))
    else:
        ground = lit(rng, ground)
    scene = ground.rotate(turned, Image.Resampling.BILINEAR)
    left, top = (room[0] - size[0]) // 2, (room[1] - size[1]) // 2
    scene = scene.crop((left, top, left + size[0], top + size[1]))
    return Made(taken(rng, scene, fault, strength), fault, strength)


#: Pictures for transcripts, by what people would call them.
_CAMERA = {
    "bagus": (None, 5),
    "gelap": (Fault.DARK, 6),
    "kabur": (Fault.BLURRED, 8),
    "miring": (Fault.CROOKED, 9),
    "silau": (Fault.BRIGHT, 1),
    "kecil": (Fault.SMALL, 1),
    "ramai": (Fault.CLUTTERED, 1),
    "membelakangi": (Fault.BACKLIT, 1),
}


@cache
def sent(name: str) -> bytes:
    """The file behind a picture of a transcript: a good one, one with a fault, or none at all."""
    if name == "rusak":
        return b"\xff\xd8\xff\xe0 this is no picture"
    if name == "raksasa":
        return bomb(30_000, 30_000)
    fault, seed = _CAMERA[name]
    file = io.BytesIO()
    made = make(Random(seed), fault)  # noqa: S311 - a seed is what is wanted
    made.picture.save(file, "JPEG")
    return file.getvalue()


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few hundred bytes that says it is very large."""
    file = io.BytesIO()
    Image.new("1", (8, 8)).save(file, "PNG")
    small = file.getvalue()
    inside = b"IHDR" + struct.pack(">II", width, height) + small[24:29]
    return small[:12] + inside + struct.pack(">I", zlib.crc32(inside)) + small[33:]


def _place(
    rng: Random,
    picture: Image.Image,
    things: Image.Image,
    size: tuple[int, int],
    ground: str,
    fault: Fault | None,
) -> None:
    """Put what is for sale into the middle: one, or a few of a kind."""
    draws = FROM_ABOVE if ground in ("paper", "planks", "cloth") else ANYWHERE
    one, many = rng.choice(draws), rng.choice((1, 1, 1, 2, 3))
    big = round(min(size) * rng.uniform(0.5, 0.72) / (1 if many == 1 else 0.75 * many))
    cx = picture.width // 2 + round(rng.uniform(-0.05, 0.05) * size[0])
    cy = picture.height // 2 + round(rng.uniform(-0.02, 0.06) * size[1])
    for index in range(many):
        thing = one(rng, big)
        x = cx + round((index - (many - 1) / 2) * big * 0.85) - thing.width // 2
        y = cy - thing.height // 2
        mask, edge = thing.getchannel("A"), big // 10
        shadow = Image.new("L", (thing.width + 2 * edge, thing.height + 2 * edge), 0)
        shadow.paste(mask.point(lambda v: v // 2), (edge, edge))
        shadow = shadow.filter(ImageFilter.BoxBlur(big // 22))
        if fault is not Fault.BACKLIT:
            at = (x - edge + big // 30, y - edge + big // 22)
            picture.paste((30, 26, 24), at, shadow)
        picture.paste(thing, (x, y), mask)
        things.paste(mask, (x, y), mask)
