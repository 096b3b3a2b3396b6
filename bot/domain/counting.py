"""What a count of the box depends on: all that was given, taken or moved must be answered first.

A count speaks of the moment it is told. What is booked after it moved after it, so whatever moved
before it has to be in the books by then. That is why nothing may wait when the box is counted, why
one report about the cash waits at a time, and why a newer one takes the place of a count.
"""

from __future__ import annotations

from bot.domain.cash import CashKind, CashReport
from bot.domain.claims import Claim
from bot.domain.ledger import BANK
from bot.domain.ledger_books import LedgerBooks
from bot.domain.money import NOTHING
from bot.domain.payouts import Payout, PayoutState
from bot.domain.people import Group

#: What is on its way into the box or out of it, and waits for somebody's word.
Unanswered = Claim | Payout | CashReport


def unanswered(books: LedgerBooks, group: Group, kind: CashKind) -> list[Unanswered]:
    """What has to be answered before a report of this kind; a count that waits gives way instead."""
    moved = [one for one in books.cash_waiting(group.id) if one.kind is not CashKind.COUNT]
    if kind in (CashKind.TO_BANK, CashKind.FROM_BANK):
        return [*moved]
    paid = [one for one in books.payouts_waiting(group.id) if one.state is PayoutState.PAID]
    return [*books.claims_waiting(group), *paid, *moved]


def still_fits(books: LedgerBooks, group: Group, report: CashReport) -> bool:
    """Whether a report may be booked as it was told: the accounts hold what it takes.

    At a hand-over both stand before the box, so nothing at all may have happened since.
    """
    box = books.in_box(group)
    if report.kind is CashKind.HAND_OVER:
        waits = unanswered(books, group, report.kind)
        return box == report.booked and all(one == report for one in waits)
    if report.member.number != group.holder:
        return False
    if report.kind is CashKind.FROM_BANK:
        return report.amount <= books.balances(group.id).get(BANK, NOTHING)
    left = box - report.amount if report.kind is CashKind.TO_BANK else box + report.off
    return left >= NOTHING
