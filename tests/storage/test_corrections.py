"""What is booked when an entry is put right, whoever holds the celengan by then."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import text

from bot.app import assemble
from bot.delivery import deliver_now
from bot.domain import ledger
from bot.domain import ledger_changes as changes
from bot.domain.cash import CashKind
from bot.domain.disputes import Dispute, DisputeState, yet_to_agree
from bot.domain.ledger import Draft, EntryKind
from bot.domain.money import NOTHING, Money
from bot.ports import Conflict, Heard
from storage import migrations
from tests.storage.conftest import DAY, MONDAY, Kept

TEN, FIVE = Money(10_000), Money(5_000)
RINA, SARI, ANI = 1, 2, 3
EARLIER = DAY - timedelta(days=3)


def put_right(kept: Kept, number: int, right: Money) -> int:
    """The member and the mentor agree on what is right; the number of their dispute."""
    with kept.store.transaction() as books:
        entry = books.entry(kept.group.id, number)
        (dewi,) = books.mentors(kept.group.id)
        sari = kept.sari.person
        raised = changes.DisputeRaised(kept.sari, entry, "", right, dewi, sari, dewi)
        dispute = int(books.record(raised)[0].facts["dispute"])
    with kept.store.transaction() as books:
        it = books.dispute(kept.group.id, dispute)
        books.record(changes.CorrectionAgreed(it, sari, as_member=True))
    return dispute


def booked(kept: Kept, after: int) -> Sequence[Draft]:
    """What was booked after the first entries."""
    with kept.store.transaction() as books:
        rows = books.db.execute(text("SELECT max(number) FROM entry")).scalar_one()
        entries = [books.entry(kept.group.id, one) for one in range(after + 1, rows + 1)]
    return [
        Draft(one.kind, one.day, one.member, one.amount, one.into, one.out_of, one.reverses)
        for one in entries
        if one is not None
    ]


def pass_the_box(kept: Kept, amount: Money) -> None:
    """Ani holds the celengan from now on."""
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        handed = changes.CashReported(CashKind.HAND_OVER, kept.group, kept.ani, amount, dewi)
        report = int(books.record(handed)[0].facts["report"])
        here = books.cash_report(kept.group.id, report)
        books.record(changes.CashConfirmed(here, dewi))


def reversed_(number: int, draft: Draft) -> Draft:
    return Draft(
        EntryKind.REVERSAL, DAY, draft.member, draft.amount, draft.out_of, draft.into, number
    )


def test_a_deposit_put_right(kept: Kept) -> None:
    deposit = ledger.deposit(SARI, RINA, TEN, EARLIER)
    kept.book(deposit)
    put_right(kept, 1, FIVE)
    right = ledger.deposit(SARI, RINA, FIVE, EARLIER)
    assert booked(kept, after=1) == [reversed_(1, deposit), right]


def test_a_withdrawal_put_right(kept: Kept) -> None:
    withdrawal = ledger.withdrawal(SARI, RINA, FIVE, EARLIER)
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER), withdrawal)
    put_right(kept, 2, TEN)
    right = ledger.withdrawal(SARI, RINA, TEN, EARLIER)
    assert booked(kept, after=2) == [reversed_(2, withdrawal), right]


def test_one_that_never_was_is_only_undone(kept: Kept) -> None:
    deposit = ledger.deposit(SARI, RINA, TEN, EARLIER)
    kept.book(deposit)
    put_right(kept, 1, NOTHING)
    assert booked(kept, after=1) == [reversed_(1, deposit)]


def test_a_deposit_from_before_the_box_was_passed_on(kept: Kept) -> None:
    deposit = ledger.deposit(SARI, RINA, TEN, EARLIER)
    kept.book(deposit)
    pass_the_box(kept, TEN)
    put_right(kept, 1, FIVE)
    assert booked(kept, after=2) == [
        ledger.hand_over(ANI, RINA, TEN, DAY),  # the mirror takes it out of Rina's cash again
        reversed_(1, deposit),
        ledger.deposit(SARI, ANI, FIVE, EARLIER),
    ]


def test_a_withdrawal_from_before_the_box_was_passed_on(kept: Kept) -> None:
    withdrawal = ledger.withdrawal(SARI, RINA, FIVE, EARLIER)
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER), withdrawal)
    pass_the_box(kept, FIVE)
    put_right(kept, 2, NOTHING)
    assert booked(kept, after=3) == [
        reversed_(2, withdrawal),
        ledger.hand_over(RINA, ANI, FIVE, DAY),  # what the mirror put into Rina's cash
    ]


@pytest.mark.parametrize("kind", ["to_bank", "from_bank"])
def test_what_went_to_the_bank_or_came_back_is_put_right_in_the_box_of_today(
    kept: Kept, kind: str
) -> None:
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER), ledger.to_bank(RINA, FIVE, EARLIER))
    moved = getattr(ledger, kind)(RINA, Money(3_000), EARLIER)
    (wrong,) = kept.book(moved)
    pass_the_box(kept, Money(2_000) if kind == "to_bank" else Money(8_000))
    put_right(kept, wrong.number, Money(1_000))
    right = getattr(ledger, kind)(ANI, Money(1_000), EARLIER)
    assert [one.kind for one in booked(kept, after=4)][-1] is right.kind
    with kept.store.transaction() as books:
        bank = books.balances(kept.group.id)[ledger.BANK].rupiah
        box = books.in_box(books.group(kept.group.id)).rupiah
    assert (box, bank) == ((4_000, 6_000) if kind == "to_bank" else (6_000, 4_000))


def test_what_has_gone_to_the_bank_is_booked_anew_before_it_is_undone(kept: Kept) -> None:
    deposit = ledger.deposit(SARI, RINA, TEN, EARLIER)
    kept.book(deposit, ledger.to_bank(RINA, TEN, EARLIER))
    put_right(kept, 1, Money(12_000))
    right = ledger.deposit(SARI, RINA, Money(12_000), EARLIER)
    assert booked(kept, after=2) == [right, reversed_(1, deposit)]
    assert _in_place_of(kept, 1) == 3


def test_what_stands_in_the_place_of_an_entry_is_known(kept: Kept) -> None:
    kept.book(*(ledger.deposit(SARI, RINA, one, EARLIER) for one in (TEN, FIVE, FIVE)))
    put_right(kept, 1, FIVE)
    put_right(kept, 2, NOTHING)
    kept.book(ledger.deposit(SARI, RINA, FIVE, EARLIER))  # right behind, and like it
    assert [_in_place_of(kept, number) for number in (1, 2, 3)] == [5, None, None]


def test_older_corrections_are_told_what_was_booked_with_them(kept: Kept) -> None:
    kept.book(*(ledger.deposit(SARI, RINA, one, EARLIER) for one in (TEN, FIVE, FIVE)))
    put_right(kept, 1, FIVE)
    put_right(kept, 2, NOTHING)
    kept.book(ledger.withdrawal(SARI, RINA, FIVE, EARLIER))
    pass_the_box(kept, FIVE)
    put_right(kept, 7, Money(4_000))
    numbers = [_in_place_of(kept, number) for number in (1, 2, 3, 7)]
    step = ScriptDirectory(next(iter(migrations.__path__))).get_revision("0154")
    with kept.store.engine.begin() as db:
        db.execute(text("UPDATE dispute SET instead = NULL"))
        db.execute(text(step.module.FILLED))
    assert [_in_place_of(kept, number) for number in (1, 2, 3, 7)] == numbers == [5, None, None, 11]


def _in_place_of(kept: Kept, number: int) -> int | None:
    with kept.store.transaction() as books:
        entry = books.entry(kept.group.id, number)
        return books.booked_instead(entry) if entry else None


def test_what_would_leave_less_than_nothing_is_not_booked(kept: Kept) -> None:
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER), ledger.to_bank(RINA, TEN, EARLIER))
    with pytest.raises(Conflict, match=r"^it would leave less than nothing$"):
        put_right(kept, 1, FIVE)
    assert booked(kept, after=2) == []


def test_a_correction_settles_the_dispute(kept: Kept) -> None:
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER))
    number = put_right(kept, 1, FIVE)
    with kept.store.transaction() as books:
        it = books.dispute(kept.group.id, number)
        asked = text("SELECT settled_at, made_at FROM dispute WHERE number = :it")
        row = books.db.execute(asked, {"it": number}).one()
    assert it.state is DisputeState.CORRECTED
    assert row.settled_at == row.made_at  # the clock stands still here


def test_nothing_is_put_right_twice(kept: Kept) -> None:
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER))
    put_right(kept, 1, FIVE)
    with pytest.raises(Conflict):
        put_right(kept, 1, FIVE)
    assert len(booked(kept, after=1)) == 2


@pytest.fixture
def half_agreed(kept: Kept) -> Dispute:
    """Dewi, who recorded it, has agreed; Sari was to agree, but her phone is out of reach by now."""
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER))
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        entry, sari = books.entry(kept.group.id, 1), kept.sari.person
        books.record(changes.DisputeRaised(kept.sari, entry, "", FIVE, dewi, sari, dewi))
        gone = text("UPDATE contact SET gone = :yes WHERE person = :sari")
        books.db.execute(gone, {"yes": True, "sari": sari.id})
        return books.dispute(kept.group.id, 1)


def test_nobody_agrees_for_both(kept: Kept, half_agreed: Dispute) -> None:
    dewi, rina = half_agreed.raised_by, kept.rina.person
    assert yet_to_agree(half_agreed, [dewi]) == []
    assert yet_to_agree(half_agreed, [dewi, rina]) == [rina]
    with pytest.raises(Conflict, match=r"^nobody agrees for both$"):
        kept.record(changes.CorrectionAgreed(half_agreed, dewi, as_member=True))
    assert booked(kept, after=1) == []


def test_where_nobody_is_left_to_agree_the_mentor_hears_so(
    kept: Kept, half_agreed: Dispute
) -> None:
    assemble(kept.store, lambda: MONDAY).receive(
        Heard("practice", "corrects", "dewi", MONDAY, f"koreksi {half_agreed.number}")
    )
    (letter,) = deliver_now(kept.store.outbox, "practice", MONDAY, lambda every: every)
    assert letter.bubble.text.startswith("Belum ada orang kedua yang bisa menyetujui.")


def test_nothing_is_put_right_while_nobody_holds_the_celengan(kept: Kept) -> None:
    kept.book(ledger.deposit(SARI, RINA, TEN, EARLIER))
    with kept.store.engine.begin() as connection:
        connection.execute(text("UPDATE savings_group SET holder = NULL"))
    with pytest.raises(Conflict, match=r"^nobody holds the celengan$"):
        put_right(kept, 1, FIVE)
    assert booked(kept, after=1) == []
