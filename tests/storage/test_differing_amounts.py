"""A deposit of which another amount was counted: open until both say the same, whoever asks."""

from __future__ import annotations

import pytest

from bot.domain import changes
from bot.domain.claims import Claim, ClaimState
from bot.domain.money import Money
from bot.ports import Conflict
from tests.storage.conftest import DAY, Kept

TOLD, COUNTED = Money(20_000), Money(15_000)


@pytest.fixture
def counted(kept: Kept) -> Claim:
    """Sari says twenty, Rina has counted fifteen."""
    with kept.store.transaction() as books:
        told = changes.DepositClaimed(kept.sari, TOLD, DAY, kept.rina.person)
        number = int(books.record(told)[0].facts["claim"])
    with kept.store.transaction() as books:
        claim = books.claim(kept.group.id, number)
        books.record(changes.ClaimRefused(claim, kept.rina.person, COUNTED))
        return books.claim(kept.group.id, number)


def state_of(kept: Kept, claim: Claim) -> ClaimState:
    with kept.store.transaction() as books:
        return books.claim(claim.group, claim.number).state


def test_it_waits_with_what_was_counted(kept: Kept, counted: Claim) -> None:
    assert (counted.state, counted.counted) == (ClaimState.WAITING, COUNTED)
    with kept.store.transaction() as books:
        assert books.claims_waiting_in(kept.group.id) == 1
        assert list(books.claims_waiting(kept.group)) == [counted]


def test_a_no_does_not_make_it_go_away(kept: Kept, counted: Claim) -> None:
    with kept.store.transaction() as books:
        (happened,) = books.record(changes.ClaimRefused(counted, kept.rina.person))
    assert happened.facts["instead"] == COUNTED.rupiah
    assert state_of(kept, counted) is ClaimState.WAITING


def test_nobody_takes_it_back_alone(kept: Kept, counted: Claim) -> None:
    with pytest.raises(Conflict, match="in the holder's hand"), kept.store.transaction() as books:
        books.record(changes.ClaimWithdrawn(counted))
    assert state_of(kept, counted) is ClaimState.WAITING


def test_what_both_say_takes_its_place(kept: Kept, counted: Claim) -> None:
    fifteen = changes.DepositClaimed(kept.sari, COUNTED, DAY, kept.rina.person, counted)
    with kept.store.transaction() as books:
        number = int(books.record(fifteen)[0].facts["claim"])
    assert state_of(kept, counted) is ClaimState.WITHDRAWN
    with kept.store.transaction() as books:
        assert [one.number for one in books.waiting_claims(kept.sari)] == [number]
    with pytest.raises(Conflict), kept.store.transaction() as books:  # told twice
        books.record(fifteen)


def test_the_amount_that_was_told_is_booked_once_it_is_found(kept: Kept, counted: Claim) -> None:
    with kept.store.transaction() as books:
        books.record(changes.ClaimReceived(counted, kept.rina.person))
    with kept.store.transaction() as books:
        assert books.saved(kept.sari) == TOLD
