"""Whatever is said fits WhatsApp's limits, and says the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.whatsapp.rendering import Part, render
from bot.channels.whatsapp.titles import fit, shortened, titles
from bot.channels.whatsapp.words import Words
from bot.files import File
from bot.pieces import units
from bot.ports import (
    Bubble,
    Button,
)
from tests.servers.cloud_api_rules import broken
from tests.servers.cloud_api_world import Media, World

PICTURE = File(b"png", "image/png")
VOICE = File(b"ogg", "audio/ogg; codecs=opus")


def rendered(bubble: Bubble, file: File | None = None) -> list[Part]:
    """The parts, checked against every rule."""
    world = World("1")
    world.media["9"] = Media(b"", "image/png")
    parts = render(bubble, Words(), file)
    for part in parts:
        assert (
            broken(
                {
                    "messaging_product": "whatsapp",
                    "recipient_type": "individual",
                    "to": "628",
                    "type": part.type,
                    part.type: part.filled("9"),
                },
                world,
            )
            == []
        )
    return parts


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"s:q:{number}") for number, label in enumerate(labels))


@pytest.mark.parametrize(
    ("label", "longest", "short"),
    [
        ("Sudah", 20, "Sudah"),
        ("  dua   kata ", 20, "dua kata"),
        ("Rp10.000, Senin, 23 November", 20, "Rp10.000, Senin, 23…"),
        ("Rp10.000, Senin, 23 November", 24, "Rp10.000, Senin, 23…"),
        ("Tidak, saya belum terima", 20, "Tidak, saya belum…"),
        ("Supercalifragilistisch", 20, "Supercalifragilisti…"),
        ("", 20, "…"),
        ("👩🏽‍🌾" * 10, 20, "👩🏽‍🌾👩🏽‍🌾👩🏽…"),
    ],
)
def test_one_rule_shortens(label: str, longest: int, short: str) -> None:
    assert shortened(label, longest) == short


def test_no_two_titles_are_the_same() -> None:
    assert titles(["Ya", "ya", "Ya"], 20) == ["Ya", "ya 2", "Ya 3"]
    twins = titles(["Bu Siti Aminah Nasution", "Bu Siti Aminah Nasution Lubis"], 20)
    assert twins == ["Bu Siti Aminah…", "Bu Siti Aminah… 2"]


@given(some.lists(some.text(max_size=60), min_size=1, max_size=10), some.sampled_from([20, 24]))
def test_titles_always_fit_and_differ(labels: list[str], longest: int) -> None:
    made = titles(labels, longest)
    assert len({one.casefold() for one in made}) == len(labels)
    assert all(1 <= units(one) <= longest for one in made)


def test_up_to_three_are_buttons() -> None:
    (part,) = rendered(Bubble("*Sudah* diterima?", buttons("Sudah", "Belum", "Nanti")))
    action = part.data["action"]["buttons"]
    assert [one["reply"]["title"] for one in action] == ["Sudah", "Belum", "Nanti"]
    assert part.data["body"]["text"] == "*Sudah* diterima?"


def test_up_to_ten_are_a_list_with_the_whole_label_below() -> None:
    labels = [f"Bu Anggota Nomor Sekian Puluh {number}" for number in range(10)]
    (part,) = rendered(Bubble("Yang mana?", buttons(*labels)))
    rows = part.data["action"]["sections"][0]["rows"]
    assert (len(rows), rows[3]["description"]) == (10, labels[3])
    assert rows[3]["title"].startswith("Bu Anggota Nomor")


def test_three_that_cannot_be_told_apart_are_a_list() -> None:
    labels = ["Rp1.000.000, Senin, 16 November", "Rp1.000.000, Senin, 23 November"]
    assert not fit(labels, 20)
    (part,) = rendered(Bubble("Yang mana?", buttons(*labels)))
    below = [row["description"] for row in part.data["action"]["sections"][0]["rows"]]
    assert below == labels


def test_more_are_numbered() -> None:
    (part,) = rendered(Bubble("Yang mana?", buttons(*"abcdefghijkl")))
    assert part.type == "text"
    assert part.data["body"].endswith("11. k\n12. l")


def test_a_long_question_says_first_what_does_not_fit_beside_the_buttons() -> None:
    told = "Ini sebuah cerita yang panjang. " * 60
    parts = rendered(Bubble(f"{told}\n\nBagaimana?", buttons("Ya", "Tidak")))
    assert [part.type for part in parts] == ["text", "interactive"]
    assert parts[-1].data["body"]["text"] == "Bagaimana?"


def test_pictures_stand_above_the_buttons_and_carry_words() -> None:
    (part,) = rendered(Bubble("Melati", buttons("Ya"), qr="x"), PICTURE)
    assert part.filled("9")["header"] == {"type": "image", "image": {"id": "9"}}
    (part,) = rendered(Bubble("Melati"), PICTURE)
    assert part.filled("9") == {"caption": "Melati", "id": "9"}
    assert [part.type for part in rendered(Bubble("kata"), VOICE)] == ["audio", "text"]
    parts = rendered(Bubble("kata", buttons(*"abcd")), PICTURE)
    assert [part.type for part in parts] == ["image", "interactive"]


def test_nothing_is_nothing() -> None:
    assert rendered(Bubble(" \x00 ")) == []


def test_a_payload_that_cannot_be_sent_is_a_fault_of_ours() -> None:
    with pytest.raises(ValueError, match="payload"):
        render(Bubble("x", (Button("Ya", " y"),)), Words())


@given(
    some.text(alphabet=some.characters(codec="utf-8"), max_size=6000),
    some.lists(some.text(max_size=40), max_size=12),
    some.sampled_from([None, PICTURE, VOICE]),
)
def test_whatever_is_said_fits(text: str, labels: list[str], file: File | None) -> None:
    rendered(Bubble(text, buttons(*labels)), file)


@given(some.lists(some.text("ab cd.", min_size=1, max_size=700), min_size=1, max_size=9))
def test_nothing_is_lost_on_the_way(paragraphs: list[str]) -> None:
    text = "\n\n".join(paragraphs)
    parts = rendered(Bubble(text, buttons("Ya")))
    seen = [
        part.data["body"] if part.type == "text" else part.data["body"]["text"] for part in parts
    ]
    if text.strip():
        assert "".join("".join(seen).split()) == "".join(text.split())
