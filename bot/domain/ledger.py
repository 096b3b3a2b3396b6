"""The books: double entry in whole rupiah, appended to and never changed.

What the group owns (cash, bank) is positive, what it owes (each member's savings) negative, so the
postings of an entry sum to zero and a member's savings are minus her account.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    HAND_OVER = "hand_over"


@dataclass(frozen=True, slots=True)
class Account:
    """One account of a group; ``member`` is 0 where it belongs to the group itself."""

    kind: AccountKind
    member: int = 0


@dataclass(frozen=True, slots=True)
class Posting:
    """One side of an entry."""

    account: Account
    amount: Money


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a group; ``day`` is the group's own day, ``member`` whom it is about."""

    group: int
    number: int
    kind: EntryKind
    day: date
    member: int
    amount: Money


class Unbalanced(ValueError):
    """The postings of an entry do not sum to zero, or move nothing."""


def balanced(postings: Sequence[Posting]) -> tuple[Posting, ...]:
    """The same postings, once they are seen to sum to zero. Raises Unbalanced."""
    total = sum((posting.amount.rupiah for posting in postings), 0)
    if total != 0 or not all(posting.amount for posting in postings) or len(postings) < 2:  # noqa: PLR2004 - double entry
        raise Unbalanced(f"postings sum to {total} rupiah")
    return tuple(postings)


def deposit(member: int, holder: int, amount: Money) -> tuple[Posting, ...]:
    """Cash goes to the holder, and is owed to the member."""
    return balanced(
        (
            Posting(Account(AccountKind.CASH, holder), amount),
            Posting(Account(AccountKind.SAVINGS, member), -amount),
        )
    )


def hand_over(giver: int, taker: int, amount: Money) -> tuple[Posting, ...]:
    """The box goes from one holder to the next."""
    return balanced(
        (
            Posting(Account(AccountKind.CASH, taker), amount),
            Posting(Account(AccountKind.CASH, giver), -amount),
        )
    )


def savings(account_balance: Money) -> Money:
    """What a member has, from what her account says."""
    return NOTHING - account_balance
