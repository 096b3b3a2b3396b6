"""The books under random operations: after each of them everything that must hold is looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import text

from bot.cast import seed
from bot.domain import changes, payout_changes
from bot.domain import ledger_changes as money_changes
from bot.domain.calendar import local_day
from bot.domain.cash import CashKind, CashReport, Dropped
from bot.domain.counting import unanswered
from bot.domain.ledger import BANK, DIFFERENCE, AccountKind, EntryKind
from bot.domain.money import NOTHING, Money
from bot.domain.payouts import Payout, PayoutState
from bot.domain.people import Group, Member, Person
from bot.domain.share_out import hindrances
from bot.ports import Conflict
from storage.books import SqlBooks
from storage.store import SqlStore, connect
from storage.verifying import verify
from tests.playing import codes
from tests.storage.journals import check_exports

AMOUNTS = st.sampled_from([100, 500, 10_000, 12_300, 50_000, 2_500_000])
WHO = st.integers(0, 3)
_ALL = "SELECT * FROM {table} WHERE group_id = :group"
_LATER = (
    "SELECT COALESCE(SUM(p.rupiah), 0) FROM posting p JOIN entry e"
    " ON e.group_id = p.group_id AND e.number = p.entry WHERE p.group_id = :group"
    " AND p.entry > :told AND p.account = 'cash' AND e.kind <> 'difference'"
)
BIT = Money(100)
BEGIN = datetime(2026, 11, 23, 2, tzinfo=UTC)

_codes, _numbers = codes(), count(1)


class Ledger(RuleBasedStateMachine):
    """Two who save, one who holds, one without a phone, and their mentor."""

    store: SqlStore
    shared_out = 0

    def __init__(self) -> None:
        super().__init__()
        self.now = BEGIN
        self.group: Group
        self.has: dict[int, int] = {}
        self.told = 0  # how many entries there were when the cash was last reported

    @initialize()
    def begin(self) -> None:
        run = next(_numbers)
        invite = self.store.invite_mentor("Dewi")
        self.group = seed(self.store, invite, "practice", lambda name: f"{run}{name}")
        with self.store.transaction() as books:
            (self.dewi,) = books.mentors(self.group.id)
            books.record(changes.MemberAdded(self.group, "Tuti", "Bu", self.dewi))
            self.members = list(books.members(self.group.id))
        self.has = {one.number: 0 for one in self.members}

    # Putting in

    @rule(who=WHO, rupiah=AMOUNTS, ago=st.integers(0, 3))
    def put_in(self, who: int, rupiah: int, ago: int) -> None:
        she = self.members[who]
        day = self.today - timedelta(days=ago)
        lines = ((she, Money(rupiah)),)
        if self.do(
            lambda books: changes.DepositsRecorded(self.group, self.holder(books), day, lines)
        ):
            self.has[she.number] += rupiah

    @rule(who=WHO, rupiah=AMOUNTS, waits=st.sampled_from([False, False, True]))
    def claim(self, who: int, rupiah: int, *, waits: bool) -> None:
        she = self.members[who]
        with self.store.transaction() as books:
            by = self.holder(books).person
            books.record(changes.DepositClaimed(she, Money(rupiah), self.today, by))
        if not waits:
            self.answer_claim(-1, arrived=True, twice=False)

    @rule(which=st.integers(0, 9), arrived=st.booleans(), twice=st.booleans())
    def answer_claim(self, which: int, *, arrived: bool, twice: bool) -> None:
        with self.store.transaction() as books:
            waiting = books.claims_waiting(self.group)
        if not waiting:
            return
        claim = waiting[which % len(waiting)]
        answer = changes.ClaimReceived if arrived else changes.ClaimRefused
        if self.do(answer(claim, claim.confirmer)) and arrived:
            self.has[claim.member.number] += claim.amount.rupiah
        if twice:
            assert not self.do(changes.ClaimReceived(claim, claim.confirmer))

    # Taking out

    @rule(who=WHO, rupiah=AMOUNTS)
    def ask_back(self, who: int, rupiah: int) -> None:
        she = self.members[who]
        with self.store.transaction() as books:
            free = books.saved(she) - books.held(she)
        asked = self.do(payout_changes.PayoutAsked(she, Money(rupiah), ""))
        assert asked == (Money(rupiah) <= free)

    @rule(which=st.integers(0, 9), step=st.sampled_from(["mentor", "holder", "no", "back"]))
    def answer(self, which: int, step: str) -> None:
        payout = self.payout(which)
        if payout is None:
            return
        change: dict[str, Any] = {
            "mentor": payout_changes.PayoutApproved(payout, self.dewi, True, False),  # noqa: FBT003
            "holder": payout_changes.PayoutApproved(payout, self.dewi, False, True),  # noqa: FBT003
            "no": payout_changes.PayoutRefused(payout, self.dewi),
            "back": payout_changes.PayoutTakenBack(payout),
        }
        done = self.do(change[step])
        fits = payout.state is PayoutState.ASKED or (
            step == "back" and payout.state is PayoutState.AGREED
        )
        assert done == fits

    @rule(which=st.integers(0, 9), step=st.sampled_from(["pay", "not_here", "here", "here"]))
    def hand_out(self, which: int, step: str) -> None:
        payout = self.payout(which)
        if payout is None:
            return
        her = self.receiver(payout)
        change: dict[str, Any] = {
            "pay": payout_changes.PayoutPaid(payout, self.dewi, her),
            "not_here": payout_changes.PayoutNotArrived(payout, her),
            "here": payout_changes.PayoutReceived(payout, her),
        }
        done = self.do(change[step])
        ready = {PayoutState.PAID, PayoutState.PAID if step == "here" else PayoutState.AGREED}
        assert not done or payout.state in ready
        if done and step == "here":
            self.has[payout.member.number] -= payout.amount.rupiah

    # Putting right

    @rule(which=st.integers(1, 30), rupiah=st.one_of(st.just(0), AMOUNTS), twice=st.booleans())
    def correct(self, which: int, rupiah: int, *, twice: bool) -> None:
        with self.store.transaction() as books:
            entry = books.entry(self.group.id, which)
            undone = entry is not None and books.reversed_by(entry) is not None
        if entry is None or entry.kind not in (EntryKind.DEPOSIT, EntryKind.WITHDRAWAL):
            return
        she = self.members[entry.member - 1]
        raised = money_changes.DisputeRaised(
            she, entry, "", Money(rupiah), self.dewi, she.person, self.dewi
        )
        with self.store.transaction() as books:
            number = int(books.record(raised)[0].facts["dispute"])
            dispute = books.dispute(self.group.id, number)
            more = Money(rupiah) - entry.amount
            more = more if entry.kind is EntryKind.DEPOSIT else -more
            hers = books.saved(she) + more - books.held(she)
            box = books.in_box(books.group(self.group.id)) + more
        agreed = money_changes.CorrectionAgreed(dispute, she.person, as_member=True)
        done = self.do(agreed)
        assert done == (not undone and min(hers, box) >= NOTHING), "once, and where it may be"
        if done:
            with self.store.transaction() as books:
                waiting = books.cash_waiting(self.group.id)
            assert all(one.kind is not CashKind.COUNT for one in waiting), "of another box"
            self.has[she.number] += more.rupiah
            if twice:
                assert not self.do(agreed)

    # Cash

    @rule(
        kind=st.sampled_from([*[CashKind.COUNT] * 4, *CashKind]),
        who=WHO,
        off=st.sampled_from([0, 0, 0, -100, 500]),
        rupiah=AMOUNTS,
    )
    def report_cash(self, kind: CashKind, who: int, off: int, rupiah: int) -> None:
        with self.store.transaction() as books:
            group, she = books.group(self.group.id), self.holder(books)
            box, waits = books.in_box(group), unanswered(books, group, kind)
            counted = books.cash_waiting(group.id)
        if kind is CashKind.HAND_OVER:
            she = self.members[who]
        counts = kind in (CashKind.COUNT, CashKind.HAND_OVER)
        amount = Money(max(box.rupiah + off, 0)) if counts else min(Money(rupiah), box or BIT)
        told = self.do(money_changes.CashReported(kind, group, she, amount, self.dewi))
        assert told == (not waits)
        if told:
            self.told = group.entries
            assert not any(map(self.confirm, counted)), "two reports wait at once"
        self.now += timedelta(hours=7)

    @rule(
        answer=st.sampled_from(["yes", "yes", "no", "back"]),
        meanwhile=st.sampled_from([0, 0, 500, 12_300]),
        twice=st.booleans(),
    )
    def answer_report(self, answer: str, meanwhile: int, *, twice: bool) -> None:
        if meanwhile:
            self.put_in(1, meanwhile, 0)
        with self.store.transaction() as books:
            waiting = books.cash_waiting(self.group.id)
        if not waiting:
            return
        (report,) = waiting
        back = money_changes.CashDropped(report, Dropped.TAKEN_BACK)
        if answer != "yes":
            assert self.do(
                back if answer == "back" else money_changes.CashDeclined(report, self.dewi)
            )
        elif self.confirm(report) and report.kind in (CashKind.COUNT, CashKind.HAND_OVER):
            with self.store.transaction() as books:
                box = books.in_box(books.group(self.group.id)).rupiah
                later = books.db.execute(text(_LATER), {"group": self.group.id, "told": self.told})
            assert box == report.amount.rupiah + int(later.scalar_one())
        if twice and answer != "yes":
            assert not self.confirm(report)

    answer_soon = answer_report  # a witness mostly answers before much else happens

    def confirm(self, report: CashReport) -> bool:
        """Whether a report about the cash could be confirmed, which it can only once."""
        confirmed = money_changes.CashConfirmed(report, self.dewi)
        done = self.do(confirmed)
        assert not (done and self.do(confirmed))
        return done

    @precondition(lambda self: self.has and not any(self.has.values()))
    @rule()
    def nothing_to_share(self) -> None:
        with self.store.transaction() as books:
            assert books.all_savings(self.group.id) == []

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


def test_everything_holds_after_every_operation(database_url: str) -> None:
    class Here(Ledger):
        store = SqlStore(connect(database_url), lambda: BEGIN, _codes)

    how = settings(
        max_examples=12,
        phases=(Phase.generate,),  # making a failure smaller would take minutes on PostgreSQL
        stateful_step_count=32,
        deadline=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(Here, settings=how)
    Here.store.close()
    assert Here.shared_out, "no run came to its end"
