"""Where it is photographed: walls, tables, cloths, a bright window, and all that lies about."""

from __future__ import annotations

from random import Random

from PIL import Image, ImageDraw

from tests.pictures.colours import any_colour, gradient, middle, pale, shade, woody


def background(rng: Random, size: tuple[int, int], *, lined: bool) -> tuple[Image.Image, str]:
    kinds = ("table", "planks") if lined else ("paper", "paper", "table", "planks", "cloth")
    kind = rng.choice(kinds)
    light = rng.choice((pale, pale, middle))
    picture = gradient(size, light(rng), light(rng) if kind == "table" else None, rng)
    draw = ImageDraw.Draw(picture)
    width, height = size
    if kind == "table":
        edge = round(height * rng.uniform(0.36, 0.6))
        wood = gradient((width, height - edge), woody(rng), None, rng)
        picture.paste(wood, (0, edge))
        for _ in range(rng.randint(20, 60)):
            y = rng.randint(edge + 4, height)
            _line(draw, rng, (rng.randint(0, width), y), width, wood.getpixel((3, 3)), 7)
    elif kind == "planks":
        picture = gradient(size, woody(rng), None, rng)
        draw = ImageDraw.Draw(picture)
        tone = picture.getpixel((3, 3))
        for y in range(0, height, height // rng.randint(4, 8)):
            draw.line((0, y, width, y), fill=shade(tone, 0.55), width=rng.randint(2, 4))
        for _ in range(80):
            at = (rng.randint(0, width), rng.randint(0, height))
            _line(draw, rng, at, width // 2, tone, 9)
    elif kind == "cloth":
        step, tone = rng.randint(6, 14), picture.getpixel((width // 2, height // 2))
        for x in range(0, width, step):
            draw.line((x, 0, x, height), fill=shade(tone, 0.96), width=1)
        for y in range(0, height, step):
            draw.line((0, y, width, y), fill=shade(tone, 1.03), width=1)
    return picture, kind


def _line(
    draw: ImageDraw.ImageDraw, rng: Random, at: tuple[int, int], long: int, tone: object, by: int
) -> None:
    x, y = at
    fill = shade(tone, 1 + rng.uniform(-by, by) / 100)
    draw.line((x, y, x + rng.randint(long // 4, long), y + rng.randint(-2, 2)), fill=fill, width=2)


def window(rng: Random, size: tuple[int, int], strength: float) -> Image.Image:
    """A bright window straight behind, with its frame."""
    glow = round(236 + 19 * strength)
    picture = gradient(size, (glow, glow, min(255, glow + 6)), (255, 255, 255), rng)
    draw = ImageDraw.Draw(picture)
    width, height = size
    if rng.random() < 0.6:
        x, thick = round(width * rng.uniform(0.2, 0.8)), rng.randint(10, 24)
        draw.rectangle((x, 0, x + thick, height), fill=(205, 203, 198))
    sill = round(height * rng.uniform(0.74, 0.86))
    tone = rng.randint(120, 190)
    draw.rectangle((0, sill, width, height), fill=(tone, tone - 8, tone - 20))
    return picture


def clutter(rng: Random, picture: Image.Image, strength: float) -> None:
    """Everything else that lies about in a kitchen."""
    draw = ImageDraw.Draw(picture)
    width, height = picture.size
    for _ in range(round(34 + 50 * strength)):
        x, y = rng.randint(0, width), rng.randint(0, height)
        w, h = (round(rng.uniform(0.04, 0.2) * min(width, height)) for _ in range(2))
        fill, form = any_colour(rng), rng.random()
        if form < 0.45:
            draw.rectangle((x, y, x + w, y + h), fill=fill, outline=shade(fill, 0.6), width=2)
        elif form < 0.8:
            draw.ellipse((x, y, x + w, y + h), fill=fill, outline=shade(fill, 0.7), width=2)
        else:
            draw.line((x, y, x + 2 * w, y + h), fill=fill, width=rng.randint(3, 9))
