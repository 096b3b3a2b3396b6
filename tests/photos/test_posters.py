"""Promo pictures: square, small, readable, whatever the photo and the words."""

from __future__ import annotations

import io
from random import Random

import pytest
from PIL import Image, ImageChops

from bot.pictures.colours import READABLE, contrast, palette
from bot.printing.poster import DESIGNS, LARGEST, SIDE, Poster, poster, printable, sheet
from tests.pictures import make

_WHITE = (255, 255, 255)
_WORDS = Poster("Keripik Pisang", "Rp15.000", "0812 3456 7890")


def photo(seed: int) -> Image.Image:
    return make(Random(seed), None).picture  # noqa: S311 - a seed is what is wanted


@pytest.mark.parametrize("design", range(1, DESIGNS + 1))
@pytest.mark.parametrize("size", [(1200, 400), (300, 1600), (90, 90)])
def test_any_photo_becomes_a_small_square(design: int, size: tuple[int, int]) -> None:
    long = Poster("Kerupuk Ubi Pedas Manis Balado Daun Jeruk Asli Langkat 250 gr", "Rp1.250.000")
    made = poster(photo(7).resize(size), long, design)
    opened = Image.open(io.BytesIO(made))
    assert opened.size == (SIDE, SIDE)
    assert opened.format == "PNG"
    assert len(made) < LARGEST


def test_the_noisiest_photo_is_small_enough_too() -> None:
    noise = Image.merge("RGB", [Image.effect_noise((900, 900), 200) for _ in range(3)])
    assert len(poster(noise, _WORDS, 3)) < LARGEST


def test_emoji_and_other_scripts_change_nothing() -> None:
    assert printable("Sambal 🔥🔥 Teri 😋 Medan") == "Sambal Teri Medan"
    assert printable("كعك 100% é") == "100% é"
    plain = poster(photo(3), _WORDS, 2)
    dressed = Poster("Keripik 🍌 Pisang 😋", _WORDS.price, _WORDS.phone)
    assert poster(photo(3), dressed, 2) == plain


@pytest.mark.parametrize(
    "other",
    [
        Poster("Keripik Tempe", _WORDS.price, _WORDS.phone),
        Poster(_WORDS.name, "Rp16.000", _WORDS.phone),
        Poster(_WORDS.name, _WORDS.price, "0812 3456 7899"),
    ],
)
def test_every_word_is_on_every_design(other: Poster) -> None:
    whole, changed = (Image.open(io.BytesIO(sheet(photo(3), words))) for words in (_WORDS, other))
    apart = ImageChops.difference(whole, changed).convert("L").point(lambda v: 255 * (v > 40))
    for at in range(DESIGNS):
        third = apart.crop((at * apart.width // 3, 0, (at + 1) * apart.width // 3, apart.height))
        assert third.getbbox() is not None


def test_words_can_be_read_on_every_colour() -> None:
    for step in range(0, 256, 15):
        for thing in ((step, 255 - step, 90), (step, step, step), (255, step, 0), (30, 60, step)):
            colours = palette(Image.new("RGB", (80, 80), thing))
            assert contrast(colours.strong, _WHITE) >= READABLE
            assert contrast(colours.deep, _WHITE) >= READABLE
            assert contrast(colours.deep, colours.soft) >= READABLE
            assert contrast(colours.deep, colours.paper) >= READABLE


def test_the_sheet_shows_all_designs() -> None:
    shown = Image.open(io.BytesIO(sheet(photo(5), _WORDS)))
    assert shown.width > DESIGNS * 500
    assert shown.width / shown.height < 3
