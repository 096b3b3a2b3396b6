"""How many messages go out for each that comes in, over all transcripts: on WhatsApp each may cost."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

from bot.channels.whatsapp.rendering import LONGEST_BESIDE
from bot.pieces import units
from bot.transcript import pieces, read
from tests.test_conversations import scenes

#: Answers to her who wrote, for each message; the goal of the issue.
MOST_ANSWERS = 1.05

_BOT = "Bot > "


def turns() -> Iterator[tuple[str, Counter[str]]]:
    """Every message somebody sent, with how many then went to whom."""
    for scene in scenes():
        spoke, said = "", Counter[str]()
        for line in pieces(scene.script):
            if line.startswith(_BOT):
                name, _, text = line.removeprefix(_BOT).partition(": ")
                said[name] += _messages(text)
            elif line:
                if spoke:
                    yield spoke, said
                spoke, said = "" if line.startswith("--") else read(line).name, Counter()
        if spoke:
            yield spoke, said


def _messages(text: str) -> int:
    """One; a text too long to stand beside its buttons comes in two."""
    return 2 if text.endswith("]") and units(text) > LONGEST_BESIDE else 1


def test_one_turn_is_one_bubble(capsys: pytest.CaptureFixture[str]) -> None:
    heard = answers = others = 0
    for who, said in turns():
        heard += 1
        answers += said[who]
        others += said.total() - said[who]
    with capsys.disabled():
        print(  # noqa: T201 - a figure to look at
            f"\noutgoing per incoming: {answers / heard:.3f} to her who wrote,"
            f" {(answers + others) / heard:.3f} with what others hear because of it ({heard} heard)"
        )
    assert heard > 500
    assert answers / heard <= MOST_ANSWERS
