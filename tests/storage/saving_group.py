"""A group that saves, for random operations: what must hold after each, and how it comes to its end."""

from __future__ import annotations

from datetime import UTC, date, datetime
from itertools import count
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
)
from sqlalchemy import text

from bot.cast import seed
from bot.domain import changes, payout_changes
from bot.domain import ledger_changes as money_changes
from bot.domain.calendar import local_day
from bot.domain.cash import CashKind
from bot.domain.ledger import BANK, DIFFERENCE, AccountKind
from bot.domain.money import NOTHING, Money
from bot.domain.payouts import Payout, PayoutState
from bot.domain.people import Group, Member, Person
from bot.domain.share_out import hindrances
from bot.ports import Conflict
from storage.books import SqlBooks
from storage.store import SqlStore
from storage.verifying import verify
from tests.storage.journals import check_exports

_ALL = "SELECT * FROM {table} WHERE group_id = :group"
BEGIN = datetime(2026, 11, 23, 2, tzinfo=UTC)

_numbers = count(1)


class SavingGroup(RuleBasedStateMachine):
    """Two who save, one who holds, one without a phone, and their mentor."""

    store: SqlStore
    shared_out = 0

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.group: Group
        self.has: dict[int, int] = {}
        self.told = 0  # how many entries there were when the cash was last reported

    @initialize(each=st.sampled_from([0, 50_000, 50_000]))
    def begin(self, each: int) -> None:
        """Most begin with money, so that there is something to move from the first step on."""
        run = next(_numbers)
        invite = self.store.invite_mentor("Dewi")
        self.group = seed(self.store, invite, "practice", lambda name: f"{run}{name}")
        with self.store.transaction() as books:
            (self.dewi,) = books.mentors(self.group.id)
            books.record(changes.MemberAdded(self.group, "Tuti", "Bu", self.dewi))
            self.members = list(books.members(self.group.id))
        self.has = {one.number: each for one in self.members}
        lines = tuple((one, Money(each)) for one in self.members if each)
        assert not each or self.do(
            lambda books: changes.DepositsRecorded(
                self.group, self.holder(books), self.today, lines
            )
        )

    # What must always hold

    @invariant()
    def all_holds(self) -> None:
        if not self.has:
            return
        with self.store.transaction() as books:
            found = verify(books.db, [self.group.id])
            assert found.wrong == ()
            balances = books.balances(self.group.id)
            assert sum(money.rupiah for money in balances.values()) == 0
            for account, money in balances.items():
                if account.kind is AccountKind.SAVINGS:
                    assert money <= NOTHING
                elif account.kind is not AccountKind.DIFFERENCE:
                    assert money >= NOTHING
            waiting = books.payouts_waiting(self.group.id)
            for one in self.members:
                assert books.saved(one) == Money(self.has[one.number])
                held = sum(it.amount.rupiah for it in waiting if it.member.number == one.number)
                assert books.held(one) == Money(held)
                assert held <= self.has[one.number]

    def teardown(self) -> None:
        if self.has:
            check_exports(self.store, self.group)
            self.settle()
            self.share_out()
            check_exports(self.store, self.group)

    # The end

    def settle(self) -> None:
        """Everything that stands in the way of a share-out is settled, as people would."""
        with self.store.transaction() as books:
            payouts, cash = books.payouts_waiting(self.group.id), books.cash_waiting(self.group.id)
            disputes = books.open_disputes(self.group.id)
            claims, bank = books.claims_waiting(self.group), books.balances(self.group.id).get(BANK)
        for payout in payouts:
            if payout.state is PayoutState.PAID:
                assert self.do(payout_changes.PayoutNotArrived(payout, self.dewi))
        with self.store.transaction() as books:
            payouts = books.payouts_waiting(self.group.id)
        settled = [
            *map(payout_changes.PayoutTakenBack, payouts),
            *(money_changes.CashDeclined(one, self.dewi) for one in cash),
            *(money_changes.DisputeDropped(one, self.dewi) for one in disputes),
            *(changes.ClaimRefused(one, self.dewi) for one in claims),
        ]
        assert all(map(self.do, settled))
        if bank:
            self.reported(CashKind.FROM_BANK, bank)

    def share_out(self) -> None:
        """Each has hers, the accounts end at zero, and nothing is booked after that."""
        with self.store.transaction() as books:
            group, holder = books.group(self.group.id), self.holder(books)
            box = books.in_box(group)
        self.reported(CashKind.COUNT, box)
        with self.store.transaction() as books:
            found = set(hindrances(books, group, local_day(BEGIN, group.zone)))
            off = bool(books.balances(self.group.id).get(DIFFERENCE))
            shares = tuple(books.all_savings(self.group.id))
        assert found == ({"box_is_off"} if off else set())
        if off or not shares:
            return
        wrong = money_changes.ShareOutBegun(group, self.dewi, shares[1:])
        assert not self.do(wrong), "somebody was left out"
        assert self.do(money_changes.ShareOutBegun(group, self.dewi, shares))
        with self.store.transaction() as books:
            payouts = books.payouts_waiting(self.group.id)
        for payout in payouts:
            her = self.receiver(payout)
            assert self.do(payout_changes.PayoutPaid(payout, self.dewi, her))
            assert self.do(payout_changes.PayoutReceived(payout, her))
            self.has[payout.member.number] = 0
            self.all_holds()
        with self.store.transaction() as books:
            assert not any(books.balances(self.group.id).values())
        type(self).shared_out += 1
        assert not self.do(
            changes.DepositsRecorded(group, holder, self.today, ((holder, Money(500)),))
        ), "the books are closed"

    def reported(self, kind: CashKind, amount: Money) -> None:
        with self.store.transaction() as books:
            said = money_changes.CashReported(
                kind, self.group, self.holder(books), amount, self.dewi
            )
            report = books.cash_report(self.group.id, int(books.record(said)[0].facts["report"]))
        assert self.do(money_changes.CashConfirmed(report, self.dewi))

    # How

    @property
    def today(self) -> date:
        return self.now.date()

    def do(self, change: Any) -> bool:
        """Record a change, or what makes one of the books; whether it was let through.

        A refused one has changed nothing.
        """
        before = self.everything()
        try:
            with self.store.transaction() as books:
                books.record(change(books) if callable(change) else change)
        except Conflict:
            assert self.everything() == before
            return False
        return True

    def everything(self) -> list[list[tuple[Any, ...]]]:
        tables = ("entry", "posting", "balance", "claim", "payout", "dispute", "cash_report")
        mine = {"group": self.group.id}
        with self.store.snapshot() as db:
            return [
                sorted(map(tuple, db.execute(text(_ALL.format(table=table)), mine)), key=repr)
                for table in tables
            ]

    def holder(self, books: SqlBooks) -> Member:
        number = books.group(self.group.id).holder
        return next(one for one in self.members if one.number == number)

    def receiver(self, payout: Payout) -> Person:
        """She, and for the holder's own money the mentor."""
        with self.store.transaction() as books:
            own = self.holder(books).number == payout.member.number
        return self.dewi if own else payout.member.person

    def payout(self, which: int) -> Payout | None:
        with self.store.transaction() as books:
            waiting = books.payouts_waiting(self.group.id)
        return waiting[which % len(waiting)] if waiting else None
