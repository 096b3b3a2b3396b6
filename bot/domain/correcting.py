"""How an entry is put right: undone by its mirror, and booked as it should have been."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.domain.ledger import (
    Account,
    AccountKind,
    Draft,
    Entry,
    anew,
    cash,
    hand_over,
    overdrawn,
    reversal,
)
from bot.domain.money import Money


def correction(
    it: Entry, right: Money, holder: int, day: date, stands: Mapping[Account, Money]
) -> Sequence[Draft] | None:
    """What is booked so that ``it`` will have been ``right`` (nothing: it never was).

    ``holder`` keeps the box on ``day``, when it is put right, and ``stands`` is what stands on each
    account. The mirror comes first, unless what it takes away has gone elsewhere since. None when
    neither order is allowed, since something would fall below zero on the way.
    """
    undo, instead = _undo(it, holder, day), [anew(it, holder, right)] if right else []
    orders = ([*undo, *instead], [*instead, *undo])
    return next((one for one in orders if _allowed(one, stands)), None)


def _undo(it: Entry, holder: int, day: date) -> list[Draft]:
    """The mirror of an entry, with the cash brought to where the entry had it.

    It moves the cash of whoever held it then, so after a hand-over the money is booked back to her
    for that moment.
    """
    then = next(side.member for side in (it.into, it.out_of) if side.kind is AccountKind.CASH)
    undo = reversal(it, day)
    if then == holder:
        return [undo]
    if it.into == cash(then):
        return [hand_over(holder, then, it.amount, day), undo]
    return [undo, hand_over(then, holder, it.amount, day)]


def _allowed(drafts: Sequence[Draft], stands: Mapping[Account, Money]) -> bool:
    """Whether no account falls below nothing on the way."""
    sums = {account: money.rupiah for account, money in stands.items()}
    for one in drafts:
        for account, rupiah in one.moves:
            sums[account] = sums.get(account, 0) + rupiah
            if overdrawn(account, sums[account]):
                return False
    return True
