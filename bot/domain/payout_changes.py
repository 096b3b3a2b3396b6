"""What conversations about money on its way back to a member can end in, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.ledger import Entry
from bot.domain.money import Money
from bot.domain.payouts import Payout
from bot.domain.people import Member, Person


@dataclass(frozen=True, slots=True)
class PayoutAsked:
    """Some of a member's savings is asked for; holder and mentor are asked.

    ``by`` asks for a member without a phone; without it she asks herself.
    """

    member: Member
    amount: Money
    reason: str
    by: Person | None = None

    @property
    def asker(self) -> Person:
        """Who asks."""
        return self.by or self.member.person


@dataclass(frozen=True, slots=True)
class PayoutApproved:
    """One of the two says yes, for the mentor, for the holder, or for both when she is both."""

    payout: Payout
    by: Person
    as_mentor: bool
    as_holder: bool


@dataclass(frozen=True, slots=True)
class PayoutAgreed:
    """Both have said yes: the holder may hand it out."""

    payout: Payout


@dataclass(frozen=True, slots=True)
class PayoutRefused:
    """One of the two says no."""

    payout: Payout
    by: Person


@dataclass(frozen=True, slots=True)
class PayoutTakenBack:
    """She changed her mind before it was handed out."""

    payout: Payout


@dataclass(frozen=True, slots=True)
class PayoutPaid:
    """The holder says, perhaps again, she handed it out; ``receiver`` is asked whether it arrived."""

    payout: Payout
    by: Person
    receiver: Person


@dataclass(frozen=True, slots=True)
class PayoutNotArrived:
    """The receiver says it did not arrive, or the holder that it was never handed out."""

    payout: Payout
    by: Person


@dataclass(frozen=True, slots=True)
class PayoutReceived:
    """The receiver says it is in her hand: only now it is booked."""

    payout: Payout
    by: Person


@dataclass(frozen=True, slots=True)
class PayoutToldOf:
    """The member says it is in her hand before the holder has said she gave it: she is asked."""

    payout: Payout
    by: Person


@dataclass(frozen=True, slots=True)
class PayoutShort:
    """It is in her hand, but the box holds less in the books: nothing is booked until that is right."""

    payout: Payout
    by: Person


@dataclass(frozen=True, slots=True)
class PayoutPartly:
    """One of the two says that only ``given`` was handed out: nothing is booked, the holder is asked."""

    payout: Payout
    by: Person
    given: Money


@dataclass(frozen=True, slots=True)
class PayoutLessAsked:
    """The holder wants to leave it at ``given``, and the ``receiver`` is asked."""

    payout: Payout
    by: Person
    given: Money
    receiver: Person


@dataclass(frozen=True, slots=True)
class PayoutLessened:
    """The receiver agrees: ``given`` is booked, the rest stays the member's savings."""

    payout: Payout
    by: Person
    given: Money


@dataclass(frozen=True, slots=True)
class PayoutBooked:
    """It stands in the books."""

    payout: Payout
    entry: Entry


PayoutChange = (
    PayoutAsked
    | PayoutApproved
    | PayoutAgreed
    | PayoutRefused
    | PayoutTakenBack
    | PayoutPaid
    | PayoutNotArrived
    | PayoutReceived
    | PayoutToldOf
    | PayoutShort
    | PayoutPartly
    | PayoutLessAsked
    | PayoutLessened
    | PayoutBooked
)
