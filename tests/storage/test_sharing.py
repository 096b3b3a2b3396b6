"""Several women on one phone, whose number changes and whose owner goes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.domain.pace import Limit
from bot.domain.people import Person
from bot.domain.privacy_changes import PhoneLost, PhoneShared
from bot.ports import Bubble
from bot.told import Moved
from tests.storage.conftest import MONDAY, Kept


def _beside(kept: Kept) -> Person:
    """Somebody who shares Sari's phone."""
    with kept.store.transaction() as books:
        (happened,) = books.record(PhoneShared(kept.sari.person, kept.group))
    assert isinstance(happened.change, PhoneShared)
    assert happened.change.other is not None
    return happened.change.other


def _sent_to(kept: Kept, who: Person) -> str:
    """The address a word to her goes to."""
    with kept.store.transaction() as books:
        books.post(who, Bubble("x"), "answer", None)
    claimed = kept.store.outbox.claim(
        {"practice": Limit()}, lambda _: 9, MONDAY, MONDAY + timedelta(minutes=1)
    )
    (letter,) = claimed.letters
    kept.store.outbox.sent([(letter, "")], MONDAY)
    return letter.address


def test_both_are_reached_by_one_number_and_told_apart(kept: Kept) -> None:
    tuti = _beside(kept)
    assert _sent_to(kept, tuti) == "sari"
    assert _sent_to(kept, kept.sari.person) == "sari"
    with kept.store.transaction() as books:
        shared = books.sharing(books.meet("practice", "sari"))
        assert shared is not None
        assert [one.id for one in shared.people] == [kept.sari.person.id, tuti.id]
        assert books.sharing(kept.ani.person) is None


@pytest.mark.parametrize("before", ["sari", "62811"])
def test_a_changed_number_is_changed_for_both(kept: Kept, before: str) -> None:
    if before != "sari":
        with kept.store.transaction() as books:
            books.meet("practice", "sari", before)
    tuti = _beside(kept)
    kept.store.moved(Moved("practice", "1", before, "62899"))
    assert _sent_to(kept, tuti) == "62899"
    assert _sent_to(kept, kept.sari.person) == "62899"
    with kept.store.transaction() as books:
        assert books.meet("practice", "62899").id == kept.sari.person.id


def test_a_number_that_is_told_later_is_both_womens(kept: Kept) -> None:
    tuti = _beside(kept)
    with kept.store.transaction() as books:
        books.meet("practice", "sari", "62811")
    assert _sent_to(kept, tuti) == "62811"
    with kept.store.transaction() as books:
        assert books.meet("practice", "62811").id == kept.sari.person.id


def test_who_stood_beside_owns_the_chat_when_the_owner_is_parted_from_it(kept: Kept) -> None:
    tuti, third = _beside(kept), _beside(kept)
    with kept.store.transaction() as books:
        books.record(PhoneLost(kept.sari, kept.rina.person))
    with kept.store.transaction() as books:
        assert books.meet("practice", "sari").id == tuti.id
        shared = books.sharing(third)
        assert shared is not None
        assert [one.id for one in shared.people] == [tuti.id, third.id]
        assert not books.person(kept.sari.person.id).reachable
    kept.store.sweep()
    assert _sent_to(kept, third) == "sari"
