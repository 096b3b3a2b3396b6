"""What those concerned are told of once money is written down, and when it was settled."""

from __future__ import annotations

import pytest
from sqlalchemy import text

from bot.domain import changes, payout_changes
from bot.domain import ledger_changes as money
from bot.domain.cash import CashKind, CashReport, Dropped
from bot.domain.ledger import EntryKind, to_bank
from bot.domain.money import Money
from bot.domain.payouts import Payout, PayoutState
from bot.domain.people import Person
from bot.ports import Conflict, Happened
from storage.books import SqlBooks
from tests.storage.conftest import DAY, Kept

TEN, FIVE = Money(10_000), Money(5_000)


def settled(kept: Kept, table: str) -> list[bool]:
    """Which of all rows were settled just now; the clock stands still here."""
    asked = text(f"SELECT settled_at = made_at AS now FROM {table} ORDER BY number")  # noqa: S608
    with kept.store.engine.connect() as connection:
        return [bool(row.now) for row in connection.execute(asked)]


def reported(kept: Kept, kind: CashKind, rupiah: int, media: str = "") -> CashReport:
    told = money.CashReported(kind, kept.group, kept.rina, Money(rupiah), kept.ani.person, media)
    happened = kept.record(told)[-1]
    number = int(happened.facts["report"])
    assert happened == Happened(told, {"group": kept.group.id, "report": number})
    with kept.store.transaction() as books:
        return books.cash_report(kept.group.id, number)


def shared_out(kept: Kept) -> list[Payout]:
    """The box is counted and the share-out begun."""
    with kept.store.transaction() as books:
        box = books.in_box(books.group(kept.group.id)).rupiah
    count = reported(kept, CashKind.COUNT, box)
    kept.record(money.CashConfirmed(count, count.checker))
    with kept.store.transaction() as books:
        shares = tuple(books.all_savings(kept.group.id))
        books.record(money.ShareOutBegun(kept.group, kept.rina.person, shares))
        return list(books.payouts_waiting(kept.group.id))


def test_a_deposit(kept: Kept) -> None:
    rina = kept.rina.person
    claimed = changes.DepositClaimed(kept.sari, TEN, DAY, rina)
    assert kept.record(claimed) == [Happened(claimed, {"group": kept.group.id, "claim": 1})]
    with kept.store.transaction() as books:
        claim = books.claim(kept.group.id, 1)
        (happened,) = books.record(changes.ClaimReceived(claim, rina))
        entry = books.entry(kept.group.id, 1)
    assert entry is not None
    facts: dict[str, int | str] = {"group": kept.group.id, "entry": 1, "by": rina.id}
    assert happened == Happened(changes.DepositBooked(kept.sari, entry, rina), facts)
    assert settled(kept, "claim") == [True]


def test_another_amount_was_counted(kept: Kept) -> None:
    kept.record(changes.DepositClaimed(kept.sari, TEN, DAY, kept.rina.person))
    with kept.store.transaction() as books:
        claim = books.claim(kept.group.id, 1)
    refused = changes.ClaimRefused(claim, kept.rina.person, FIVE)
    facts: dict[str, int | str] = {"group": kept.group.id, "claim": 1, "instead": FIVE.rupiah}
    assert kept.record(refused) == [Happened(refused, facts)]
    assert settled(kept, "claim") == [False]


def test_two_have_said_yes_and_the_money_arrived(kept: Kept) -> None:
    kept.save(kept.sari, 10_000)
    kept.record(payout_changes.PayoutAsked(kept.sari, FIVE, ""))
    facts: dict[str, int | str] = {"group": kept.group.id, "payout": 1}
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        asked = books.payout(kept.group.id, 1)
        yes = payout_changes.PayoutApproved(asked, dewi, as_mentor=True, as_holder=True)
        (agreed,) = books.record(yes)
        it = books.payout(kept.group.id, 1)
        books.record(payout_changes.PayoutPaid(it, kept.rina.person, kept.sari.person))
        (booked,) = books.record(payout_changes.PayoutReceived(it, kept.sari.person))
        entry = books.entry(kept.group.id, 2)
    assert isinstance(agreed.change, payout_changes.PayoutAgreed)
    assert (agreed.change.payout.number, agreed.facts) == (1, facts)
    assert it.state is PayoutState.AGREED
    assert entry is not None
    assert entry.kind is EntryKind.WITHDRAWAL
    assert booked == Happened(payout_changes.PayoutBooked(it, entry), {**facts, "entry": 2})
    assert settled(kept, "payout") == [True]


def test_the_books_close_with_the_last_share_and_not_before(kept: Kept) -> None:
    kept.save(kept.sari, 10_000)
    kept.save(kept.ani, 5_000)
    told: list[list[Happened]] = []
    for one in shared_out(kept):
        kept.record(payout_changes.PayoutPaid(one, kept.rina.person, one.member.person))
        told.append(kept.record(payout_changes.PayoutReceived(one, one.member.person)))
    assert [len(one) for one in told] == [1, 2]
    with kept.store.transaction() as books:
        entries = [books.entry(kept.group.id, number) for number in (3, 4)]
    assert [one.kind for one in entries if one] == [EntryKind.SHARE_OUT] * 2
    closed = told[1][1]
    assert isinstance(closed.change, money.BooksClosed)
    assert (closed.change.group.id, closed.facts) == (kept.group.id, {"group": kept.group.id})


@pytest.mark.parametrize("kind", [CashKind.TO_BANK, CashKind.FROM_BANK])
def test_a_trip_to_the_bank(kept: Kept, kind: CashKind) -> None:
    kept.save(kept.sari, 10_000)
    kept.book(to_bank(kept.rina.number, FIVE, DAY))
    slip = reported(kept, kind, 2_000, media="tg:slip")
    assert slip.media == "tg:slip"
    kept.record(money.CashConfirmed(slip, slip.checker))
    with kept.store.transaction() as books:
        entry = books.entry(kept.group.id, 3)
        box = books.in_box(books.group(kept.group.id)).rupiah
    assert entry is not None
    assert (entry.kind.value, entry.day, entry.amount) == (kind.value, DAY, Money(2_000))
    assert box == (3_000 if kind is CashKind.TO_BANK else 7_000)
    assert settled(kept, "cash_report") == [True]


@pytest.mark.parametrize(
    ("booked", "counted"), [(10_000, 10_000), (10_000, 9_000), (0, 0), (0, 500)]
)
def test_who_takes_the_box_has_what_she_counted(kept: Kept, booked: int, counted: int) -> None:
    if booked:
        kept.save(kept.sari, booked)
    handed = money.CashReported(
        CashKind.HAND_OVER, kept.group, kept.ani, Money(counted), kept.rina.person
    )
    kept.record(handed)
    with kept.store.transaction() as books:
        report = books.cash_report(kept.group.id, 1)
    kept.record(money.CashConfirmed(report, kept.rina.person))
    with kept.store.transaction() as books:
        where = books.group(kept.group.id)
        assert (where.holder, books.in_box(where).rupiah) == (kept.ani.number, counted)


def test_a_count_told_again_lets_go_of_the_first(kept: Kept) -> None:
    kept.save(kept.sari, 10_000)
    reported(kept, CashKind.COUNT, 9_000)
    again = money.CashReported(CashKind.COUNT, kept.group, kept.rina, Money(9_500), kept.ani.person)
    dropped, _ = kept.record(again)
    assert isinstance(dropped.change, money.CashDropped)
    assert dropped.change.why is Dropped.COUNTED_AGAIN
    assert settled(kept, "cash_report") == [True, False]


def test_what_a_member_without_a_phone_has_is_shown_by_her_mentor(kept: Kept) -> None:
    due = money.StatementsDue(kept.group, DAY)
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        books.record(changes.MemberAdded(kept.group, "Tuti", "Bu", dewi))
        told = books.record(due)
        where = books.group(kept.group.id)
    shown = [one for one in told if isinstance(one.change, money.StatementsToShow)]
    facts: dict[str, int | str] = {"group": kept.group.id, "day": "2026-11-23"}
    assert shown == [Happened(money.StatementsToShow(where, dewi, DAY), facts)]


def test_nobody_shows_what_everybody_sees_herself(kept: Kept) -> None:
    told = kept.record(money.StatementsDue(kept.group, DAY))
    assert not [one for one in told if isinstance(one.change, money.StatementsToShow)]


def test_once_the_share_out_has_begun_it_is_too_late(kept: Kept) -> None:
    kept.save(kept.sari, 10_000)
    shared_out(kept)
    line = ((kept.sari, FIVE),)
    for late in (
        changes.DepositsRecorded(kept.group, kept.rina, DAY, line),
        changes.DepositClaimed(kept.sari, FIVE, DAY, kept.rina.person),
        payout_changes.PayoutAsked(kept.sari, FIVE, ""),
    ):
        with pytest.raises(Conflict, match=r"^the group is sharing out$"):
            kept.record(late)


@pytest.mark.parametrize("mentors", [1, 2])
def test_one_who_is_several_has_said_one_yes_where_another_can_say_the_other(
    kept: Kept, mentors: int
) -> None:
    kept.save(kept.sari, 10_000)
    alone = mentors == 1
    with kept.store.transaction() as books:
        (dewi,) = books.mentors(kept.group.id)
        for she in (kept.rina, kept.sari):
            books.db.execute(text("DELETE FROM group_mentor"))
            leaders = [she.person] if alone else [dewi, she.person]
            for one in leaders:
                _leads(books, kept, one)
            # As the holder and a mentor; as a mentor who asks for her own money.
            holds = she is kept.rina
            assert _said(books, kept, she.person) == (alone, holds)
        assert _said(books, kept, kept.ani.person) == (False, False)
        _leads(books, kept, kept.ani.person)
        assert _said(books, kept, kept.ani.person) == (True, False)


def _leads(books: SqlBooks, kept: Kept, who: Person) -> None:
    row = {"group": kept.group.id, "person": who.id}
    books.db.execute(text("INSERT INTO group_mentor VALUES (:group, :person)"), row)


def _said(books: SqlBooks, kept: Kept, by: Person) -> tuple[bool, bool]:
    """The yes of a mentor and of the holder that lies in asking for Sari's money."""
    asked = payout_changes.PayoutAsked(kept.sari, Money(100), "", by)
    payout = books.payout(kept.group.id, int(books.record(asked)[0].facts["payout"]))
    return payout.mentor_yes, payout.holder_yes
