"""The picture of what one piece costs."""

from __future__ import annotations

import json
import struct
from datetime import date

import pytest

from bot.app import utc_now
from bot.drawings import draws
from bot.files import picture
from storage.store import SqlStore, connect


@pytest.mark.parametrize("product", ["keripik", '#panic("x") *tebal* $x$ \\ "', "k" * 40])
def test_it_is_a_picture_whatever_the_product_is_called(product: str, new_sqlite: str) -> None:
    packed = picture(
        "unit cost",
        product=product,
        parts=json.dumps([80_000, 16_000, 12_000, 30_000]),
        total=138_000,
        units=40,
        cost=3_450,
        percent=40,
        price=4_900,
        day=date(2026, 11, 23).isoformat(),
    )
    what, _, facts = packed.split(":", 2)[2].partition("?")
    store = SqlStore(connect(new_sqlite), utc_now)
    drawn = draws(store)[what](json.loads(facts))
    store.close()
    assert drawn.content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", drawn.content[16:24])
    assert (500 < width < 530, 400 < height < 800) == (True, True)
