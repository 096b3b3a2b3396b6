"""Money on its way back, where it is booked: what the conversation may have overlooked is refused."""

from __future__ import annotations

import pytest

from bot.domain import ledger_changes as changes
from bot.domain import payout_changes
from bot.domain.cash import CashKind
from bot.domain.ledger import from_bank, to_bank
from bot.domain.money import Money
from bot.domain.payouts import Payout
from bot.domain.people import Member, Person
from bot.ports import Conflict
from storage.books import SqlBooks
from tests.storage.conftest import DAY, Kept

HERSELF = r"^the holder would say herself that it arrived$"
SHORT = r"^the box holds less$"


def agreed(books: SqlBooks, kept: Kept, rupiah: int, she: Member) -> Payout:
    """A withdrawal that holder and mentor have said yes to."""
    number = int(
        books.record(payout_changes.PayoutAsked(she, Money(rupiah), ""))[0].facts["payout"]
    )
    (dewi,) = books.mentors(kept.group.id)
    payout = books.payout(kept.group.id, number)
    books.record(payout_changes.PayoutApproved(payout, dewi, as_mentor=True, as_holder=True))
    return books.payout(kept.group.id, number)


def paid(books: SqlBooks, kept: Kept, rupiah: int, she: Member) -> Payout:
    """One that the holder says she has handed out."""
    payout = agreed(books, kept, rupiah, she)
    books.record(payout_changes.PayoutPaid(payout, kept.rina.person, she.person))
    return books.payout(kept.group.id, payout.number)


def refuse(kept: Kept, change: changes.LedgerChange, why: str | None = None) -> None:
    """It no longer fits, and changes nothing."""
    with pytest.raises(Conflict, match=why), kept.store.transaction() as books:
        books.record(change)


def test_the_holder_never_says_herself_that_it_arrived(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    holder: Person = kept.rina.person
    with kept.store.transaction() as books:
        payout = agreed(books, kept, 600, kept.sari)
        with pytest.raises(Conflict, match=HERSELF):
            books.record(payout_changes.PayoutPaid(payout, holder, holder))
        payout = paid(books, kept, 400, kept.sari)
        with pytest.raises(Conflict, match=HERSELF):
            books.record(payout_changes.PayoutReceived(payout, holder))


def test_nobody_hands_out_or_receives_what_the_box_does_not_hold(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    with kept.store.transaction() as books:
        first, second = (agreed(books, kept, 500, kept.sari) for _ in range(2))
        books.record(payout_changes.PayoutPaid(first, kept.rina.person, kept.sari.person))
    kept.book(to_bank(kept.rina.number, Money(100), DAY))
    with (
        kept.store.transaction() as books,
        pytest.raises(Conflict, match=SHORT),
    ):  # it holds for one, not for both
        books.record(payout_changes.PayoutPaid(second, kept.rina.person, kept.sari.person))
    kept.book(to_bank(kept.rina.number, Money(500), DAY))
    refuse(kept, payout_changes.PayoutReceived(first, kept.sari.person), SHORT)
    kept.book(from_bank(kept.rina.number, Money(600), DAY))
    with kept.store.transaction() as books:
        books.record(payout_changes.PayoutReceived(first, kept.sari.person))
        assert books.saved(kept.sari) == Money(500)


def test_both_may_leave_it_at_less_and_the_rest_stays_hers(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    she = kept.sari.person
    with kept.store.transaction() as books:
        payout = paid(books, kept, 600, kept.sari)
        books.record(payout_changes.PayoutPartly(payout, she, Money(400)))
    # What is in doubt is not received on an old question, nor left at nothing, all or more.
    refuse(kept, payout_changes.PayoutReceived(payout, she))
    for wrong in (0, 600, 700):
        refuse(kept, payout_changes.PayoutLessened(payout, she, Money(wrong)))
    refuse(kept, payout_changes.PayoutLessened(payout, kept.rina.person, Money(400)))
    with kept.store.transaction() as books:
        books.record(payout_changes.PayoutLessened(payout, she, Money(400)))
        assert (books.saved(kept.sari), books.held(kept.sari)) == (Money(600), Money(0))


def test_who_asks_for_her_has_said_her_own_yes_and_no_other(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        for by, mentor_yes, holder_yes in (
            (None, False, False),
            (dewi, True, False),
            (kept.rina.person, False, True),
        ):
            asked = payout_changes.PayoutAsked(kept.sari, Money(100), "", by)
            number = int(books.record(asked)[0].facts["payout"])
            payout = books.payout(kept.group.id, number)
            assert (payout.mentor_yes, payout.holder_yes) == (mentor_yes, holder_yes)


def test_books_stay_open_while_something_is_disputed(kept: Kept) -> None:
    kept.save(kept.sari, 1_000)
    she, holder = kept.sari.person, kept.rina.person
    with kept.store.transaction() as books:
        report = (CashKind.COUNT, kept.group, kept.rina, Money(1_000), she)
        number = int(books.record(changes.CashReported(*report))[0].facts["report"])
        books.record(changes.CashConfirmed(books.cash_report(kept.group.id, number), she))
        shares = tuple(books.all_savings(kept.group.id))
        books.record(changes.ShareOutBegun(kept.group, holder, shares))
        (payout,) = books.payouts_waiting(kept.group.id)
        wrong = changes.DisputeRaised(kept.sari, None, "punya saya 2rb", None, she, she, None)
        number = int(books.record(wrong)[0].facts["dispute"])
        books.record(payout_changes.PayoutPaid(payout, holder, she))
        books.record(payout_changes.PayoutReceived(payout, she))
        assert not books.group(kept.group.id).closed
        happened = books.record(changes.DisputeDropped(books.dispute(kept.group.id, number), she))
        assert [type(one.change) for one in happened] == [
            changes.DisputeDropped,
            changes.BooksClosed,
        ]
        assert books.group(kept.group.id).closed
