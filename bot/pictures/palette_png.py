"""A picture with words and a photo as a small PNG: few colours, the photo at half its sharpness."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageFilter

#: What is tried until it is small enough: how many colours, and from how much (0 to 255) a pixel is
#: an edge of letters or things that stays as sharp as it is.
_TRIES = ((128, 60), (96, 60), (64, 70), (40, 90), (16, 255))

#: Pixels of a side of the copy the colours are chosen on.
_FOR_COLOURS = 216


def small_png(picture: Image.Image, largest: int) -> bytes:
    """The picture (RGB) as a PNG of fewer than ``largest`` bytes, as rich as that leaves."""
    made = b""
    for colours, edge in _TRIES:
        made = _png(_calm(picture, edge), colours)
        if len(made) < largest:
            break
    return made


def _calm(picture: Image.Image, edge: int) -> Image.Image:
    """Pixels in fours of one colour, except at edges: grain is what makes a PNG large."""
    half = picture.filter(ImageFilter.GaussianBlur(0.7)).reduce(2)
    fours = half.resize(picture.size, Image.Resampling.NEAREST)
    apart = ImageChops.difference(picture, fours).convert("L")
    edges = apart.point(lambda v: 255 * (v > edge)).filter(ImageFilter.MaxFilter(3))
    return Image.composite(picture, fours, edges)


def _png(picture: Image.Image, colours: int) -> bytes:
    copy = picture.resize((_FOR_COLOURS, _FOR_COLOURS), Image.Resampling.BOX)
    chosen = copy.quantize(colours, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    few = picture.quantize(palette=chosen, dither=Image.Dither.NONE)
    file = io.BytesIO()
    few.save(file, "PNG", optimize=True)
    return file.getvalue()
