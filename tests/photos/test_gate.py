"""The gate for pictures: what nobody can look at goes on, a card does not, and her word counts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from bot.domain.people import Person
from bot.domain.pictures import CardSeen, PicturePassed
from bot.errands import Errand
from bot.files import File, Media, MediaKind
from bot.gate import heard_again
from bot.glance import Glance
from bot.ports import Refused
from tests.id_cards import sent_card
from tests.pictures import bomb, sent

SARI = Person(1, "Sari", "Bu")
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MEDIA = Media(MediaKind.DOCUMENT, "1", "practice")


def looked(content: bytes, **facts: str) -> PicturePassed | CardSeen:
    async def fetch(_ref: str) -> File:
        return File(content, "image/jpeg")

    kept = {"words": "ini bu", "reply_to": "7", "at": AT.isoformat(), **facts}
    return asyncio.run(Glance({"practice": fetch}).do(Errand(3, SARI, MEDIA, 1, kept)))


def test_a_card_goes_no_further() -> None:
    assert looked(sent_card()) == CardSeen(3, SARI)


def test_her_word_counts() -> None:
    assert isinstance(looked(sent_card(), vouched="yes"), PicturePassed)


@pytest.mark.parametrize("content", [sent("bagus"), b"%PDF-1.7 a list", bomb(30_000, 30_000)])
def test_anything_else_is_heard_as_it_came(content: bytes) -> None:
    passed = looked(content)
    assert isinstance(passed, PicturePassed)
    heard = heard_again(passed.came)
    assert (heard.words, heard.media, heard.reply_to, heard.at) == ("ini bu", MEDIA, "7", AT)


def test_what_cannot_be_fetched_goes_on_in_the_end() -> None:
    facts = {"words": "", "reply_to": "", "at": AT.isoformat()}
    nowhere, errand = Glance({}), Errand(3, SARI, MEDIA, 3, facts)
    with pytest.raises(Refused):
        asyncio.run(nowhere.do(errand))
    assert nowhere.give_up(errand).came.person == SARI
