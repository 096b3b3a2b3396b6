"""The library of weekly tips: a year of them, short, one idea and one action each."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from tests.knowledge.measuring import ARTICLES

_FILE = Path(__file__).parents[2] / "handlers" / "tips" / "id" / "weekly.toml"
TIPS = tomllib.loads(_FILE.read_text("utf-8"))["tip"]


def test_there_is_one_for_every_week() -> None:
    assert len(TIPS) == 52
    assert len({tip["id"] for tip in TIPS}) == 52
    assert len({tip["text"] for tip in TIPS}) == 52


def test_each_is_one_idea_and_one_action() -> None:
    for tip in TIPS:
        idea, action = tip["text"].split("\n\n")
        assert action.startswith("*Minggu ini*: "), tip["id"]
        assert len(tip["text"]) <= 240, tip["id"]
        assert idea.count("*") == 0, tip["id"]
        assert not re.search(r"\b(anda|kamu|bunga|denda|hadiah|gagal)\b|!", tip["text"].lower())


def test_each_leads_to_an_article() -> None:
    assert {tip["article"] for tip in TIPS} <= {one.id for one in ARTICLES}
