"""Draws docs/pictures.jpg anew: what the photo check sends back, and the promo designs.

PYTHONPATH=. .venv/bin/python tests/photos/contact_sheet.py
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from pathlib import Path
from random import Random

from PIL import Image

from bot.domain.pictures import Fault
from bot.pictures.improving import improve
from bot.pictures.looking import look
from bot.pictures.pair import side_by_side
from bot.printing.poster import DESIGNS, Poster, poster
from tests.pictures import make

_WIDTH, _GAP = 1320, 12
_SHEET = Path(__file__).parents[2] / "docs" / "pictures.jpg"

_POSTERS = (
    (11, Poster("Keripik Pisang Madu", "Rp15.000", "0812 3456 7890")),
    (24, Poster("Sambal Kacang 🔥 Pedas Asli Tanjung Jati 250 gram", "Rp25.000")),
    (33, Poster("Sirup Markisa, 12 botol", "Rp1.250.000", "0813 9876 5432")),
)


def main() -> None:
    """Write the sheet."""
    pairs = [_pair(index, fault) for index, fault in enumerate((None, *Fault))]
    posters = [
        Image.open(io.BytesIO(poster(_photo(seed), words, design)))
        for seed, words in _POSTERS
        for design in range(1, DESIGNS + 1)
    ]
    rows = [*_rows(pairs, 4), *_rows(posters, DESIGNS)]
    whole = Image.new("RGB", (_WIDTH, sum(row.height + _GAP for row in rows)), "white")
    at = 0
    for row in rows:
        whole.paste(row, (0, at))
        at += row.height + _GAP
    whole.save(_SHEET, "JPEG", quality=68, optimize=True)


def _pair(index: int, fault: Fault | None) -> Image.Image:
    picture = make(Random(500 + index), fault, 0.6).picture  # noqa: S311 - a seed is what is wanted
    return side_by_side(picture, improve(picture, look(picture)))


def _photo(seed: int) -> Image.Image:
    return make(Random(seed), None).picture  # noqa: S311 - a seed is what is wanted


def _rows(pictures: Sequence[Image.Image], across: int) -> list[Image.Image]:
    width = (_WIDTH - (across - 1) * _GAP) // across
    height = round(width * pictures[0].height / pictures[0].width)
    rows = []
    for first in range(0, len(pictures), across):
        row = Image.new("RGB", (_WIDTH, height), "white")
        for at, one in enumerate(pictures[first : first + across]):
            row.paste(
                one.resize((width, height), Image.Resampling.LANCZOS), (at * (width + _GAP), 0)
            )
        rows.append(row)
    return rows


if __name__ == "__main__":
    main()
