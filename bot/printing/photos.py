"""What is drawn from a photo that is kept: before and after, the better one alone, promo pictures."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from babel.numbers import format_decimal
from PIL import Image

from bot.files import PNG, File
from bot.pictures.improving import improve
from bot.pictures.looking import look
from bot.pictures.opening import as_jpeg, open_picture
from bot.pictures.pair import side_by_side
from bot.printing.poster import Poster, poster, sheet

_JPEG = "image/jpeg"


def photo_draws(
    kept: Callable[[int], bytes | None],
) -> Mapping[str, Callable[[Mapping[str, Any]], File]]:
    """The drawings by name; ``kept`` gives a photo's JPEG by its number while it is kept."""

    def photo(facts: Mapping[str, Any]) -> Image.Image:
        content = kept(facts["photo"])
        if content is None:
            raise LookupError("the photo is kept no more")
        return open_picture(content)

    def pair(facts: Mapping[str, Any]) -> File:
        before = photo(facts)
        both = side_by_side(before, improve(before, look(before)))
        return File(as_jpeg(both), _JPEG, "sebelum-sesudah.jpg")

    def improved(facts: Mapping[str, Any]) -> File:
        before = photo(facts)
        return File(as_jpeg(improve(before, look(before)), 90), _JPEG, "foto.jpg")

    def promo_sheet(facts: Mapping[str, Any]) -> File:
        return File(sheet(photo(facts), _words(facts)), _JPEG, "promosi.jpg")

    def promo(facts: Mapping[str, Any]) -> File:
        return File(poster(photo(facts), _words(facts), facts["design"]), PNG, "promosi.png")

    return {
        "photo pair": pair,
        "photo improved": improved,
        "promo sheet": promo_sheet,
        "promo": promo,
    }


def _words(facts: Mapping[str, Any]) -> Poster:
    price = f"Rp{format_decimal(facts['price'], locale='id')}"
    return Poster(facts["name"], price, facts["phone"] or "")
