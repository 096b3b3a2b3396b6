"""Whether a mentor's own words find her command, and whether we ask rather than guess."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from bot.app import every_dialogue
from bot.talk.route import Conversations
from handlers.mentor_words import commands, likely

_LINES = Path(__file__).with_name("mentor.tsv").read_text("utf-8").splitlines()[1:]
HELD_OUT = [(command, words) for command, _, words in (line.partition("\t") for line in _LINES)]

#: Words that no command is for.
NONE = "-"


def _verdict(command: str, words: str) -> str:
    found = likely(words)
    ids = [one.id for one in found.answers]
    if not ids:
        return "nothing"
    if found.alone:
        return "begun" if ids[0] == command else "wrongly begun"
    return "offered" if command in ids else "others offered"


def test_held_out_words_find_the_command(capsys: pytest.CaptureFixture[str]) -> None:
    hers = Counter(_verdict(*one) for one in HELD_OUT if one[0] != NONE)
    other = Counter(_verdict(*one) for one in HELD_OUT if one[0] == NONE)
    with capsys.disabled():
        print(f"\nmentors' words: {dict(hers)}\nabout something else: {dict(other)}")  # noqa: T201
    assert hers.total() >= 130
    assert (hers["begun"] + hers["offered"]) / hers.total() >= 0.9
    assert (hers["wrongly begun"] + other["wrongly begun"]) / len(HELD_OUT) <= 0.02


def test_each_is_a_command_there_is() -> None:
    there = Conversations(every_dialogue())
    assert [name for name in commands().names() if there.named(name) is None] == []
