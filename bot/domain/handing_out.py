"""What a box can hand out: what it holds, without what is said to have been handed out already."""

from __future__ import annotations

from bot.domain.ledger_books import LedgerBooks
from bot.domain.money import Money
from bot.domain.payouts import Payout, PayoutState
from bot.domain.people import Group


def left_for(books: LedgerBooks, group: Group, payout: Payout) -> Money:
    """What the box holds for ``payout``; the others that wait for the receiver's word have left it."""
    gone = [
        one.amount.rupiah
        for one in books.payouts_waiting(group.id)
        if one.state is PayoutState.PAID and one.number != payout.number
    ]
    return books.in_box(group) - Money(sum(gone))
