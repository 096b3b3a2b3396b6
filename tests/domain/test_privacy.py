"""What is left out of words before they are kept or shown to others."""

from __future__ import annotations

import pytest

from bot.domain.privacy import masked, nameless


@pytest.mark.parametrize(
    ("words", "left"),
    [
        ("bu sari dan Ani pergi", "Ibu dan Ibu pergi"),
        ("kata Kak Sari Dewi, boleh", "kata Ibu, boleh"),
        ("sarikaya dan sarinya", "sarikaya dan sarinya"),
        ("telepon 0812-3456-7890 ya", "telepon … ya"),
        ("+62 812 3456 7890", "…"),
        ("harga Rp15.000, jadi 40", "harga Rp15.000, jadi 40"),
        ("", ""),
    ],
)
def test_nameless(words: str, left: str) -> None:
    assert nameless(words, ["Sari Dewi", "Ani", "Sari"]) == left


def test_masked_leaves_no_digit_and_no_name() -> None:
    assert masked("Sari setor 10rb", ["Sari"]) == "… setor 00rb"
