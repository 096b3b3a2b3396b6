"""How many faults of pictures made in code are found, how many are only imagined, and how fast."""

from __future__ import annotations

import io
import time
from collections import Counter
from random import Random

import pytest
from PIL import Image

from bot.domain.pictures import Fault
from bot.pictures.improving import SIDE, improve
from bot.pictures.looking import look
from bot.pictures.opening import as_jpeg, open_picture
from bot.pictures.pair import side_by_side
from tests.pictures import make

#: Not the seeds the limits were found on, but looked at once while they were being set: docs/pictures.md.
SEED = 20261123

#: Pictures with each fault, from just to be seen to plain, and clean ones.
OF_EACH, CLEAN = 5, 27


def test_faults_are_found_and_not_imagined(capsys: pytest.CaptureFixture[str]) -> None:
    rng = Random(SEED)  # noqa: S311 - a seed is what is wanted
    pictures = [make(rng, fault, (at + 0.5) / OF_EACH) for fault in Fault for at in range(OF_EACH)]
    pictures += [make(rng, None) for _ in range(CLEAN)]
    found: Counter[Fault] = Counter()
    imagined = 0
    for one in pictures:
        faults = set(look(one.picture).faults)
        if one.fault in faults:
            found[one.fault] += 1
        imagined += bool(faults - {one.fault})
    of_all = sum(found.values()) / (OF_EACH * len(Fault))
    with capsys.disabled():
        each = ", ".join(f"{fault} {found[fault]}/{OF_EACH}" for fault in Fault)
        print(f"\nphoto check, seed {SEED}, {len(pictures)} pictures: {of_all:.1%} of faults found")
        print(f"({each}); something imagined in {imagined / len(pictures):.1%} of pictures")
    assert len(pictures) >= 60
    assert of_all >= 0.9
    assert imagined / len(pictures) <= 0.05


def test_a_phones_picture_is_answered_within_two_seconds(
    capsys: pytest.CaptureFixture[str],
) -> None:
    made = make(Random(SEED), Fault.DARK).picture  # noqa: S311 - a seed is what is wanted
    sent = as_jpeg(made.resize((4000, 3000)))
    began = time.process_time()
    picture = open_picture(sent)
    seen = look(picture)
    as_jpeg(picture)
    pair = as_jpeg(side_by_side(picture, improve(picture, seen)))
    took = time.process_time() - began
    with capsys.disabled():
        print(f"\na 12-megapixel photo opened, judged, tidied and set beside itself: {took:.2f} s")
    assert took < 2
    assert len(pair) < 400_000


@pytest.mark.parametrize("fault", [None, Fault.DARK, Fault.CROOKED])
def test_the_better_picture_is_a_square_without_that_fault(fault: Fault | None) -> None:
    made = make(Random(SEED + 1), fault, 0.5).picture  # noqa: S311 - a seed is what is wanted
    seen = look(made)
    better = improve(made, seen)
    assert better.width == better.height <= SIDE
    assert fault is None or fault in seen.faults
    assert fault not in look(better).faults


@pytest.mark.parametrize("size", [(40, 40), (40, 900), (1600, 40), (64, 48)])
@pytest.mark.parametrize("colour", ["black", "white", "grey"])
def test_a_picture_of_nothing_is_no_trouble(size: tuple[int, int], colour: str) -> None:
    picture = Image.new("RGB", size, colour)
    better = improve(picture, look(picture))
    assert side_by_side(picture, better).size[0] > 0
    assert Image.open(io.BytesIO(as_jpeg(better))).width == better.width
