"""What each kind of entry moves, and the bytes it is sealed over."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from bot.domain import ledger
from bot.domain.chain import NO_SEAL, canonical, seal
from bot.domain.ledger import BANK, DIFFERENCE, Account, Draft, Entry, EntryKind, cash, owed
from bot.domain.money import NOTHING, Money

DAY = date(2026, 11, 23)
AT = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
TEN = Money(10_000)

#: Made within the test: a mutant in the ledger is not there yet while this file is read.
DRAFTS: dict[EntryKind, tuple[Callable[[], Draft], int, Account, Account]] = {
    EntryKind.DEPOSIT: (lambda: ledger.deposit(3, 2, TEN, DAY), 3, cash(2), owed(3)),
    EntryKind.WITHDRAWAL: (lambda: ledger.withdrawal(3, 2, TEN, DAY), 3, owed(3), cash(2)),
    EntryKind.SHARE_OUT: (lambda: ledger.share_out(3, 2, TEN, DAY), 3, owed(3), cash(2)),
    EntryKind.HAND_OVER: (lambda: ledger.hand_over(2, 4, TEN, DAY), 4, cash(4), cash(2)),
    EntryKind.TO_BANK: (lambda: ledger.to_bank(2, TEN, DAY), 2, BANK, cash(2)),
    EntryKind.FROM_BANK: (lambda: ledger.from_bank(2, TEN, DAY), 2, cash(2), BANK),
}


@pytest.mark.parametrize("kind", DRAFTS)
def test_what_an_entry_moves(kind: EntryKind) -> None:
    made, member, into, out_of = DRAFTS[kind]
    assert made() == Draft(kind, DAY, member, TEN, into, out_of)


@pytest.mark.parametrize(
    ("counted", "into", "out_of"),
    [(Money(12_000), cash(2), DIFFERENCE), (Money(8_000), DIFFERENCE, cash(2))],
)
def test_what_a_count_books(counted: Money, into: object, out_of: object) -> None:
    found = ledger.difference(2, TEN, counted, DAY)
    assert found is not None
    assert (found.kind, found.day, found.member) == (EntryKind.DIFFERENCE, DAY, 2)
    assert (found.amount, found.into, found.out_of) == (Money(2_000), into, out_of)


def test_a_count_that_agrees_books_nothing() -> None:
    assert ledger.difference(2, TEN, TEN, DAY) is None


def entry(draft: Draft) -> Entry:
    sides = (draft.into, draft.out_of)
    return Entry(1, 7, draft.kind, draft.day, draft.member, draft.amount, *sides, recorded_by=5)


def test_a_reversal_mirrors_its_entry() -> None:
    later = DAY + timedelta(days=2)
    mirrored = ledger.reversal(entry(ledger.deposit(3, 2, TEN, DAY)), later)
    assert mirrored == Draft(EntryKind.REVERSAL, later, 3, TEN, owed(3), cash(2), reverses=7)
    with pytest.raises(ValueError, match=r"^a reversal is not reversed$"):
        ledger.reversal(entry(mirrored), later)


@pytest.mark.parametrize(("amount", "into"), [(NOTHING, owed(3)), (-TEN, owed(3)), (TEN, cash(2))])
def test_nothing_is_no_entry(amount: Money, into: ledger.Account) -> None:
    with pytest.raises(ValueError, match=r"^an entry moves money from one account to another$"):
        Draft(EntryKind.DEPOSIT, DAY, 3, amount, into, cash(2))


def test_what_an_entry_does_to_savings() -> None:
    assert entry(ledger.deposit(3, 2, TEN, DAY)).saved == TEN
    assert entry(ledger.withdrawal(3, 2, TEN, DAY)).saved == -TEN
    assert entry(ledger.to_bank(2, TEN, DAY)).saved == NOTHING
    assert ledger.savings(-TEN) == TEN


def test_the_code_is_the_beginning_of_the_seal() -> None:
    sealed = replace(entry(ledger.to_bank(2, TEN, DAY)), seal="0123abcd4567")
    assert sealed.code == "0123ABCD"


def test_the_sealed_bytes_never_change() -> None:
    """Receipts on paper and in old chats carry codes of seals over exactly these bytes."""
    draft = ledger.deposit(3, 2, TEN, DAY)
    fields = [b"pendamping-1", b"", b"1", b"7", b"deposit", b"2026-11-23", b"3", b"10000"]
    fields += [b"cash", b"2", b"savings", b"3", b"", b"5", b"2026-11-23T02:00:00.000000+00:00"]
    expected = b"".join(len(one).to_bytes(4, "big") + one for one in fields)
    assert canonical(NO_SEAL, 1, 7, draft, 5, AT) == expected
    undone = replace(draft, kind=EntryKind.REVERSAL, reverses=6)
    assert b"\x00\x00\x00\x016" in canonical("aa", 1, 7, undone, 5, AT)


def test_every_field_is_sealed() -> None:
    draft = ledger.deposit(3, 2, TEN, DAY)
    before = {"previous": NO_SEAL, "group": 1, "number": 7, "draft": draft, "by": 5, "at": AT}
    assert sealed(before) == hashlib.sha256(canonical(NO_SEAL, 1, 7, draft, 5, AT)).hexdigest()
    later = AT + timedelta(microseconds=1)
    other = {"previous": "aa", "group": 2, "number": 8, "by": 6, "at": later}
    for field, value in {**other, "draft": replace(draft, member=4)}.items():
        assert sealed({**before, field: value}) != sealed(before), field


def sealed(fields: dict[str, Any]) -> str:
    return seal(**fields)


def test_a_seal_is_the_same_wherever_the_machine_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    draft = ledger.deposit(3, 2, TEN, DAY)
    here = seal(NO_SEAL, 1, 7, draft, 5, AT)
    monkeypatch.setenv("TZ", "Asia/Jayapura")
    time.tzset()
    try:
        assert seal(NO_SEAL, 1, 7, draft, 5, AT) == here
    finally:
        monkeypatch.undo()
        time.tzset()


def test_what_is_booked_anew_goes_to_the_box_of_who_holds_it_now() -> None:
    """The day, the kind and whom it is about stay; the bank stays the bank."""
    was = Entry(1, 7, EntryKind.TO_BANK, DAY, 2, TEN, BANK, cash(2), 9)
    assert ledger.anew(was, 5, Money(8_000)) == Draft(
        EntryKind.TO_BANK, DAY, 2, Money(8_000), BANK, cash(5)
    )
    saved = Entry(1, 8, EntryKind.DEPOSIT, DAY, 3, TEN, cash(2), owed(3), 9)
    assert ledger.anew(saved, 2, TEN) == ledger.deposit(3, 2, TEN, DAY)
