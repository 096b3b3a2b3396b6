"""What a bubble becomes on Telegram, whatever is in it."""

from __future__ import annotations

import itertools
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from telegram import InputFile

from bot.channels.qr import qr_png
from bot.channels.telegram.rendering import MOST_BUTTONS, keyboard, render
from bot.channels.telegram.text import LONGEST_CAPTION, LONGEST_TEXT, mark, pieces
from bot.files import Media, MediaKind
from bot.pieces import units
from bot.ports import (
    Bubble,
    Button,
)
from tests.servers import bot_api_html

ANY_TEXT = st.one_of(
    st.text(st.characters(codec=None), max_size=200),
    st.lists(
        st.sampled_from(
            [
                "*",
                "*a*",
                "<b>",
                "&",
                "&amp;",
                "\n",
                "\n\n",
                " ",
                "x" * 700,
                "é",
                "👩🏽‍🌾" * 90,
                "kata " * 300,
            ]
        ),
        max_size=40,
    ).map("".join),
)
LABELS = st.lists(st.text(max_size=30), max_size=MOST_BUTTONS)


def shown(html: str) -> str:
    return bot_api_html.parse(html)[0]


def solid(text: str) -> str:
    """The text without white space."""
    return "".join(text.split())


def buttons(*labels: str) -> tuple[Button, ...]:
    return tuple(Button(label, f"s1:{number}") for number, label in enumerate(labels))


def rows(*labels: str) -> list[int]:
    return [len(row) for row in keyboard(buttons(*labels))]


@given(text=ANY_TEXT, labels=LABELS, qr=st.booleans(), media=st.booleans())
@example(text="a\ud83d", labels=["\x00"], qr=False, media=False)
def test_anything_fits(text: str, labels: list[str], qr: bool, media: bool) -> None:  # noqa: FBT001
    photo = Media(MediaKind.PHOTO, "photo:FILE") if media else None
    calls = render(Bubble(text, buttons(*labels), "gabung X" if qr else "", photo))
    plain = mark(text).plain
    assert solid("".join(shown(words(call.data)) for call in calls)) == solid(plain)
    for call in calls:
        limit = LONGEST_TEXT if call.method == "sendMessage" else LONGEST_CAPTION
        assert units(shown(words(call.data))) <= limit
        assert call.method != "sendMessage" or shown(call.data["text"])
    assert all("reply_markup" not in call.data for call in calls[:-1])
    if calls and labels:
        made = calls[-1].data["reply_markup"]["inline_keyboard"]
        assert sum(map(len, made)) == len(labels)
        assert all(button["text"].strip() for row in made for button in row)


def words(data: dict[str, Any]) -> str:
    return str(data.get("text", data.get("caption", "")))


@given(ANY_TEXT, st.integers(min_value=2, max_value=60))
def test_bold_stays_bold_over_a_cut(text: str, longest: int) -> None:
    marked = mark(text)
    bold = "".join(marked.plain[start:end] for start, end in marked.bold)
    cut = pieces(marked, longest)
    kept = "".join(itertools.chain.from_iterable(re.findall(r"<b>([^<]*)</b>", one) for one in cut))
    assert solid(bot_api_html.parse(kept)[0]) == solid(bold)
    assert all(units(shown(one)) <= longest for one in cut)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("Celengan: *Rp10.000*.", "Celengan: <b>Rp10.000</b>."),
        ("2*3*4", "2*3*4"),
        ("* satu\n* dua", "* satu\n* dua"),
        ("*belum ditutup", "*belum ditutup"),
        ("*satu\ndua*", "*satu\ndua*"),
        ("**", "**"),
        ("*a* dan *b c*", "<b>a</b> dan <b>b c</b>"),
        ("Bu <Sari> & *<i>*", "Bu &lt;Sari&gt; &amp; <b>&lt;i&gt;</b>"),
        ("(*batal*)", "(<b>batal</b>)"),
    ],
)
def test_stars(text: str, html: str) -> None:
    assert pieces(mark(text)) == [html]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("satu dua\n\ntiga empat", ["satu dua", "tiga empat"]),
        ("satu dua\ntiga empat", ["satu dua", "tiga empat"]),
        ("satu dua tiga empat", ["satu dua", "tiga empat"]),
        ("satuduatigaempat", ["satuduatig", "aempat"]),
        ("satudua 👩🏽‍🌾👩🏽‍🌾", ["satudua", "👩🏽‍🌾", "👩🏽‍🌾"]),
        ("aaaaaaaaae\u0301", ["aaaaaaaaa", "e\u0301"]),
    ],
)
def test_where_a_long_text_is_cut(text: str, expected: list[str]) -> None:
    assert pieces(mark(text), 10) == expected


def test_nothing_to_say_is_no_call() -> None:
    assert render(Bubble(" \n ", buttons("Ya"))) == []


def test_rows_are_readable_on_a_small_phone() -> None:
    assert rows("Sudah", "Belum") == [2]
    assert rows("Sudah", "Belum", "Ubah") == [3]
    assert rows("Sudah", "Belum", "Ubah", "Lewati") == [2, 2]
    assert rows("Rp10.000", "Rp20.000", "Rp50.000", "Lain", "Batal") == [3, 2]
    assert rows("Panggil Bu Dewi", "Coba lagi", "Batal") == [2, 1]
    assert rows("Saya setuju dan mau bergabung", "Tidak") == [1, 1]
    assert rows() == []


def test_a_payload_too_long_is_named() -> None:
    with pytest.raises(ValueError, match="s1:éééé"):
        keyboard([Button("Ya", "s1:" + "é" * 31)])
    with pytest.raises(ValueError, match="''"):
        keyboard([Button("Ya", "")])
    with pytest.raises(ValueError, match="101 buttons"):
        keyboard(buttons(*["Ya"] * 101))


def test_short_words_are_the_caption_of_a_picture_and_long_ones_follow_it() -> None:
    (one,) = render(Bubble("*Melati*", buttons("Ya"), qr="https://t.me/x?start=g_1"))
    assert one.method == "sendPhoto"
    assert isinstance(one.data["photo"], InputFile)
    assert one.data["caption"] == "<b>Melati</b>"
    assert "reply_markup" in one.data
    picture, text = render(Bubble("a" * 1025, buttons("Ya"), qr="https://t.me/x?start=g_1"))
    assert picture.data.keys() == {"photo"}
    assert text.method == "sendMessage"
    assert "reply_markup" in text.data
    assert qr_png("x").startswith(b"\x89PNG")


def test_what_was_heard_is_sent_again() -> None:
    photo = render(Bubble("dari Bu Sari", media=Media(MediaKind.PHOTO, "photo:F1")))
    assert [(call.method, call.data["photo"], call.data["caption"]) for call in photo] == [
        ("sendPhoto", "F1", "dari Bu Sari")
    ]
    sticker = render(Bubble("dari Bu Sari", media=Media(MediaKind.STICKER, "sticker:F1")))
    assert [call.method for call in sticker] == ["sendSticker", "sendMessage"]
    place = render(Bubble("", media=Media(MediaKind.LOCATION, "copy:1001/5")))
    assert [call.data for call in place] == [{"from_chat_id": 1001, "message_id": 5}]
    with pytest.raises(ValueError, match="wamid"):
        render(Bubble("", media=Media(MediaKind.PHOTO, "wamid")))
