"""A voice note while a human speaks: put into words, and the human hears the voice as well."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from itertools import count

import pytest

from bot.app import assemble
from bot.cast import seed
from bot.delivery import deliver_now
from bot.domain.changes import VoiceRead
from bot.domain.invite import Ways
from bot.files import Media, MediaKind
from bot.ports import Bubble, Heard
from storage.store import SqlStore, connect

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
VOICE = Media(MediaKind.VOICE, "1", "practice")


@pytest.fixture
def store(new_sqlite: str) -> Iterator[SqlStore]:
    made = SqlStore(connect(new_sqlite), lambda: MONDAY)
    seed(made, made.invite_mentor("Dewi"), "practice", str.lower)
    yield made
    made.close()


@pytest.mark.parametrize("answered", [True, False])
def test_a_voice_note(store: SqlStore, answered: bool) -> None:  # noqa: FBT001 - both ways
    runner, numbers = assemble(store, lambda: MONDAY, lambda: Ways(listens=True)), count(1)

    def says(who: str, words: str = "", pressed: str = "", media: Media | None = None) -> None:
        runner.receive(Heard("practice", str(next(numbers)), who, MONDAY, words, pressed, media))

    def last(who: str) -> Bubble:
        seen = [one for one in arrived() if one[0] == who]
        return seen[-1][1]

    shown: list[tuple[str, Bubble]] = []

    def arrived() -> list[tuple[str, Bubble]]:
        letters = deliver_now(store.outbox, "practice", MONDAY, list)
        shown.extend((one.address, one.bubble) for one in letters)
        return shown

    says("sari", "pendamping")
    says("sari", "kue saya bantat")
    if answered:
        says("dewi", "jawab 1")
        says("dewi", "ovennya panas?")
    says("sari", media=VOICE)
    with store.transaction() as books:
        sari = books.meet("practice", "sari")
    runner.happen(VoiceRead(1, sari, VOICE.packed(), "bagaimana cara hitung hpp kerupuk"), sari)
    (right,) = [one for one in last("sari").buttons if one.label == "Betul"]
    says("sari", pressed=right.payload)
    if answered:
        assert "bagaimana cara hitung hpp" in last("dewi").text
        assert last("dewi").media == VOICE
    else:
        assert "Cara hitung HPP" in last("sari").text
