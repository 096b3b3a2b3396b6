"""Money on its way back, where it is booked: what the conversation may have overlooked is refused."""

from __future__ import annotations

import pytest

from bot.domain import ledger_changes as changes
from bot.domain.cash import CashKind
from bot.domain.money import Money
from bot.domain.payouts import Payout
from bot.domain.people import Member, Person
from bot.ports import Conflict
from storage.books import SqlBooks
from tests.storage.conftest import Kept


def agreed(books: SqlBooks, kept: Kept, rupiah: int, she: Member) -> Payout:
    """A withdrawal that holder and mentor have said yes to."""
    number = int(books.record(changes.PayoutAsked(she, Money(rupiah), ""))[0].facts["payout"])
    (dewi,) = books.mentors(kept.group.id)
    payout = books.payout(kept.group.id, number)
    books.record(changes.PayoutApproved(payout, dewi, as_mentor=True, as_holder=True))
    return books.payout(kept.group.id, number)


def paid(books: SqlBooks, kept: Kept, rupiah: int, she: Member) -> Payout:
    """One that the holder says she has handed out."""
    payout = agreed(books, kept, rupiah, she)
    books.record(changes.PayoutPaid(payout, kept.rina.person, she.person))
    return books.payout(kept.group.id, payout.number)


def test_the_holder_never_says_herself_that_it_arrived(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    holder: Person = kept.rina.person
    with kept.store.transaction() as books:
        payout = agreed(books, kept, 600, kept.sari)
        with pytest.raises(Conflict):
            books.record(changes.PayoutPaid(payout, holder, holder))
        payout = paid(books, kept, 400, kept.sari)
        with pytest.raises(Conflict):
            books.record(changes.PayoutReceived(payout, holder))
        # Nor does she who has become the holder since it was handed out.
        take_over = (CashKind.HAND_OVER, kept.group, kept.sari, Money(600), holder)
        number = int(books.record(changes.CashReported(*take_over))[0].facts["report"])
        report = books.cash_report(kept.group.id, number)
        books.record(changes.CashConfirmed(report, holder))
        with pytest.raises(Conflict):
            books.record(changes.PayoutReceived(payout, kept.sari.person))
