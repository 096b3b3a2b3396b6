"""What conversations about the books can end in: facts to be written down, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bot.domain.cash import CashKind, CashReport, Dropped
from bot.domain.disputes import Dispute
from bot.domain.ledger import Entry
from bot.domain.money import Money
from bot.domain.payout_changes import PayoutChange
from bot.domain.people import Group, Member, Person

# Corrections


@dataclass(frozen=True, slots=True)
class DisputeRaised:
    """Somebody says the books are wrong; ``right`` is the amount it should be, if she knows.

    ``voice`` speaks for the member and ``other`` agrees besides; who of them raised it has agreed.
    """

    member: Member
    entry: Entry | None
    words: str
    right: Money | None
    by: Person
    voice: Person
    other: Person | None


@dataclass(frozen=True, slots=True)
class AgreementAsked:
    """Those who have not agreed to what would be right are asked, perhaps once more."""

    dispute: Dispute


@dataclass(frozen=True, slots=True)
class CorrectionAgreed:
    """One of those concerned agrees; ``as_member`` when it is for the member it touches."""

    dispute: Dispute
    by: Person
    as_member: bool


@dataclass(frozen=True, slots=True)
class CorrectionDeclined:
    """One of those concerned does not agree: it stays open."""

    dispute: Dispute
    by: Person


@dataclass(frozen=True, slots=True)
class EntryCorrected:
    """Both agreed: the entry is reversed, and what is right was booked; None when it never was."""

    dispute: Dispute
    reversal: Entry
    entry: Entry | None


@dataclass(frozen=True, slots=True)
class DisputeAskedAgain:
    """A mentor asks the member whether it is right by now."""

    dispute: Dispute
    by: Person


@dataclass(frozen=True, slots=True)
class DisputeDropped:
    """The member says the books are right after all."""

    dispute: Dispute
    by: Person


# Cash


@dataclass(frozen=True, slots=True)
class CashReported:
    """The holder (at a hand-over the one who takes it) says how much; ``checker`` is asked."""

    kind: CashKind
    group: Group
    member: Member
    amount: Money
    checker: Person
    media: str = ""


@dataclass(frozen=True, slots=True)
class CashConfirmed:
    """The checker says it is so: what follows from it is booked."""

    report: CashReport
    by: Person


@dataclass(frozen=True, slots=True)
class CashDeclined:
    """The checker says it is not so: nothing is booked."""

    report: CashReport
    by: Person


@dataclass(frozen=True, slots=True)
class NotWitnessed:
    """The witness did not see the count, or has been ``silent`` for a day: another is drawn."""

    report: CashReport
    silent: bool = False


@dataclass(frozen=True, slots=True)
class CashDropped:
    """Nobody's word is waited for any more: nothing is booked. ``by`` is who knows that already."""

    report: CashReport
    why: Dropped
    by: Person | None = None


@dataclass(frozen=True, slots=True)
class CapChanged:
    """From now on more than ``cap`` in the box belongs in the bank."""

    group: Group
    cap: Money
    by: Person


@dataclass(frozen=True, slots=True)
class DayBegun:
    """A group's day begins: its box is looked at."""

    group: Group
    day: date


@dataclass(frozen=True, slots=True)
class CountAsked:
    """The day was drawn: the holder is asked to count the box."""

    group: Group
    day: date


@dataclass(frozen=True, slots=True)
class BoxTooFull:
    """There is more in the box than the group's cap: holder and mentors hear it once a day."""

    group: Group
    day: date


# Weekly statements and the share-out


@dataclass(frozen=True, slots=True)
class StatementsDue:
    """It is the day of the week on which every member is shown what stands there for her."""

    group: Group
    day: date


@dataclass(frozen=True, slots=True)
class StatementMade:
    """One member's statement."""

    member: Member
    day: date


@dataclass(frozen=True, slots=True)
class StatementsToShow:
    """Members without a phone have yet to see theirs: ``voice``, who speaks for them, shows them."""

    group: Group
    voice: Person
    day: date


@dataclass(frozen=True, slots=True)
class StatementRight:
    """She says it is so."""

    member: Member
    day: date


@dataclass(frozen=True, slots=True)
class StatementWrong:
    """She says it is not so, in her own words, or ``by`` who speaks for her: a dispute is open."""

    member: Member
    day: date
    words: str
    by: Person


@dataclass(frozen=True, slots=True)
class ShareOutBegun:
    """Everybody is to have her savings back: ``shares`` are what each gets."""

    group: Group
    by: Person
    shares: tuple[tuple[Member, Money], ...]


@dataclass(frozen=True, slots=True)
class BooksClosed:
    """Every account stands at zero; nothing is booked after it."""

    group: Group


LedgerChange = (
    PayoutChange
    | DisputeRaised
    | AgreementAsked
    | CorrectionAgreed
    | CorrectionDeclined
    | EntryCorrected
    | DisputeAskedAgain
    | DisputeDropped
    | CashReported
    | CashConfirmed
    | CashDeclined
    | NotWitnessed
    | CashDropped
    | CapChanged
    | DayBegun
    | CountAsked
    | BoxTooFull
    | StatementsDue
    | StatementMade
    | StatementsToShow
    | StatementRight
    | StatementWrong
    | ShareOutBegun
    | BooksClosed
)
