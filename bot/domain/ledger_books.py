"""What conversations about the books may look at; they never write here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.domain.cash import CashReport
from bot.domain.claims import Claim
from bot.domain.disputes import Dispute
from bot.domain.ledger import Account, Entry
from bot.domain.money import Money
from bot.domain.payouts import Payout
from bot.domain.people import Group, Member, Person
from bot.domain.statements import Statement


@dataclass(frozen=True, slots=True)
class Checked:
    """A group's chain looked through: the ``entry`` a code belongs to, if there is one.

    ``broken`` is the number of the first entry that is not as it was sealed, None when all are.
    """

    entry: Entry | None
    entries: int
    broken: int | None


class LedgerBooks(Protocol):
    """Reading entries, balances, and what waits for a second person's word."""

    def saved(self, member: Member) -> Money:
        """What she has in the celengan: only what was received."""
        ...

    def held(self, member: Member) -> Money:
        """What of it is on its way back to her."""
        ...

    def in_box(self, group: Group) -> Money:
        """The cash its holder should have."""
        ...

    def balances(self, group: int) -> Mapping[Account, Money]:
        """Every account of a group that was ever moved, as the books have it."""
        ...

    def entries(self, member: Member, before: int | None, limit: int) -> Sequence[Entry]:
        """The newest entries about her savings, those numbered under ``before``."""
        ...

    def entry(self, group: int, number: int) -> Entry | None:
        """One entry."""
        ...

    def told_herself(self, entry: Entry) -> bool:
        """Whether a deposit was booked on the word of the member herself."""
        ...

    def reversed_by(self, entry: Entry) -> int | None:
        """The number of the entry that undid this one."""
        ...

    def booked_instead(self, entry: Entry) -> int | None:
        """The number of the entry that was booked in the place of one that was undone, if any."""
        ...

    def check_chain(self, group: int, code: str) -> Checked:
        """Recompute a group's chain, and find the entry a code of eight signs stands for."""
        ...

    def payout(self, group: int, number: int) -> Payout:
        """Money on its way back."""
        ...

    def payouts_waiting(self, group: int) -> Sequence[Payout]:
        """All that is on its way back in a group, oldest first."""
        ...

    def dispute(self, group: int, number: int) -> Dispute:
        """One dispute."""
        ...

    def open_disputes(self, group: int) -> Sequence[Dispute]:
        """What is not settled, oldest first."""
        ...

    def cash_report(self, group: int, number: int) -> CashReport:
        """One report about the cash."""
        ...

    def last_count(self, group: int) -> CashReport | None:
        """The newest count that was confirmed."""
        ...

    def cash_waiting(self, group: int) -> Sequence[CashReport]:
        """Reports that wait for the checker's word."""
        ...

    def witnesses(self, count: CashReport) -> Sequence[Person]:
        """Who has been asked whether she saw a count, in order."""
        ...

    def statement(self, member: Member, day: date) -> Statement:
        """Her statement of a day, with what came since."""
        ...

    def statements_unanswered(self, group: int) -> Sequence[Member]:
        """Who has not answered the newest statements."""
        ...

    def all_savings(self, group: int) -> Sequence[tuple[Member, Money]]:
        """Who has savings, active or not, by number."""
        ...

    def claims_waiting(self, group: Group) -> Sequence[Claim]:
        """The group's claims nobody has confirmed yet, oldest first."""
        ...

    def claims_waiting_in(self, group: int) -> int:
        """How many claims of a group wait."""
        ...
