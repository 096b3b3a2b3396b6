"""What a count of the box is told of: nothing waits before it, and what follows comes on top."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.domain import changes, payout_changes
from bot.domain import ledger_changes as money
from bot.domain.cash import CashKind, CashReport, CashState, draw
from bot.domain.endings import EndingPlanned, Reason
from bot.domain.ledger import DIFFERENCE, deposit, withdrawal
from bot.domain.money import NOTHING, Money
from bot.domain.people import Member
from bot.ports import Conflict
from tests.storage.conftest import DAY, Kept
from tests.storage.test_corrections import put_right

COUNT, HAND_OVER, TO_BANK = CashKind.COUNT, CashKind.HAND_OVER, CashKind.TO_BANK


def told(kept: Kept, kind: CashKind, rupiah: int, who: Member | None = None) -> CashReport:
    """Somebody reports about the cash, and Ani is asked."""
    reported = money.CashReported(
        kind, kept.group, who or kept.rina, Money(rupiah), kept.ani.person
    )
    with kept.store.transaction() as books:
        happened = books.record(reported)[-1]
        return books.cash_report(kept.group.id, int(happened.facts["report"]))


def confirm(kept: Kept, report: CashReport) -> None:
    kept.record(money.CashConfirmed(report, report.checker))


def in_box(kept: Kept) -> int:
    with kept.store.transaction() as books:
        return books.in_box(books.group(kept.group.id)).rupiah


def state(kept: Kept, report: CashReport) -> CashState:
    with kept.store.transaction() as books:
        return books.cash_report(kept.group.id, report.number).state


@pytest.fixture
def full(kept: Kept) -> Kept:
    """Sari has 50.000 in the box."""
    kept.save(kept.sari, 50_000)
    return kept


def test_a_newer_count_takes_the_place_of_the_one_that_waits(full: Kept) -> None:
    first, second = told(full, COUNT, 49_500), told(full, COUNT, 49_500)
    with pytest.raises(Conflict):
        confirm(full, first)
    confirm(full, second)
    assert in_box(full) == 49_500
    assert (state(full, first), state(full, second)) == (CashState.DECLINED, CashState.CONFIRMED)


def test_what_is_booked_after_a_count_comes_on_top(full: Kept) -> None:
    counted = told(full, COUNT, 49_500)
    full.save(full.ani, 10_000)
    full.book(withdrawal(full.sari.number, full.rina.number, Money(5_000), DAY))
    confirm(full, counted)
    assert in_box(full) == 54_500


@pytest.mark.parametrize("kind", [COUNT, HAND_OVER, TO_BANK, CashKind.FROM_BANK])
def test_while_a_slip_waits_nothing_is_reported(full: Kept, kind: CashKind) -> None:
    slip = told(full, TO_BANK, 40_000)
    with pytest.raises(Conflict):
        told(full, kind, 20_000, full.sari)
    confirm(full, slip)
    assert told(full, kind, 10_000, full.sari).booked == Money(10_000)


def test_a_slip_takes_the_place_of_a_count_that_waits(full: Kept) -> None:
    counted = told(full, COUNT, 10_000)
    confirm(full, told(full, TO_BANK, 40_000))
    with pytest.raises(Conflict):
        confirm(full, counted)
    assert in_box(full) == 10_000


def test_a_slip_of_more_than_there_is_left_is_not_booked(full: Kept) -> None:
    slip = told(full, TO_BANK, 40_000)
    full.book(withdrawal(full.sari.number, full.rina.number, Money(20_000), DAY))
    with pytest.raises(Conflict):
        confirm(full, slip)
    assert state(full, slip) is CashState.WAITING


def test_a_count_that_would_leave_less_than_nothing_is_not_booked(full: Kept) -> None:
    counted = told(full, COUNT, 1_000)
    full.book(withdrawal(full.sari.number, full.rina.number, Money(20_000), DAY))
    with pytest.raises(Conflict):
        confirm(full, counted)


@pytest.mark.parametrize("kind", [COUNT, HAND_OVER])
def test_what_was_given_is_answered_before_a_count(full: Kept, kind: CashKind) -> None:
    with full.store.transaction() as books:
        claimed = changes.DepositClaimed(full.ani, Money(5_000), DAY, full.rina.person)
        number = int(books.record(claimed)[0].facts["claim"])
        claim = books.claim(full.group.id, number)
    with pytest.raises(Conflict):
        told(full, kind, 55_000, full.sari)
    full.record(changes.ClaimReceived(claim, full.rina.person))
    assert told(full, kind, 55_000, full.sari).off == NOTHING


def test_what_was_handed_out_is_answered_before_a_count(full: Kept) -> None:
    with full.store.transaction() as books:
        number = int(
            books.record(payout_changes.PayoutAsked(full.sari, Money(5_000), ""))[0].facts["payout"]
        )
        payout = books.payout(full.group.id, number)
        (dewi,) = books.mentors(full.group.id)
        books.record(payout_changes.PayoutApproved(payout, dewi, as_mentor=True, as_holder=True))
    told(full, COUNT, 50_000)  # agreed, but still in the box
    full.record(payout_changes.PayoutPaid(payout, full.rina.person, full.sari.person))
    with pytest.raises(Conflict):
        told(full, COUNT, 45_000)
    full.record(payout_changes.PayoutReceived(payout, full.sari.person))
    assert told(full, COUNT, 45_000).off == NOTHING


def test_a_correction_lets_go_of_a_count_that_waits(full: Kept) -> None:
    counted = told(full, COUNT, 10_000)
    put_right(full, 1, Money(10_000))
    with pytest.raises(Conflict):
        confirm(full, counted)
    assert in_box(full) == 10_000
    with full.store.transaction() as books:
        assert DIFFERENCE not in books.balances(full.group.id)


def test_a_box_that_moved_while_it_was_handed_over_is_counted_again(full: Kept) -> None:
    handed = told(full, HAND_OVER, 50_000, full.sari)
    full.book(deposit(full.ani.number, full.rina.number, Money(1_000), DAY))
    with pytest.raises(Conflict):
        confirm(full, handed)


def test_nobody_else_holds_the_box_while_something_waits(kept: Kept) -> None:
    claimed = changes.DepositClaimed(kept.ani, Money(5_000), DAY, kept.rina.person)
    kept.record(claimed)
    with pytest.raises(Conflict):
        kept.record(changes.HolderAccepted(kept.group, kept.sari))


def test_a_count_of_who_holds_the_box_no_more_is_not_booked(kept: Kept) -> None:
    counted = told(kept, COUNT, 5_000)
    kept.record(changes.HolderAccepted(kept.group, kept.sari))
    with pytest.raises(Conflict):
        confirm(kept, counted)


def test_the_end_a_mentor_announced_makes_counts_more_frequent(full: Kept) -> None:
    with full.store.transaction() as books:
        group, (dewi,) = books.group(full.group.id), books.mentors(full.group.id)
    # Days on which the draw says yes at the end, and no far from it.
    days = [DAY + timedelta(days=day) for day in range(60)]
    drawn = [day for day in days if 0.1 < draw(group.head, day, "count") < 1 / 3]
    assert asked_to_count(full, drawn[0]) is False
    full.record(EndingPlanned(group, drawn[1], Reason.TIME_OVER, dewi))
    assert asked_to_count(full, drawn[1]) is True


def asked_to_count(kept: Kept, day: date) -> bool:
    with kept.store.transaction() as books:
        happened = books.record(money.DayBegun(books.group(kept.group.id), day))
    return any(isinstance(one.change, money.CountAsked) for one in happened)
