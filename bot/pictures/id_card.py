"""Whether a picture shows an identity card (KTP): its shape, its rows of words, its portrait.

No letter is read. A thing with straight sides is looked for, turned level, and held against how
such a card is laid out: a pale ground, many short rows on the left, a portrait on the right. The
limits were found on cards drawn in code (docs/pictures.md says how well they do).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

from bot.pictures.subject import unlike_rim

Point = tuple[float, float]

#: Longer side of the copy in which the card is searched, and of the one it is cut from.
_FOR_SHAPE, _FOR_WORDS = 120, 900

#: The card laid level, in pixels; how much longer than high one is, seen from any side.
_LEVEL = (342, 216)
_LONGER = (1.3, 1.95)

#: From how much (0 to 255) a cell may be no part of what the card lies on, and the least share of the
#: picture a card takes.
_UNLIKE, _LEAST = (16, 28, 46, 70), 0.03

#: How much of the rectangle around it a card fills.
_FULL = 0.84

#: How much darker than what is around it ink is, and how far a colour is from the ground's.
_INK, _OFF_GROUND = 26, 40

#: The portrait is looked at in so many cells. Saturation from which a cell has a colour, light under
#: which it has none; the share of such cells under which all is grey; hues (0 to 255) of skin, from
#: which on red begins, and of blue; saturation no skin has, and what a cloth behind somebody has.
_FACE = (18, 22)
_LIVELY, _DARK, _GREY = 46, 40, 0.12
_SKIN, _RED, _BLUE = (6, 34), 238, (138, 180)
_GLARING, _CLOTH = 180, 90
_LEAST_SKIN, _LEAST_BEHIND = 0.08, 0.12

#: Parts of a card, as shares of its width and height.
_ROWS, _PORTRAIT = (0.03, 0.27, 0.68, 0.97), (0.76, 0.25, 0.94, 0.62)
_GAP = (0.69, 0.3, 0.72, 0.7)

#: How much of the portrait is unlike the ground, and of the gap before it at most; rows of words at
#: least; how much blue a pale ground has against red, and what is no pale ground.
_FILLED, _EMPTY, _LEAST_ROWS = 0.55, 0.5, 8
_NOT_WARM, _BLACK = 0.85, 70


def shows_id_card(picture: Image.Image) -> bool:
    """Whether an RGB picture looks like one of an identity card, however it lies."""
    return any(_laid_out_like_one(card) for level in _level(picture) for card in _both_ways(level))


def _both_ways(level: Image.Image) -> Iterator[Image.Image]:
    yield level
    yield level.transpose(Image.Transpose.ROTATE_180)


# Finding a thing of that shape


def _level(picture: Image.Image) -> Iterator[Image.Image]:
    """What may be a card, cut out and laid level: the whole picture, and what lies in it."""
    large = picture.copy()
    large.thumbnail((_FOR_WORDS, _FOR_WORDS), Image.Resampling.LANCZOS)
    width, height = large.size
    for corners in _outlines(large):
        if _has_the_shape(corners):
            yield _cut(large, corners)
    frame = [(0.0, 0.0), (width, 0.0), (width, height), (0.0, height)]
    if _has_the_shape(frame):
        yield _cut(large, frame)


def _outlines(picture: Image.Image) -> Iterator[list[Point]]:
    """The corners of the largest things with straight sides, clockwise from the upper left."""
    copy = picture.copy()
    copy.thumbnail((_FOR_SHAPE, _FOR_SHAPE), Image.Resampling.BOX)
    unlike = unlike_rim(copy.filter(ImageFilter.MedianFilter(3)), _most)
    by = picture.width / copy.width
    for limit in _UNLIKE:
        there = unlike.point(lambda v, limit=limit: 255 * (v > limit))
        # What is written on it and the portrait belong to it.
        cells = _largest(there.filter(ImageFilter.MaxFilter(5)).filter(ImageFilter.MinFilter(5)))
        if len(cells) < _LEAST * copy.width * copy.height:
            continue
        hull = _hull(cells)
        corners, area = _around(hull)
        if _area(hull) > _FULL * area:
            yield [((x + 0.5) * by, (y + 0.5) * by) for x, y in corners]


def _most(far: Image.Image) -> Image.Image:
    """How far apart two colours are in whichever channel they are most."""
    return functools.reduce(ImageChops.lighter, far.split())


def _largest(there: Image.Image) -> list[tuple[int, int]]:
    """The cells of the largest connected patch."""
    width = there.width
    left = {index for index, value in enumerate(there.tobytes()) if value}
    best: list[int] = []
    while left:
        patch, edge = [], [left.pop()]
        while edge:
            here = edge.pop()
            patch.append(here)
            x = here % width
            near = {here - width, here + width} | ({here - 1} if x else set())
            near |= {here + 1} if x < width - 1 else set()
            near &= left
            left -= near
            edge += near
        best = max(best, patch, key=len)
    return [(one % width, one // width) for one in best]


def _hull(cells: Iterable[tuple[int, int]]) -> list[Point]:
    """The corners of the tightest outline without dents (Andrew's monotone chain)."""
    ordered = sorted(cells)

    def half(points: Iterable[tuple[int, int]]) -> list[Point]:
        kept: list[Point] = []
        for x, y in points:
            while len(kept) > 1 and _turn(kept[-2], kept[-1], (x, y)) <= 0:
                kept.pop()
            kept.append((x, y))
        return kept[:-1]

    return half(ordered) + half(reversed(ordered))


def _turn(one: Point, two: Point, three: Point) -> float:
    return (two[0] - one[0]) * (three[1] - one[1]) - (two[1] - one[1]) * (three[0] - one[0])


def _area(outline: Sequence[Point]) -> float:
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise([*outline, outline[0]]))) / 2


def _around(hull: Sequence[Point]) -> tuple[list[Point], float]:
    """The outermost points towards each corner of the smallest rectangle around, and its area."""
    best = (math.inf, 0.0)
    for one, two in pairwise([*hull, hull[0]]):
        angle = math.atan2(two[1] - one[1], two[0] - one[0])
        along, across = _spread(hull, angle), _spread(hull, angle + math.pi / 2)
        best = min(best, (along * across, angle))
    area, angle = best
    angle = (angle + math.pi / 4) % (math.pi / 2) - math.pi / 4  # the nearest to level
    turned = [(_along(point, angle), _along(point, angle + math.pi / 2)) for point in hull]
    towards = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
    far = [[x * s + y * t for x, y in turned] for s, t in towards]
    return [hull[one.index(max(one))] for one in far], area


def _along(point: Point, angle: float) -> float:
    return point[0] * math.cos(angle) + point[1] * math.sin(angle)


def _spread(points: Sequence[Point], angle: float) -> float:
    along = [_along(point, angle) for point in points]
    return max(along) - min(along)


def _has_the_shape(corners: Sequence[Point]) -> bool:
    wide, high = _sides(corners)
    longer = max(wide, high) / max(1.0, min(wide, high))
    return _LONGER[0] <= longer <= _LONGER[1]


def _sides(corners: Sequence[Point]) -> tuple[float, float]:
    one, two, three, four = corners
    wide = (math.dist(one, two) + math.dist(four, three)) / 2
    return wide, (math.dist(one, four) + math.dist(two, three)) / 2


def _cut(picture: Image.Image, corners: Sequence[Point]) -> Image.Image:
    """What is between the corners, level, its longer side lying."""
    wide, high = _sides(corners)
    one, two, three, four = corners if wide >= high else [*corners[1:], corners[0]]
    quad = (*one, *four, *three, *two)
    return picture.transform(_LEVEL, Image.Transform.QUAD, quad, Image.Resampling.BICUBIC)


# Holding it against the layout of one


def _laid_out_like_one(card: Image.Image) -> bool:
    ground = _ground(card)
    if not _pale_or_blue(ground):
        return False
    off = _most(ImageChops.difference(card, Image.new("RGB", card.size, ground)))
    off = off.point(lambda v: 255 * (v > _OFF_GROUND))
    portrait = _share(off, _PORTRAIT) > _FILLED and _share(off, _GAP) < _EMPTY
    return portrait and _rows(card) >= _LEAST_ROWS and _face(card)


def _part(card: Image.Image, box: tuple[float, float, float, float]) -> Image.Image:
    width, height = card.size
    return card.crop(
        (
            round(box[0] * width),
            round(box[1] * height),
            round(box[2] * width),
            round(box[3] * height),
        )
    )


def _share(mask: Image.Image, box: tuple[float, float, float, float]) -> float:
    """How much of a part is white (0 to 1)."""
    return ImageStat.Stat(_part(mask, box)).mean[0] / 255


def _ground(card: Image.Image) -> tuple[int, int, int]:
    """The colour between the words."""
    red, green, blue = ImageStat.Stat(_part(card, _ROWS).filter(ImageFilter.MaxFilter(5))).median
    return int(red), int(green), int(blue)


def _pale_or_blue(ground: tuple[int, int, int]) -> bool:
    red, _, blue = ground
    return blue > _NOT_WARM * red and max(ground) > _BLACK


def _rows(card: Image.Image) -> int:
    """How many rows of words stand on the left."""
    words = _part(card, _ROWS).convert("L")
    around = words.filter(ImageFilter.MaxFilter(9)).filter(ImageFilter.GaussianBlur(4))
    ink = ImageChops.subtract(around, words).point(lambda v: 255 * (v > _INK))
    heights = ink.resize((1, ink.height), Image.Resampling.BOX).tobytes()
    middle = sum(heights) / len(heights)
    above = [height > middle for height in heights]
    return sum(now and not before for before, now in pairwise([False, *above]))


def _face(card: Image.Image) -> bool:
    """Whether the portrait is skin before red or blue; where there is no colour, it may be a copy."""
    hue, sat, light = (
        _part(card, _PORTRAIT).resize(_FACE, Image.Resampling.BOX).convert("HSV").split()
    )
    cells = list(zip(hue.tobytes(), sat.tobytes(), light.tobytes(), strict=True))
    lively = [(h, s) for h, s, v in cells if s > _LIVELY and v > _DARK]
    if len(lively) < _GREY * len(cells):
        return True
    skin = sum(_SKIN[0] <= h <= _SKIN[1] and s < _GLARING for h, s in lively)
    behind = sum(
        (h >= _RED or h <= _SKIN[0] or _BLUE[0] <= h <= _BLUE[1]) and s > _CLOTH for h, s in lively
    )
    return skin > _LEAST_SKIN * len(cells) and behind > _LEAST_BEHIND * len(cells)
