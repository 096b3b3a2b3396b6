"""Putting an entry right: whatever happened since, the books allow every step or nothing is booked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as some

from bot.domain import ledger
from bot.domain.correcting import correction
from bot.domain.ledger import (
    BANK,
    Account,
    AccountKind,
    Draft,
    Entry,
    EntryKind,
    cash,
    overdrawn,
    owed,
)
from bot.domain.money import NOTHING, Money

RINA, SARI, ANI = 1, 2, 3
THEN = date(2026, 11, 20)
NOW = THEN + timedelta(days=3)

amounts = some.integers(1, 200).map(Money)
stands_of = some.builds(
    lambda saved, box, bank: {owed(SARI): -saved, cash(ANI): box, BANK: bank},
    *[some.integers(0, 300).map(Money)] * 3,
)
kinds = some.sampled_from(
    [
        lambda amount: ledger.deposit(SARI, RINA, amount, THEN),
        lambda amount: ledger.withdrawal(SARI, ANI, amount, THEN),
        lambda amount: ledger.to_bank(RINA, amount, THEN),
        lambda amount: ledger.from_bank(ANI, amount, THEN),
    ]
)


def booked(draft: Draft) -> Entry:
    sides = (draft.amount, draft.into, draft.out_of)
    return Entry(7, 1, draft.kind, draft.day, draft.member, *sides, recorded_by=9)


def moved(drafts: Sequence[Draft], stands: Mapping[Account, Money]) -> list[dict[Account, Money]]:
    """What stands after each step, of what was moved by then."""
    found, sums = [], dict(stands)
    for one in drafts:
        sums[one.into] = sums.get(one.into, NOTHING) + one.amount
        sums[one.out_of] = sums.get(one.out_of, NOTHING) - one.amount
        found.append(dict(sums))
    return found


@given(some.builds(lambda kind, amount: booked(kind(amount)), kinds, amounts), amounts, stands_of)
def test_no_step_leaves_less_than_nothing_and_all_stands_as_it_should(
    was: Entry, right: Money, stands: dict[Account, Money]
) -> None:
    drafts = correction(was, right, ANI, NOW, stands)
    if drafts is None:
        return
    steps = moved(drafts, stands)
    assert not any(
        overdrawn(account, left.rupiah) for step in steps for account, left in step.items()
    )
    into_box = was.into.kind is AccountKind.CASH
    other, more = (was.out_of if into_box else was.into), right - was.amount
    assert steps[-1][cash(ANI)] == stands[cash(ANI)] + (more if into_box else -more)
    assert steps[-1][other] == stands[other] - (more if into_box else -more)
    assert steps[-1].get(cash(RINA), NOTHING) == NOTHING


@given(amounts, amounts, stands_of)
def test_a_deposit_is_put_right_whenever_the_end_is_nothing_or_more(
    was: Money, right: Money, stands: dict[Account, Money]
) -> None:
    entry, more = booked(ledger.deposit(SARI, RINA, was, THEN)), right - was
    ends_well = min(more - stands[owed(SARI)], stands[cash(ANI)] + more) >= NOTHING
    assert (correction(entry, right, ANI, NOW, stands) is not None) == ends_well


def test_the_mirror_comes_first_where_it_may() -> None:
    entry = booked(ledger.deposit(SARI, RINA, Money(100), THEN))
    stands = {owed(SARI): Money(-100), cash(RINA): Money(100)}
    drafts = correction(entry, Money(90), RINA, NOW, stands)
    assert drafts is not None
    assert [one.kind for one in drafts] == [EntryKind.REVERSAL, EntryKind.DEPOSIT]
    assert [one.day for one in drafts] == [NOW, THEN]


def test_what_is_right_comes_first_where_the_money_has_gone_elsewhere() -> None:
    entry = booked(ledger.deposit(SARI, RINA, Money(100), THEN))
    stands = {owed(SARI): Money(-100), cash(ANI): NOTHING, BANK: Money(100)}
    drafts = correction(entry, Money(110), ANI, NOW, stands)
    assert drafts is not None
    assert drafts == [
        ledger.deposit(SARI, ANI, Money(110), THEN),
        ledger.hand_over(ANI, RINA, Money(100), NOW),
        ledger.reversal(entry, NOW),
    ]


def test_what_a_withdrawal_put_back_is_passed_on_to_who_holds_the_box_now() -> None:
    entry = booked(ledger.withdrawal(SARI, RINA, Money(100), THEN))
    stands = {owed(SARI): NOTHING, cash(RINA): NOTHING, cash(ANI): NOTHING}
    assert correction(entry, Money(40), ANI, NOW, stands) == [
        ledger.reversal(entry, NOW),
        ledger.hand_over(RINA, ANI, Money(100), NOW),
        ledger.withdrawal(SARI, ANI, Money(40), THEN),
    ]


def test_what_was_spent_cannot_be_undone() -> None:
    entry = booked(ledger.deposit(SARI, RINA, Money(100), THEN))
    assert (
        correction(entry, NOTHING, RINA, NOW, {owed(SARI): Money(-50), cash(RINA): Money(50)})
        is None
    )
