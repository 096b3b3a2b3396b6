"""Judging a picture of something for sale: light, sharpness, size, what lies behind, and whether it is level.

Everything is measured on small copies with Pillow's own filters and histograms, in well under a
second. The limits were found on pictures made in code (docs/pictures.md says how well they do);
where a picture is on the edge it is let be: a false alarm costs more trust than a missed tip.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter, ImageStat

from bot.domain.pictures import Fault
from bot.pictures.subject import Box, subject_of

#: Pixels on the shorter side from which a picture is large enough for a market's page.
SMALLEST_SIDE = 480

#: Longer side of the copies on which light, lines and sharpness are measured.
_FOR_LIGHT, _FOR_LINES, _FOR_SHARPNESS = 256, 220, 800

#: Brightness: of a dark picture's lights, of a thing in its own shadow and what is behind it, of a
#: thing that is light or pale; of what blinds behind it, and of white.
_DIM, _SHADOWED, _BRIGHT_BEHIND = 150, 72, 200
_LIGHT, _PALE = 130, 200
_BLINDING, _WHITE = 228, 249

#: Shares that are blown out: some, and much.
_SOME_BLOWN, _MUCH_BLOWN = 0.02, 0.3

#: Sharpness under which a picture is blurred, clutter over which it is full, and how much clearer
#: lines are at a tilt that is one.
_SOFT, _FULL_OF_EDGES, _CLEARLY = 0.36, 0.2, 2.2

#: A step in brightness that is an edge, not texture.
_EDGE = 11

#: Degrees looked at on either side, and from how many on a picture counts as crooked.
_MOST_TURNED, _CROOKED_FROM = 16, 4

#: Steps in brightness: up to which they are grain, and how much more makes an edge; and what rows
#: differ by where there is no line at all.
_GRAIN, _LINE, _NO_LINES = 4, 16, 20.0

#: Where the thing fills more than this share, only the rim is taken for what is behind.
_FILLED, _WITHIN_RIM = 0.72, Box(0.12, 0.12, 0.88, 0.88)

#: Edges fainter than this (0 to 255) tell nothing about sharpness.
_FAINT = 14


@dataclass(frozen=True, slots=True)
class Measures:
    """What was measured; brightness 0 to 255, shares 0 to 1, ``tilt`` in degrees against the clock.

    ``short`` is the shorter side in pixels, ``highlight`` the brightness only 3 in 100 pixels
    exceed, ``inside`` and ``behind`` are of the thing itself and of what is behind it, ``blown`` is
    the share of pure white, ``sharpness`` near 1 where edges are as steep as pixels allow,
    ``clutter`` the share of what is behind that is full of edges; ``tilt_sure`` is how much clearer
    the lines are at that tilt than level.
    """

    short: int
    highlight: float
    inside: float
    inside_dark: float
    behind: float
    blown: float
    sharpness: float
    clutter: float
    tilt: float
    tilt_sure: float


@dataclass(frozen=True, slots=True)
class Seen:
    """A picture as we see it: what is measured, where the thing is, what can be better."""

    measures: Measures
    subject: Box
    faults: tuple[Fault, ...]


def look(picture: Image.Image) -> Seen:
    """Judge an RGB picture."""
    subject = subject_of(picture)
    measures = _measured(picture, subject)
    found = _faults(measures)
    return Seen(measures, subject, tuple(fault for fault in Fault if fault in found))


def _faults(it: Measures) -> set[Fault]:
    found = {Fault.SMALL} if it.short < SMALLEST_SIDE else set()
    blinding = it.behind > _BLINDING or it.blown > _MUCH_BLOWN
    glaring = it.inside > _PALE or (it.inside > _LIGHT and blinding)
    if it.inside_dark < _SHADOWED and it.behind > _BRIGHT_BEHIND and it.blown > _SOME_BLOWN:
        found.add(Fault.BACKLIT)
    elif it.highlight < _DIM:
        found.add(Fault.DARK)
    elif it.highlight > _WHITE and glaring:  # a white plate alone is none
        found.add(Fault.BRIGHT)
    elif it.sharpness < _SOFT:  # in the dark or the glare nothing can be said about it
        found.add(Fault.BLURRED)
    if it.clutter > _FULL_OF_EDGES:
        found.add(Fault.CLUTTERED)
    elif abs(it.tilt) >= _CROOKED_FROM and it.tilt_sure > _CLEARLY:
        found.add(Fault.CROOKED)
    return found


def _measured(picture: Image.Image, subject: Box) -> Measures:
    small = picture.copy()
    small.thumbnail((_FOR_LIGHT, _FOR_LIGHT), Image.Resampling.BOX)
    grey, inside = small.convert("L"), subject.mask(small.size)
    outside = ImageChops.invert(inside)
    tilt, sure = _tilt(picture)
    return Measures(
        short=min(picture.size),
        highlight=_exceeded(grey.histogram(), 0.03),
        inside=ImageStat.Stat(grey, inside).mean[0],
        inside_dark=_exceeded(grey.histogram(inside), 0.8),
        behind=ImageStat.Stat(grey, outside).mean[0],
        blown=_blown(small, None),
        sharpness=_sharpness(picture),
        clutter=_clutter(picture, subject),
        tilt=tilt,
        tilt_sure=sure,
    )


def _exceeded(counts: Sequence[int], share: float) -> float:
    """The value that only ``share`` of the counted exceed."""
    left = sum(counts) * share
    for value in range(len(counts) - 1, 0, -1):
        left -= counts[value]
        if left < 0:
            return float(value)
    return 0.0


def _blown(picture: Image.Image, mask: Image.Image | None) -> float:
    """The share in which no colour is left."""
    red, green, blue = picture.split()
    least = ImageChops.darker(ImageChops.darker(red, green), blue)
    counts = least.histogram(mask)
    return sum(counts[251:]) / max(1, sum(counts))


def _sharpness(picture: Image.Image) -> float:
    """How steep the strongest edges are from pixel to pixel, against how steep they are from afar.

    A sharp edge is as steep on the picture as on a copy an eighth as large; a blurred one loses most of its steepness. In
    whichever direction there is less of it: a shaken picture is blurred in one only.
    """
    copy = picture.copy()
    copy.thumbnail((_FOR_SHARPNESS, _FOR_SHARPNESS), Image.Resampling.LANCZOS)
    afar = copy.reduce(8)
    calm = copy.filter(ImageFilter.GaussianBlur(1.1))  # or the sensor's grain would look like edges
    ratios = []
    for x, y in ((1, 0), (0, 1)):
        near, far = _steps(calm, x, y).histogram(), _steps(afar, x, y).histogram()
        grain = 4.0 * _exceeded(near, 0.5)
        steep = max(0.0, _exceeded(near, 0.004) ** 2 - grain**2) ** 0.5
        if (whole := _exceeded(far, 0.032)) > _FAINT:
            ratios.append(steep / whole)
    return min(ratios, default=1.0)


def _steps(picture: Image.Image, x: int, y: int) -> Image.Image:
    """How much each pixel differs from its neighbour, in whichever colour it does most (L)."""
    step = ImageChops.difference(picture, ImageChops.offset(picture, x, y))
    whole = functools.reduce(ImageChops.lighter, step.split())
    return whole.crop((x, y, *whole.size))  # what wraps around at the rim is left out


def _clutter(picture: Image.Image, subject: Box) -> float:
    """The share of what is behind in which there are strong edges; texture is smoothed away first."""
    copy = picture.copy()
    copy.thumbnail((_FOR_LIGHT, _FOR_LIGHT), Image.Resampling.BOX)
    smooth = copy.filter(ImageFilter.GaussianBlur(1.2))
    across, down = _steps(smooth, 1, 0), _steps(smooth, 0, 1)
    size = (smooth.width - 1, smooth.height - 1)
    edges = ImageChops.lighter(across.crop((0, 0, *size)), down.crop((0, 0, *size)))
    strong = edges.point(lambda v: 255 if v > _EDGE else 0).filter(ImageFilter.MaxFilter(5))
    thing = subject.grown(0.15)
    filled = (thing.right - thing.left) * (thing.bottom - thing.top) > _FILLED
    outside = ImageChops.invert((_WITHIN_RIM if filled else thing).mask(edges.size))
    share = ImageStat.Stat(strong, outside).mean[0] / 255
    return 0.7 * share if filled else share  # it may be the thing itself that reaches the rim


def _tilt(picture: Image.Image) -> tuple[float, float]:
    """How far the picture's level lines are turned, and how much clearer they are there than at 0.

    Turned right, level lines fall into single rows, and the rows differ most from one another.
    """
    copy = picture.copy()
    copy.thumbnail((_FOR_LINES, _FOR_LINES), Image.Resampling.BOX)
    # Faint long lines count as much as strong short ones.
    smooth = copy.filter(ImageFilter.GaussianBlur(0.7))
    edges = _steps(smooth, 0, 1).point(lambda v: min(max(0, v - _GRAIN), _LINE) * 255 // _LINE)
    edges = edges.filter(ImageFilter.GaussianBlur(0.7))
    clear = {angle: _clearness(edges, angle) for angle in range(-_MOST_TURNED, _MOST_TURNED + 1)}
    best = max(clear, key=lambda angle: clear[angle])
    level = max(clear[angle] for angle in (-1, 0, 1))
    return float(best), clear[best] / max(level, _NO_LINES)


def _clearness(edges: Image.Image, angle: float) -> float:
    """How much the rows differ from one another after turning by ``angle`` degrees."""
    turned = edges.rotate(-angle, Image.Resampling.BILINEAR)
    dx, dy = round(edges.width * 0.14), round(edges.height * 0.14)  # the corners are empty now
    kept = turned.crop((dx, dy, edges.width - dx, edges.height - dy))
    rows = kept.resize((1, kept.height), Image.Resampling.BOX).tobytes()
    changes = (abs(one - other) for one, other in pairwise(rows))
    return sum(change * change for change in changes) / len(rows)
