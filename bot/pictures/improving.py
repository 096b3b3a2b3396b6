"""A little of what a patient photographer would do: level, a square around the thing, better light."""

from __future__ import annotations

import math
from collections.abc import Sequence

from PIL import Image, ImageDraw, ImageFilter, ImageOps, ImageStat

from bot.domain.pictures import Fault
from bot.pictures.looking import Seen
from bot.pictures.subject import Box

#: Pixels of a side of the square at most.
SIDE = 1080

#: Room left around the thing, and the least share of the shorter side that is kept.
_AROUND, _LEAST_KEPT = 0.2, 0.7

#: How bright the brightest and the middle of a well-lit picture are (0 to 255).
_BRIGHTEST, _MIDDLE = 242, 132

#: How far light may be pushed: more shows the grain, not the thing.
_MOST_GAMMA, _MOST_STRETCH, _A_LITTLE = 2.2, 3.0, 1.3


def improve(picture: Image.Image, seen: Seen) -> Image.Image:
    """The same thing, level, square and in better light (RGB, at most ``SIDE`` pixels a side)."""
    better, box = well_lit(picture, seen)
    better = better.crop(square(better.size, box))
    if better.width > SIDE:
        better = better.resize((SIDE, SIDE), Image.Resampling.LANCZOS)
    return better


def well_lit(picture: Image.Image, seen: Seen) -> tuple[Image.Image, Box]:
    """The whole picture, level and in better light; and where the thing is in it."""
    better, box = picture, seen.subject
    if Fault.CROOKED in seen.faults:
        better, box = _level(picture, box, seen.measures.tilt)
    if {Fault.DARK, Fault.BACKLIT} & set(seen.faults):
        # More light shows more grain: it is smoothed first.
        calm = better.filter(ImageFilter.MedianFilter(3)).filter(ImageFilter.GaussianBlur(0.8))
        return _lit(_neutral(calm), box, _MOST_STRETCH, 1.0), box
    lit = _lit(_neutral(better), box, _A_LITTLE, 1.25 if Fault.BRIGHT in seen.faults else 1.0)
    return lit.filter(ImageFilter.UnsharpMask(radius=1.5, percent=45, threshold=4)), box


def framed(
    picture: Image.Image, box: Box, size: tuple[int, int], lowest: float = 1.0
) -> Image.Image:
    """The picture in a frame of ``size`` pixels, the thing whole and within the upper ``lowest`` of it.

    Where the picture does not reach, its own colours go on, blurred.
    """
    width, height = size
    left, right = box.left * picture.width, box.right * picture.width
    top, bottom = box.top * picture.height, box.bottom * picture.height
    # Picture pixels across the frame: enough for the thing with room around, and not much more.
    room = 1 + _AROUND * 1.5
    across = max((right - left) * room, (bottom - top) * room / lowest * width / height)
    across = max(across, min(picture.width, picture.height * width / height) * _LEAST_KEPT)
    down = across * height / width
    x = _kept_in((left + right) / 2 - across / 2, across, picture.width)
    wanted = (top + bottom) / 2 - down * lowest / 2
    # What is under ``lowest`` will be covered: there the picture may end.
    y = max(0.0, wanted) if lowest < 1 else _kept_in(wanted, down, picture.height)
    whole = (x >= 0, y >= 0, x + across <= picture.width + 1, y + down <= picture.height + 1)
    cut = picture.transform(
        size, Image.Transform.EXTENT, (x, y, x + across, y + down), Image.Resampling.BICUBIC
    )
    if all(whole):
        return cut
    return _gone_on(picture, cut, (x, y, across / width))


def _kept_in(start: float, length: float, reach: int) -> float:
    """The start moved so that the length lies within the reach, or is centred on it."""
    if length >= reach:
        return (reach - length) / 2
    return max(0.0, min(reach - length, start))


def _gone_on(picture: Image.Image, cut: Image.Image, at: tuple[float, float, float]) -> Image.Image:
    """``cut`` where the picture is, softly going over into a blurred ground where it is not."""
    x, y, scale = at
    ground = ImageOps.fit(picture, cut.size, Image.Resampling.BILINEAR)
    ground = ground.filter(ImageFilter.GaussianBlur(cut.width / 22))
    edge = cut.width // 50
    there = Image.new("L", cut.size, 0)
    box = (-x / scale, -y / scale, (picture.width - x) / scale, (picture.height - y) / scale)
    inner = [value + (edge if index < 2 else -edge) for index, value in enumerate(box)]  # noqa: PLR2004 - left, top
    outer = (-2 * edge, -2 * edge, cut.width + 2 * edge, cut.height + 2 * edge)
    limits = [outer[i] if outside else inner[i] for i, outside in enumerate(_beyond(box, cut.size))]
    ImageDraw.Draw(there).rectangle(limits, fill=255)
    ground.paste(cut, mask=there.filter(ImageFilter.GaussianBlur(edge / 2)))
    return ground


def _beyond(box: tuple[float, ...], size: tuple[int, int]) -> tuple[bool, bool, bool, bool]:
    """On which sides the picture reaches the frame's edge or goes further."""
    return box[0] <= 1, box[1] <= 1, box[2] >= size[0] - 1, box[3] >= size[1] - 1


def square(size: tuple[int, int], box: Box) -> tuple[int, int, int, int]:
    """The pixels of a square with the thing in its middle, as far as the picture reaches."""
    width, height = size
    thing = max((box.right - box.left) * width, (box.bottom - box.top) * height)
    shorter = min(width, height)
    side = round(min(shorter, max(thing * (1 + 2 * _AROUND), shorter * _LEAST_KEPT)))
    left = _within((box.left + box.right) / 2 * width - side / 2, width - side)
    top = _within((box.top + box.bottom) / 2 * height - side / 2, height - side)
    return left, top, left + side, top + side


def _within(value: float, most: int) -> int:
    return max(0, min(most, round(value)))


def _level(picture: Image.Image, box: Box, tilt: float) -> tuple[Image.Image, Box]:
    """Turned level; only the part that is picture on all sides, and where the thing is in it."""
    turned = picture.rotate(-tilt, Image.Resampling.BICUBIC)
    width, height = picture.size
    slope = abs(math.sin(math.radians(tilt)))
    dx, dy = round(height * slope / 2), round(width * slope / 2)
    kept = (dx, dy, width - dx, height - dy)
    inner = turned.crop(kept)

    def moved(x: float, y: float) -> tuple[float, float]:
        return (x * width - dx) / inner.width, (y * height - dy) / inner.height

    (left, top), (right, bottom) = moved(box.left, box.top), moved(box.right, box.bottom)
    return inner, Box(max(0.0, left), max(0.0, top), min(1.0, right), min(1.0, bottom))


def _neutral(picture: Image.Image) -> Image.Image:
    """Half of the tint of the light taken out: what is lightest is taken for nearly white."""
    small = picture.reduce(max(1, picture.width // 200))
    grey = small.convert("L")
    lightest = grey.point(_mask_from(_reached(grey.histogram(), 0.9)))
    means = ImageStat.Stat(small, lightest).mean
    goal = max(means)
    if goal - min(means) > 0.25 * goal:
        return picture  # a coloured wall, not coloured light
    table: list[int] = []
    for mean in means:
        by = 1 + (goal / max(1.0, mean) - 1) / 2
        table += [min(255, round(value * by)) for value in range(256)]
    return picture.point(table)


def _lit(picture: Image.Image, thing: Box, most: float, darkest: float) -> Image.Image:
    """Stretched from dark to light by ``most`` at most, and the middle brought to the eye's liking.

    ``darkest`` is the largest exponent: over 1 a pale picture may become darker.
    """
    grey = picture.reduce(max(1, picture.width // 200)).convert("L")
    counts = grey.histogram()
    low = min(_reached(counts, 0.004) * 2 // 3, 40)
    high = _reached(counts, 0.985)
    stretch = min(most, max(1.0, _BRIGHTEST / max(1, high - low)))
    inside = ImageStat.Stat(grey, thing.mask(grey.size)).median[0]
    tone = min(0.97, max(0.03, (inside - low) * stretch / 255))
    # Towards the eye's liking, not all the way: a black cloth stays black.
    gamma = (math.log(_MIDDLE / 255) / math.log(tone)) ** 0.6
    gamma = min(darkest, max(1 / _MOST_GAMMA, gamma))
    table = [_curve((value - low) * stretch / 255, gamma) for value in range(256)]
    return picture.point(table * 3)


def _curve(value: float, gamma: float) -> int:
    shown: float = 255 * max(0.0, min(1.0, value)) ** gamma
    return round(shown)


def _mask_from(limit: int) -> list[int]:
    return [255 if value >= limit else 0 for value in range(256)]


def _reached(counts: Sequence[int], share: float) -> int:
    """The value up to which ``share`` of the counted lie."""
    left = sum(counts) * share
    for value, count in enumerate(counts):
        left -= count
        if left <= 0:
            return value
    return len(counts) - 1
