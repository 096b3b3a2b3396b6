"""Books read again: what no rule would have let in is named, whoever sealed it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.domain import ledger
from bot.domain.ledger import BANK, DIFFERENCE, Draft, Entry, EntryKind, cash, owed
from bot.domain.money import Money
from bot.domain.replaying import Replay

DAY = date(2026, 11, 23)
TEN, FIVE = Money(10_000), Money(5_000)


def _deposit() -> Draft:
    return ledger.deposit(2, 1, TEN, DAY)


def _undone(number: int, draft: Draft) -> Draft:
    moved = (draft.member, draft.amount, draft.into, draft.out_of)
    return ledger.reversal(Entry(1, number, draft.kind, DAY, *moved, 1), DAY)


#: Books as they should be: entry 1 is a deposit of ten thousand by member 2, who holds nothing.
RIGHT: dict[str, Callable[[], list[Draft]]] = {
    "all the kinds": lambda: [
        ledger.deposit(3, 1, TEN, DAY),
        ledger.hand_over(1, 4, TEN, DAY),
        ledger.to_bank(4, FIVE, DAY),
        ledger.from_bank(4, FIVE, DAY),
        Draft(EntryKind.DIFFERENCE, DAY, 1, FIVE, DIFFERENCE, cash(1)),
        Draft(EntryKind.DIFFERENCE, DAY, 1, FIVE, cash(1), DIFFERENCE),
        ledger.withdrawal(2, 1, FIVE, DAY),
        ledger.share_out(2, 4, FIVE, DAY),
    ],
    "undone, and booked anew": lambda: [_undone(1, _deposit()), ledger.deposit(2, 1, FIVE, DAY)],
    "to the last rupiah": lambda: [ledger.withdrawal(2, 1, TEN, DAY)],
}

#: What stands behind it and should not, and the column or rule that is named.
WRONG: dict[str, tuple[Callable[[], list[Draft]], str]] = {
    "a rupiah too much": (
        lambda: [ledger.deposit(3, 1, TEN, DAY), ledger.withdrawal(2, 1, Money(10_001), DAY)],
        "below zero",
    ),
    "a rupiah that is not in the box": (
        lambda: [ledger.to_bank(1, Money(10_001), DAY)], "below zero"
    ),
    "a rupiah that is not in the bank": (
        lambda: [ledger.to_bank(1, FIVE, DAY), ledger.from_bank(1, Money(5_001), DAY)], "below zero"
    ),
    "money out of somebody else's savings": (
        lambda: [ledger.deposit(3, 1, TEN, DAY), replace(ledger.withdrawal(2, 1, FIVE, DAY), member=3)],
        "member",
    ),
    "a deposit that takes": (
        lambda: [replace(ledger.withdrawal(2, 1, FIVE, DAY), kind=EntryKind.DEPOSIT)], "posting"
    ),
    "savings out of a difference": (
        lambda: [Draft(EntryKind.DIFFERENCE, DAY, 2, FIVE, DIFFERENCE, owed(2))], "posting"
    ),
    "a bank that pays savings": (
        lambda: [Draft(EntryKind.WITHDRAWAL, DAY, 2, FIVE, owed(2), BANK)], "posting"
    ),
    "undone twice": (
        lambda: [_undone(1, _deposit()), _deposit(), _undone(1, _deposit())], "reverses"
    ),
    "undone by half": (lambda: [replace(_undone(1, _deposit()), amount=FIVE)], "reverses"),
    "undone for another": (lambda: [replace(_undone(1, _deposit()), member=3)], "reverses"),
    "undone the wrong way round": (
        lambda: [replace(_undone(1, _deposit()), into=cash(1), out_of=owed(2))], "reverses"
    ),
    "an undoing undone": (
        lambda: [_undone(1, _deposit()), replace(_undone(1, _deposit()), reverses=2)], "reverses"
    ),
    "an undoing of nothing": (lambda: [replace(_undone(1, _deposit()), reverses=None)], "reverses"),
    "an undoing of what comes later": (
        lambda: [replace(_undone(1, _deposit()), reverses=3)], "reverses"
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RIGHT)
def test_books_that_keep_the_rules_are_right(name: str) -> None:
    replay = Replay()
    drafts = [_deposit(), *RIGHT[name]()]
    assert [replay.add(number, one) for number, one in enumerate(drafts, 1)] == [None] * len(drafts)
    assert sum(replay.sums.values()) == 0


@pytest.mark.parametrize("name", WRONG)
def test_what_no_rule_lets_in_is_named(name: str) -> None:
    made, rule = WRONG[name]
    replay = Replay()
    *before, last = [replay.add(number, one) for number, one in enumerate([_deposit(), *made()], 1)]
    assert not any(before)
    assert last == rule


def test_each_account_knows_the_last_that_moved_it() -> None:
    replay = Replay()
    replay.add(1, _deposit())
    replay.add(2, ledger.deposit(3, 1, FIVE, DAY))
    assert replay.moved_by == {cash(1): 2, owed(2): 1, owed(3): 2}
    assert replay.sums == {cash(1): 15_000, owed(2): -10_000, owed(3): -5_000}
