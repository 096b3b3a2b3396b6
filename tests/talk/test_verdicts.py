"""An answer that is a word from a button or whatever she wants to tell a human."""

from __future__ import annotations

import pytest

from bot.talk.answers import Choice, Got, Note, Reply
from bot.talk.verdicts import word_or_note
from handlers.menu import settles

_ANSWER = word_or_note({"good": ("👍",), "bad": ("👎",)}, 20, (Choice("saldo", command=True),))


@pytest.mark.parametrize(
    "value", ["good", "bad", Note("apa kabar"), Note("", "photo:x:1"), Note("good?")]
)
def test_what_is_kept_comes_back(value: str | Note) -> None:
    assert _ANSWER.recall(_ANSWER.keep(value)) == Got(value)


def test_words_photos_and_signs() -> None:
    assert _ANSWER.read("👍") == Got("good")
    assert _ANSWER.read(" Good ") == Got("good")
    assert _ANSWER.read("baik sekali bu, terima kasih") == Got(Note("baik sekali bu, teri"))
    assert _ANSWER.read("  ") is None
    assert _ANSWER.media is not None
    assert _ANSWER.media(Reply("ini", media="photo:x:1")) == Note("ini", "photo:x:1")
    assert [one.value for one in _ANSWER.choices] == ["good", "bad", "saldo"]


@pytest.mark.parametrize(
    ("words", "settled"),
    [
        ("makasih ya bu", True),
        ("oh gitu", True),
        ("👍", True),
        ("alhamdulillah", True),
        ("makasih bu, kalau minyaknya gimana", False),
        ("terima kasih bu, sudah saya coba tapi hasilnya masih bantat juga", False),
        ("oke?", False),
        ("masih bantat", False),
    ],
)
def test_thanks_ask_nothing_more(words: str, settled: bool) -> None:  # noqa: FBT001 - a table
    assert settles(words) is settled
