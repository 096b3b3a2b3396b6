"""What a question is about, as far as its words tell."""

from __future__ import annotations

import pytest

from bot.domain.consultations import Topic
from bot.talk.knowledge import topic_of


@pytest.mark.parametrize(
    ("words", "topic"),
    [
        ("minjem duit ke bri syaratnya apa", Topic.CAPITAL),
        ("cemana jualan lewat fb", Topic.MARKETING),
        ("ngitung laba sama rugi", Topic.MONEY),
        ("bikin nib susah kali", Topic.PERMIT),
        ("kripik melempem", Topic.PRODUCT),
        ("cuaca besok gimana", None),
        ("", None),
        ("modal nib", None),  # as much of the one as of the other
    ],
)
def test_topic(words: str, topic: Topic | None) -> None:
    assert topic_of(words) is topic
