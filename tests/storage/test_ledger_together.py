"""Two connections want the same thing at the same moment, on PostgreSQL: exactly one has it.

And what comes in while a share-out begins is either shared or refused, never shared over.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from bot.domain import changes, payout_changes
from bot.domain import ledger_changes as money_changes
from bot.domain.cash import CashKind
from bot.domain.changes import Change
from bot.domain.claims import Claim, ClaimState
from bot.domain.disputes import Dispute
from bot.domain.ledger import deposit, reversal
from bot.domain.money import NOTHING, Money
from bot.domain.payouts import Payout, PayoutState
from bot.ports import Conflict
from storage.books import SqlBooks
from storage.ledger import append, chain_of
from storage.verifying import verify
from tests.storage.conftest import DAY, Kept

_AT_ONCE = 4


@pytest.fixture
def apart(kept: Kept) -> Iterator[Kept]:
    if kept.store.engine.dialect.name != "postgresql":
        pytest.skip("SQLite lets one write at a time")
    yield kept
    with kept.store.snapshot() as connection:
        assert verify(connection).wrong == ()


def _winners(kept: Kept, work: Callable[[SqlBooks], Any]) -> int:
    """Let several transactions do the same at once; how many went through."""
    ready = threading.Barrier(_AT_ONCE)
    done: list[bool] = []

    def one() -> None:
        ready.wait()
        try:
            with kept.store.transaction() as books:
                work(books)
        except (Conflict, DBAPIError):
            done.append(False)
        else:
            done.append(True)

    threads = [threading.Thread(target=one) for _ in range(_AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(done)


def _claim(kept: Kept) -> Claim:
    told = changes.DepositClaimed(kept.sari, Money(1_000), DAY, kept.rina.person)
    number = int(kept.record(told)[0].facts["claim"])
    with kept.store.transaction() as books:
        return books.claim(kept.group.id, number)


def _agreed(kept: Kept) -> Payout:
    """Sari asks for 600, and both say yes."""
    number = int(
        kept.record(payout_changes.PayoutAsked(kept.sari, Money(600), ""))[0].facts["payout"]
    )
    with kept.store.transaction() as books:
        payout, (dewi,) = books.payout(kept.group.id, number), books.mentors(kept.group.id)
        for yes in ((True, False), (False, True)):
            books.record(payout_changes.PayoutApproved(payout, dewi, *yes))
        return books.payout(kept.group.id, number)


def test_one_reversal(apart: Kept) -> None:
    entry = apart.save(apart.sari, 1_000)
    apart.save(apart.ani, 9_000)

    def undo(books: SqlBooks) -> None:
        append(books, chain_of(books, apart.group.id), apart.rina.person, [reversal(entry, DAY)])

    assert _winners(apart, undo) == 1
    with apart.store.transaction() as books:
        assert books.saved(apart.sari) == Money(0)


def test_one_confirmation(apart: Kept) -> None:
    received = changes.ClaimReceived(_claim(apart), apart.rina.person)
    assert _winners(apart, lambda books: books.record(received)) == 1
    with apart.store.transaction() as books:
        assert books.saved(apart.sari) == Money(1_000)


def test_a_claim_is_put_right_once(apart: Kept) -> None:
    claim = _claim(apart)
    mended = changes.ClaimReplaced(claim, Money(2_000))
    assert _winners(apart, lambda books: books.record(mended)) == 1
    with apart.store.transaction() as books:
        assert [one.amount for one in books.waiting_claims(apart.sari)] == [Money(2_000)]
        assert books.claim(apart.group.id, claim.number).state is ClaimState.WITHDRAWN


def test_her_savings_are_asked_for_once(apart: Kept) -> None:
    apart.save(apart.sari, 1_000)
    asked = payout_changes.PayoutAsked(apart.sari, Money(600), "")
    assert _winners(apart, lambda books: books.record(asked)) == 1
    with apart.store.transaction() as books:
        assert books.held(apart.sari) == Money(600)


def test_one_payment_is_received(apart: Kept) -> None:
    apart.save(apart.sari, 1_000)
    payout, rina = _agreed(apart), apart.rina.person
    apart.record(payout_changes.PayoutPaid(payout, rina, apart.sari.person))
    with apart.store.transaction() as books:
        paid = books.payout(apart.group.id, payout.number)
    assert paid.state is PayoutState.PAID
    received = payout_changes.PayoutReceived(paid, apart.sari.person)
    assert _winners(apart, lambda books: books.record(received)) == 1
    with apart.store.transaction() as books:
        assert books.saved(apart.sari) == Money(400)


def test_entries_of_one_group_are_chained_one_after_the_other(apart: Kept) -> None:
    draft = deposit(apart.sari.number, apart.rina.number, Money(100), DAY)

    def save(books: SqlBooks) -> None:
        for _ in range(10):
            append(books, chain_of(books, apart.group.id), apart.rina.person, [replace(draft)])

    assert _winners(apart, save) == _AT_ONCE
    with apart.store.transaction() as books:
        assert books.saved(apart.sari) == Money(100 * 10 * _AT_ONCE)


# The group first, then what is settled in it: in one order nobody waits for each other for ever


def _dispute(kept: Kept) -> Dispute:
    """Sari says that her first deposit never was; Rina has to agree."""
    sari, rina = kept.sari.person, kept.rina.person
    with kept.store.transaction() as books:
        entry = books.entry(kept.group.id, 1)
        raised = money_changes.DisputeRaised(kept.sari, entry, "", NOTHING, sari, sari, rina)
        number = int(books.record(raised)[0].facts["dispute"])
        return books.dispute(kept.group.id, number)


def _instead(kept: Kept) -> Change:
    return changes.DepositClaimed(kept.sari, Money(2_000), DAY, kept.rina.person, _claim(kept))


_SETTLE: dict[str, Callable[[Kept], Change]] = {
    "a claim received": lambda kept: changes.ClaimReceived(_claim(kept), kept.rina.person),
    "a claim put right": lambda kept: changes.ClaimReplaced(_claim(kept), Money(2_000)),
    "a claim in the place of another": _instead,
    "a payout paid": lambda kept: payout_changes.PayoutPaid(
        _agreed(kept), kept.rina.person, kept.sari.person
    ),
    "less paid": lambda kept: payout_changes.PayoutLessened(
        _agreed(kept), kept.sari.person, Money(300)
    ),
    "a correction": lambda kept: money_changes.CorrectionAgreed(
        _dispute(kept), kept.rina.person, as_member=False
    ),
    "a dispute over": lambda kept: money_changes.DisputeDropped(_dispute(kept), kept.sari.person),
}
_SETTLED = ("claim", "payout", "dispute", "cash_report")
_WAITS_FOR_ME = text(
    "SELECT count(*) FROM pg_locks"
    " WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid))"
)


@pytest.mark.parametrize("what", _SETTLE)
def test_whoever_settles_something_waits_for_the_group_first(apart: Kept, what: str) -> None:
    apart.save(apart.sari, 1_000)
    change = _SETTLE[what](apart)
    telling = threading.Thread(target=lambda: apart.record(change))
    with apart.store.transaction() as books:
        chain_of(books, apart.group.id)
        telling.start()
        while not books.db.scalar(_WAITS_FOR_ME):
            telling.join(0.01)
            assert telling.is_alive(), "it did not wait"
        for table in _SETTLED:  # nothing of theirs is taken yet
            books.db.execute(text(f"SELECT 1 FROM {table} FOR UPDATE NOWAIT"))  # noqa: S608 - ours
    telling.join()


# A share-out begins over nothing


def _ready(kept: Kept) -> Change:
    """The share-out of a group in which everything is counted and settled."""
    kept.save(kept.sari, 1_000)
    with kept.store.transaction() as books:
        said = money_changes.CashReported(
            CashKind.COUNT, kept.group, kept.rina, Money(1_000), kept.ani.person
        )
        number = int(books.record(said)[0].facts["report"])
        report = books.cash_report(kept.group.id, number)
        books.record(money_changes.CashConfirmed(report, kept.ani.person))
        (dewi,) = books.mentors(kept.group.id)
        shares = tuple(books.all_savings(kept.group.id))
    return money_changes.ShareOutBegun(kept.group, dewi, shares)


def _came_in(kept: Kept, what: str) -> Change:
    """What somebody tells in the same moment."""
    she, holder = kept.sari, kept.rina.person
    report = (kept.group, kept.rina, Money(1_000), kept.ani.person)
    if what == "correction":
        with kept.store.transaction() as books:
            entry = books.entries(she, None, 1)[0]
        return money_changes.DisputeRaised(she, entry, "", NOTHING, she.person, she.person, holder)
    made: dict[str, Change] = {
        "claim": changes.DepositClaimed(she, Money(500), DAY, holder),
        "listing": changes.DepositsRecorded(kept.group, kept.rina, DAY, ((she, Money(500)),)),
        "payout": payout_changes.PayoutAsked(she, Money(500), ""),
        "to the bank": money_changes.CashReported(CashKind.TO_BANK, *report),
        "count": money_changes.CashReported(CashKind.COUNT, *report),
        "not so": money_changes.DisputeRaised(
            she, None, "punya saya 25rb", None, she.person, she.person, None
        ),
    }
    return made[what]


def _both(kept: Kept, first: Change, second: Change) -> bool:
    """Whether ``second`` goes through, told while ``first`` is being written (on SQLite: after it)."""
    through: list[bool] = []

    def tell() -> None:
        try:
            with kept.store.transaction() as books:
                books.record(second)
        except Conflict:
            through.append(False)
        else:
            through.append(True)

    telling = threading.Thread(target=tell)
    with kept.store.transaction() as books:
        books.record(first)
        if kept.store.engine.dialect.name == "postgresql":
            telling.start()
    if not telling.ident:
        telling.start()
    telling.join()
    return through == [True]


_TOO_LATE = ["claim", "listing", "payout", "to the bank", "correction"]
_NEVER_TOO_LATE = ["count", "not so"]


@pytest.mark.parametrize("what", _TOO_LATE + _NEVER_TOO_LATE)
def test_no_share_out_begins_over_what_came_in_meanwhile(kept: Kept, what: str) -> None:
    begun = _ready(kept)
    assert not _both(kept, _came_in(kept, what), begun)
    with kept.store.transaction() as books:
        assert not books.group(kept.group.id).sharing


@pytest.mark.parametrize("what", _TOO_LATE + _NEVER_TOO_LATE)
def test_what_comes_after_its_beginning_is_refused_unless_it_must_be_heard(
    kept: Kept, what: str
) -> None:
    begun = _ready(kept)
    assert _both(kept, begun, _came_in(kept, what)) == (what in _NEVER_TOO_LATE)
