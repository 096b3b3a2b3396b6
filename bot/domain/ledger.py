"""The books: double entry in whole rupiah, appended to and never changed.

What the group owns (cash, bank) is positive, what it owes (each member's savings) negative, so the
postings of an entry sum to zero and a member's savings are minus her account. Every entry moves
one amount out of one account into another.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.domain.money import NOTHING, Money


class AccountKind(StrEnum):
    """What an account is for."""

    CASH = "cash"
    BANK = "bank"
    DIFFERENCE = "difference"
    SAVINGS = "savings"


class EntryKind(StrEnum):
    """Why an entry was made."""

    DEPOSIT = "deposit"
    WITHDRAWAL = "withdrawal"
    REVERSAL = "reversal"
    HAND_OVER = "hand_over"
    TO_BANK = "to_bank"
    FROM_BANK = "from_bank"
    DIFFERENCE = "difference"
    SHARE_OUT = "share_out"


#: The kinds that change what a member has.
OF_SAVINGS = (EntryKind.DEPOSIT, EntryKind.WITHDRAWAL, EntryKind.REVERSAL, EntryKind.SHARE_OUT)


@dataclass(frozen=True, slots=True, order=True)
class Account:
    """One account of a group; ``member`` is 0 where it belongs to the group itself."""

    kind: AccountKind
    member: int = 0


@dataclass(frozen=True, slots=True)
class Draft:
    """An entry before it has its number: ``amount`` goes ``out_of`` one account ``into`` another.

    ``member`` is whom it is about, ``day`` the group's own day, ``reverses`` the number of the
    entry it undoes. Raises ValueError when nothing, or less, is moved.
    """

    kind: EntryKind
    day: date
    member: int
    amount: Money
    into: Account
    out_of: Account
    reverses: int | None = None

    def __post_init__(self) -> None:
        if self.amount <= NOTHING or self.into == self.out_of:
            raise ValueError("an entry moves money from one account to another")

    @property
    def moves(self) -> tuple[tuple[Account, int], tuple[Account, int]]:
        """By how many rupiah each of its two accounts changes."""
        rupiah = self.amount.rupiah
        return (self.into, rupiah), (self.out_of, -rupiah)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a group; ``day`` is the group's own day, ``member`` whom it is about.

    ``seal`` is its link of the group's chain (64 hexadecimal signs), ``into`` and ``out_of`` the
    accounts it moved ``amount`` between.
    """

    group: int
    number: int
    kind: EntryKind
    day: date
    member: int
    amount: Money
    into: Account
    out_of: Account
    recorded_by: int
    reverses: int | None = None
    seal: str = ""

    @property
    def code(self) -> str:
        """The seal as it stands on receipts."""
        return self.seal[:CODE].upper()

    @property
    def saved(self) -> Money:
        """By how much it changed the savings of her whom it is about."""
        if self.out_of.kind is AccountKind.SAVINGS:
            return self.amount
        return -self.amount if self.into.kind is AccountKind.SAVINGS else NOTHING


#: Signs of a seal that are printed: four billion to one against a chance likeness.
CODE = 8

BANK, DIFFERENCE = Account(AccountKind.BANK), Account(AccountKind.DIFFERENCE)


def overdrawn(account: Account, rupiah: int) -> bool:
    """Whether ``rupiah`` is less than nothing: in a box, at the bank, or of a member's savings."""
    left = -rupiah if account.kind is AccountKind.SAVINGS else rupiah
    return account.kind is not AccountKind.DIFFERENCE and left < 0


def cash(holder: int) -> Account:
    """What a holder keeps for the group."""
    return Account(AccountKind.CASH, holder)


def owed(member: int) -> Account:
    """What the group owes a member."""
    return Account(AccountKind.SAVINGS, member)


def deposit(member: int, holder: int, amount: Money, day: date) -> Draft:
    """Cash goes to the holder, and is owed to the member."""
    return Draft(EntryKind.DEPOSIT, day, member, amount, cash(holder), owed(member))


def withdrawal(member: int, holder: int, amount: Money, day: date) -> Draft:
    """A member has some of her savings back in her hand."""
    return Draft(EntryKind.WITHDRAWAL, day, member, amount, owed(member), cash(holder))


def share_out(member: int, holder: int, amount: Money, day: date) -> Draft:
    """At the end a member has all her savings back in her hand."""
    return Draft(EntryKind.SHARE_OUT, day, member, amount, owed(member), cash(holder))


def hand_over(giver: int, taker: int, amount: Money, day: date) -> Draft:
    """The box goes from one holder to the next."""
    return Draft(EntryKind.HAND_OVER, day, taker, amount, cash(taker), cash(giver))


def to_bank(holder: int, amount: Money, day: date) -> Draft:
    """The holder takes cash to the bank."""
    return Draft(EntryKind.TO_BANK, day, holder, amount, BANK, cash(holder))


def from_bank(holder: int, amount: Money, day: date) -> Draft:
    """The holder brings cash from the bank."""
    return Draft(EntryKind.FROM_BANK, day, holder, amount, cash(holder), BANK)


def difference(holder: int, booked: Money, counted: Money, day: date) -> Draft | None:
    """What a count found more or less than the books say; None when they agree."""
    if counted == booked:
        return None
    if counted > booked:
        more = counted - booked
        return Draft(EntryKind.DIFFERENCE, day, holder, more, cash(holder), DIFFERENCE)
    less = booked - counted
    return Draft(EntryKind.DIFFERENCE, day, holder, less, DIFFERENCE, cash(holder))


def reversal(entry: Entry, day: date) -> Draft:
    """The mirror of an entry. Raises ValueError for a reversal: book the thing anew instead."""
    if entry.kind is EntryKind.REVERSAL:
        raise ValueError("a reversal is not reversed")
    return Draft(
        EntryKind.REVERSAL,
        day,
        entry.member,
        entry.amount,
        entry.out_of,
        entry.into,
        reverses=entry.number,
    )


def anew(entry: Entry, holder: int, amount: Money) -> Draft:
    """What an entry should have been, booked for the box of who holds it now."""

    def now(side: Account) -> Account:
        return cash(holder) if side.kind is AccountKind.CASH else side

    return Draft(entry.kind, entry.day, entry.member, amount, now(entry.into), now(entry.out_of))


def savings(account_balance: Money) -> Money:
    """What a member has, from what her account says."""
    return NOTHING - account_balance
