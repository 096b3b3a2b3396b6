"""Finding the thing a picture is about: what is unlike the rim, and nearer the middle."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PIL import Image, ImageChops, ImageDraw, ImageFilter

#: Cells along the longer side of the copy that is looked at, and how many colours a rim may have.
_CELLS, _RIM_COLOURS = 48, 5

#: From how much (0 to 255) a cell counts as unlike the rim.
_UNLIKE = 26

#: The box leaves out so much of the found weight on each side: stray cells.
_STRAY = 0.015


@dataclass(frozen=True, slots=True)
class Box:
    """A part of a picture, each side as a share (0 to 1) of its width or height."""

    left: float
    top: float
    right: float
    bottom: float

    def grown(self, by: float) -> Box:
        """The same with ``by`` of its own size more on each side, as far as there is any picture."""
        dx, dy = by * (self.right - self.left), by * (self.bottom - self.top)
        return Box(
            max(0.0, self.left - dx),
            max(0.0, self.top - dy),
            min(1.0, self.right + dx),
            min(1.0, self.bottom + dy),
        )

    def mask(self, size: tuple[int, int]) -> Image.Image:
        """White inside, black outside, for a picture of that size."""
        mask = Image.new("L", size, 0)
        width, height = size
        corners = (self.left * width, self.top * height, self.right * width, self.bottom * height)
        ImageDraw.Draw(mask).rectangle(corners, fill=255)
        return mask


def subject_of(picture: Image.Image) -> Box:
    """Where the thing is; the middle when nothing stands out."""
    copy = picture.copy()
    copy.thumbnail((_CELLS * 4, _CELLS * 4), Image.Resampling.BOX)
    copy = copy.filter(ImageFilter.GaussianBlur(2)).reduce(4)
    unlike = _weighed(copy)
    width, height = copy.size
    weights = [value if value > _UNLIKE else 0 for value in unlike.tobytes()]
    rows = [sum(weights[y * width : (y + 1) * width]) for y in range(height)]
    columns = [sum(weights[x::width]) for x in range(width)]
    if sum(weights) < _UNLIKE * len(weights) * 0.02:
        return Box(0.2, 0.2, 0.8, 0.8)
    left, right = _spread(columns)
    top, bottom = _spread(rows)
    return Box(left, top, right, bottom)


def _weighed(copy: Image.Image) -> Image.Image:
    """How much each cell is unlike the rim, less towards the rim."""
    unlike = unlike_rim(copy, lambda far: far.convert("L"))
    # What stands at the very rim is rarely what is for sale.
    middle = Image.radial_gradient("L").resize(copy.size).point(lambda v: max(0, 255 - v))
    return ImageChops.multiply(unlike.point(lambda v: min(255, v * 2)), middle)


def unlike_rim(copy: Image.Image, far: Callable[[Image.Image], Image.Image]) -> Image.Image:
    """For each cell, how ``far`` (L, of a difference in RGB) it is from the nearest of the rim's colours."""
    width, height = copy.size
    rim = Image.new("RGB", (2 * (width + height), 1))
    for at, strip in (
        (0, copy.crop((0, 0, width, 1))),
        (width, copy.crop((0, height - 1, width, height))),
        (2 * width, copy.crop((0, 0, 1, height)).rotate(90, expand=True)),
        (2 * width + height, copy.crop((width - 1, 0, width, height)).rotate(90, expand=True)),
    ):
        rim.paste(strip, (at, 0))
    colours = rim.quantize(_RIM_COLOURS, Image.Quantize.MEDIANCUT).convert("RGB").getcolors()
    nearest = Image.new("L", copy.size, 255)
    for _, colour in colours or ():
        unlike = far(ImageChops.difference(copy, Image.new("RGB", copy.size, colour)))
        nearest = ImageChops.darker(nearest, unlike)
    return nearest


def _spread(sums: list[int]) -> tuple[float, float]:
    """Between which shares of a side nearly all of the weight lies."""
    whole, seen, first, last = sum(sums), 0, None, len(sums)
    for index, one in enumerate(sums):
        seen += one
        if first is None and seen > whole * _STRAY:
            first = index
        if seen >= whole * (1 - _STRAY):
            last = index + 1
            break
    return (first or 0) / len(sums), last / len(sums)
