"""Pictures of things for sale, made in code: varied scenes, clean ones and ones with a known fault.

Everything comes from one ``Random``, so that a seed is a set of pictures. Nothing here knows how
pictures are judged: a fault is made the way a camera or a room makes it, at a strength 0 (just to
be seen) to 1 (plain).
"""

from __future__ import annotations

import io
import math
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from bot.domain.pictures import Fault

Colour = tuple[int, int, int]

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
    ground, kind = _background(rng, room, lined=fault is Fault.CROOKED)
    if fault is Fault.BACKLIT:
        ground = _window(rng, room, strength)
    if fault is Fault.CLUTTERED:
        _clutter(rng, ground, strength)
    things = Image.new("L", room, 0)
    _place(rng, ground, things, size, kind, fault)
    if fault is Fault.BACKLIT:
        black = Image.new("RGB", room)
        shadowed = Image.blend(black, ground, 0.42 - 0.27 * strength)
        ground.paste(shadowed, mask=things.filter(ImageFilter.GaussianBlur(1)))
    else:
        ground = _lit(rng, ground)
    scene = ground.rotate(turned, Image.Resampling.BILINEAR)
    left, top = (room[0] - size[0]) // 2, (room[1] - size[1]) // 2
    scene = scene.crop((left, top, left + size[0], top + size[1]))
    return Made(_taken(rng, scene, fault, strength), fault, strength)


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


def _background(rng: Random, size: tuple[int, int], *, lined: bool) -> tuple[Image.Image, str]:
    kinds = ("table", "planks") if lined else ("paper", "paper", "table", "planks", "cloth")
    kind = rng.choice(kinds)
    light = rng.choice((_pale, _pale, _middle))
    picture = _gradient(size, light(rng), light(rng) if kind == "table" else None, rng)
    draw = ImageDraw.Draw(picture)
    width, height = size
    if kind == "table":
        edge = round(height * rng.uniform(0.36, 0.6))
        wood = _gradient((width, height - edge), _woody(rng), None, rng)
        picture.paste(wood, (0, edge))
        for _ in range(rng.randint(20, 60)):
            y = rng.randint(edge + 4, height)
            _line(draw, rng, (rng.randint(0, width), y), width, wood.getpixel((3, 3)), 7)
    elif kind == "planks":
        picture = _gradient(size, _woody(rng), None, rng)
        draw = ImageDraw.Draw(picture)
        tone = picture.getpixel((3, 3))
        for y in range(0, height, height // rng.randint(4, 8)):
            draw.line((0, y, width, y), fill=_shade(tone, 0.55), width=rng.randint(2, 4))
        for _ in range(80):
            at = (rng.randint(0, width), rng.randint(0, height))
            _line(draw, rng, at, width // 2, tone, 9)
    elif kind == "cloth":
        step, tone = rng.randint(6, 14), picture.getpixel((width // 2, height // 2))
        for x in range(0, width, step):
            draw.line((x, 0, x, height), fill=_shade(tone, 0.96), width=1)
        for y in range(0, height, step):
            draw.line((0, y, width, y), fill=_shade(tone, 1.03), width=1)
    return picture, kind


def _line(
    draw: ImageDraw.ImageDraw, rng: Random, at: tuple[int, int], long: int, tone: object, by: int
) -> None:
    x, y = at
    fill = _shade(tone, 1 + rng.uniform(-by, by) / 100)
    draw.line((x, y, x + rng.randint(long // 4, long), y + rng.randint(-2, 2)), fill=fill, width=2)


def _window(rng: Random, size: tuple[int, int], strength: float) -> Image.Image:
    """A bright window straight behind, with its frame."""
    glow = round(236 + 19 * strength)
    picture = _gradient(size, (glow, glow, min(255, glow + 6)), (255, 255, 255), rng)
    draw = ImageDraw.Draw(picture)
    width, height = size
    if rng.random() < 0.6:
        x, thick = round(width * rng.uniform(0.2, 0.8)), rng.randint(10, 24)
        draw.rectangle((x, 0, x + thick, height), fill=(205, 203, 198))
    sill = round(height * rng.uniform(0.74, 0.86))
    tone = rng.randint(120, 190)
    draw.rectangle((0, sill, width, height), fill=(tone, tone - 8, tone - 20))
    return picture


def _clutter(rng: Random, picture: Image.Image, strength: float) -> None:
    """Everything else that lies about in a kitchen."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for _ in range(round(34 + 50 * strength)):
        x, y = rng.randint(0, width), rng.randint(0, height)
        w, h = (round(rng.uniform(0.04, 0.2) * min(width, height)) for _ in range(2))
        fill, form = _any(rng), rng.random()
        if form < 0.45:
            draw.rectangle((x, y, x + w, y + h), fill=fill, outline=_shade(fill, 0.6), width=2)
        elif form < 0.8:
            draw.ellipse((x, y, x + w, y + h), fill=fill, outline=_shade(fill, 0.7), width=2)
        else:
            draw.line((x, y, x + 2 * w, y + h), fill=fill, width=rng.randint(3, 9))


def _place(
    rng: Random,
    picture: Image.Image,
    things: Image.Image,
    size: tuple[int, int],
    ground: str,
    fault: Fault | None,
) -> None:
    """Put what is for sale into the middle: one, or a few of a kind."""
    draws: list[Callable[[Random, int], Image.Image]] = [_jar, _pouch, _bottle, _box, _shirt]
    if ground in ("paper", "planks", "cloth"):
        draws.append(_plate)
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


# What is for sale.


def _jar(rng: Random, big: int) -> Image.Image:
    thing, draw = _blank(round(big * 0.72), big)
    w, h = thing.size
    body = _any(rng)
    draw.rounded_rectangle((0, h * 0.14, w - 1, h - 1), w // 8, fill=body)
    for _ in range(90):  # what is in it
        x, y, r = rng.uniform(0, w), rng.uniform(h * 0.2, h), rng.uniform(4, w / 14)
        draw.ellipse((x, y, x + r, y + r), fill=_shade(body, rng.uniform(0.7, 1.35)))
    draw.rounded_rectangle((w * 0.04, 0, w * 0.96, h * 0.16), w // 20, fill=_any(rng))
    _label(rng, draw, (w * 0.14, h * 0.42, w * 0.86, h * 0.78))
    return _round(thing)


def _pouch(rng: Random, big: int) -> Image.Image:
    thing, draw = _blank(round(big * 0.7), big)
    w, h = thing.size
    body = _any(rng)
    draw.polygon(
        [(w * 0.05, 0), (w * 0.95, 0), (w - 1, h - 1), (0, h - 1)], fill=body, outline=None
    )
    draw.rectangle((w * 0.05, h * 0.02, w * 0.95, h * 0.07), fill=_shade(body, 0.8))
    _label(rng, draw, (w * 0.12, h * 0.2, w * 0.88, h * 0.55))
    for _ in range(40):
        x, y, r = rng.uniform(w * 0.15, w * 0.75), rng.uniform(h * 0.6, h * 0.86), w / 9
        tone = _shade(_woody(rng), rng.uniform(0.9, 1.3))
        draw.ellipse((x, y, x + r, y + r * 0.7), fill=tone, outline=_shade(tone, 0.7))
    return _round(thing)


def _bottle(rng: Random, big: int) -> Image.Image:
    thing, draw = _blank(round(big * 0.42), round(big * 1.15))
    w, h = thing.size
    body = _any(rng)
    draw.rounded_rectangle((w * 0.3, 0, w * 0.7, h * 0.3), w // 12, fill=_shade(body, 0.8))
    draw.rounded_rectangle((0, h * 0.24, w - 1, h - 1), w // 5, fill=body)
    draw.rectangle((w * 0.28, 0, w * 0.72, h * 0.08), fill=_any(rng))
    _label(rng, draw, (w * 0.06, h * 0.45, w * 0.94, h * 0.8))
    return _round(thing)


def _box(rng: Random, big: int) -> Image.Image:
    thing, draw = _blank(big, round(big * 0.7))
    w, h = thing.size
    body = _any(rng)
    draw.rectangle((0, h * 0.12, w - 1, h - 1), fill=body)
    draw.polygon(
        [(0, h * 0.12), (w * 0.1, 0), (w * 0.9, 0), (w - 1, h * 0.12)], fill=_shade(body, 1.25)
    )
    _label(rng, draw, (w * 0.15, h * 0.28, w * 0.85, h * 0.82))
    return thing


def _shirt(rng: Random, big: int) -> Image.Image:
    thing, draw = _blank(big, round(big * 0.95))
    w, h = thing.size
    body, other = _any(rng), _any(rng)
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
    thing, draw = _blank(round(big * 1.1), round(big * 1.1))
    w, _ = thing.size
    plate = _pale(rng)
    draw.ellipse((0, 0, w - 1, w - 1), fill=plate, outline=_shade(plate, 0.8), width=3)
    draw.ellipse((w * 0.1, w * 0.1, w * 0.9, w * 0.9), fill=_shade(plate, 0.95))
    food = _woody(rng)
    for _ in range(70):
        angle, far = rng.uniform(0, math.tau), rng.uniform(0, 0.3) * w
        x, y, r = (
            w / 2 + far * math.cos(angle),
            w / 2 + far * math.sin(angle),
            rng.uniform(0.05, 0.1) * w,
        )
        tone = _shade(food, rng.uniform(0.85, 1.5))
        draw.ellipse(
            (x - r, y - r * 0.8, x + r, y + r * 0.8), fill=tone, outline=_shade(tone, 0.72), width=2
        )
    return thing


def _label(rng: Random, draw: ImageDraw.ImageDraw, box: tuple[float, float, float, float]) -> None:
    paper = _pale(rng)
    draw.rounded_rectangle(box, 6, fill=paper)
    left, top, right, bottom = box
    ink, y = _shade(_any(rng), 0.5), top + (bottom - top) * 0.15
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


# Light and camera.


def _lit(rng: Random, picture: Image.Image) -> Image.Image:
    """Stronger on one side, as light from a window is."""
    fall = Image.linear_gradient("L").rotate(rng.choice((0, 90, 180, 270)))
    low = rng.randint(175, 235)
    fall = fall.resize(picture.size).point(lambda v: low + v * (255 - low) // 255)
    tint = [fall.point([round(v * by) for v in range(256)]) for by in _tint(rng)]
    lit = ImageChops.multiply(picture, Image.merge("RGB", tint))
    # A camera chooses how much light it takes in, by what is brightest but for a little.
    counts, seen, brightest = lit.convert("L").reduce(8).histogram(), 0, 255
    while seen < sum(counts) * 0.03:
        seen += counts[brightest]
        brightest -= 1
    return _exposed(lit, (rng.uniform(205, 243) / brightest) ** 2.2)


def _tint(rng: Random) -> tuple[float, float, float]:
    warm = rng.uniform(-0.05, 0.05)
    return 1 - max(0, -warm), 0.985, 1 - max(0, warm)


def _taken(rng: Random, scene: Image.Image, fault: Fault | None, strength: float) -> Image.Image:
    """Through a lens onto a sensor into a file."""
    lens = rng.uniform(0.4, 0.8)
    if fault is Fault.BLURRED and rng.random() < 0.4:
        scene = _shaken(rng, scene, round(8 + 14 * strength))
    elif fault is Fault.BLURRED:
        lens = 2.8 + 5 * strength
    scene = scene.filter(ImageFilter.GaussianBlur(lens * max(scene.size) / 1000))
    noise = rng.uniform(1.5, 5)
    if fault is Fault.DARK:
        scene = _exposed(scene, 2 ** -(2.3 + 1.9 * strength))
        noise += 4
    elif fault is Fault.BRIGHT:
        scene = _exposed(scene, 2 ** (1.5 + 1.2 * strength))
    coarse = (scene.width // 2, scene.height // 2)  # neighbours share it, as JPEG has it
    grain = Image.frombytes("L", coarse, rng.randbytes(coarse[0] * coarse[1]))
    grain = grain.point([round(128 + (v - 127.5) * noise / 37) for v in range(256)])
    grain = grain.resize(scene.size, Image.Resampling.NEAREST)
    scene = ImageChops.add(scene, Image.merge("RGB", (grain,) * 3), 1, -128)
    if fault is Fault.SMALL:
        by = (400 - 220 * strength) / min(scene.size)
        scene = scene.resize((round(scene.width * by), round(scene.height * by)))
    file = io.BytesIO()
    scene.save(file, "JPEG", quality=rng.randint(72, 92))
    return Image.open(file).convert("RGB")


def _exposed(scene: Image.Image, gain: float) -> Image.Image:
    """More or less light, as the sensor counts it (before the curve that eyes want)."""
    table = [min(255, round(255 * (gain * (v / 255) ** 2.2) ** (1 / 2.2))) for v in range(256)]
    return scene.point(table * 3)


def _shaken(rng: Random, scene: Image.Image, far: int) -> Image.Image:
    """The phone moved while it looked."""
    angle = rng.uniform(0, math.tau)
    steps = [(math.cos(angle) * i, math.sin(angle) * i) for i in range(-far // 2, far // 2, 2)]
    out = scene
    for count, (x, y) in enumerate(steps, 1):
        moved = ImageChops.offset(scene, round(x), round(y))
        out = Image.blend(out, moved, 1 / (count + 1))
    return out


# Colours.


def _blank(width: int, height: int) -> tuple[Image.Image, ImageDraw.ImageDraw]:
    thing = Image.new("RGBA", (width, height), (0, 0, 0, 0))
    return thing, ImageDraw.Draw(thing)


def _gradient(size: tuple[int, int], one: Colour, other: Colour | None, rng: Random) -> Image.Image:
    other = other or _shade(one, rng.uniform(0.82, 0.97))
    mask = Image.linear_gradient("L").resize(size)
    return Image.composite(Image.new("RGB", size, other), Image.new("RGB", size, one), mask)


def _shade(colour: object, by: float) -> Colour:
    assert isinstance(colour, tuple)
    red, green, blue = (max(0, min(255, round(one * by))) for one in colour[:3])
    return red, green, blue


def _pale(rng: Random) -> Colour:
    base = rng.randint(196, 240)
    return base + rng.randint(-8, 8), base + rng.randint(-8, 6), base + rng.randint(-18, 6)


def _middle(rng: Random) -> Colour:
    return rng.randint(90, 190), rng.randint(90, 180), rng.randint(80, 180)


def _woody(rng: Random) -> Colour:
    base = rng.randint(100, 190)
    return base + 20, round(base * 0.82), round(base * 0.58)


def _any(rng: Random) -> Colour:
    return rng.randint(40, 235), rng.randint(40, 225), rng.randint(40, 225)
