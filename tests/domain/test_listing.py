"""What no market takes, what should not be promised, and numbers as people write them."""

from __future__ import annotations

import pytest

from bot.domain.listing import Forbidden, claim, eaten, forbidden, phone_in


@pytest.mark.parametrize(
    ("product", "kind"),
    [
        ("tuak nira", Forbidden.ALCOHOL),
        ("bir bintang", Forbidden.ALCOHOL),
        ("anak kucing persia", Forbidden.ANIMALS),
        ("Kambing qurban", Forbidden.ANIMALS),
        ("rokok kretek", Forbidden.TOBACCO),
        ("obat pelangsing", Forbidden.MEDICINE),
        ("vitamin rambut", Forbidden.MEDICINE),
        ("pulsa murah", Forbidden.DIGITAL),
        ("jasa jahit", Forbidden.SERVICE),
        ("dicari reseller", Forbidden.WANTED),
        ("sate kambing", None),
        ("burung goreng", None),
        ("bir pletok", None),
        ("obat nyamuk", None),
        ("keripik pisang", None),
        ("tas anyaman pandan", None),
        ("boneka kucing", None),
        ("es krim durian", None),
    ],
)
def test_goods(product: str, kind: Forbidden | None) -> None:
    assert forbidden(product) == kind


@pytest.mark.parametrize(
    ("words", "promised"),
    [
        ("menyembuhkan asam urat", "menyembuhkan"),
        ("Terbaik di Langkat", "Terbaik"),
        ("100% asli", None),
        ("dijamin enak", "dijamin"),
        ("renyah dan gurih", None),
        ("dijahit rapi, bahan adem", None),
    ],
)
def test_promises(words: str, promised: str | None) -> None:
    assert claim(words) == promised


def test_food_is_known() -> None:
    assert eaten("Keripik pisang")
    assert not eaten("Sarung bantal")


@pytest.mark.parametrize(
    ("words", "phone"),
    [
        ("081234567890", "0812 3456 7890"),
        ("wa saya +62 812-3456-7890 ya", "0812 3456 7890"),
        ("812 3456 7890", "0812 3456 7890"),
        ("0812", None),
        ("tidak ada", None),
        ("1234567890123456", None),
    ],
)
def test_phones(words: str, phone: str | None) -> None:
    assert phone_in(words) == phone
