"""A deposit is two people's word: she says she paid, the other says she received it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.ledger import Entry
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person

#: A deposit may be told this many days later, and no later.
DAYS_BACK = 7

#: From here on an amount is asked about twice, whoever she is.
LARGE = Money(5_000_000)

#: So many times her usual amount is unusual for her.
UNUSUAL_TIMES = 10

#: How long the one who should confirm is left in peace, and when the mentor hears of it.
NUDGE_AFTER, TELL_MENTOR_AFTER = timedelta(hours=6), timedelta(hours=24)


class ClaimState(StrEnum):
    """Where a claim stands; only what was received is savings."""

    WAITING = "waiting"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Claim:
    """What a member says she handed over on ``day``; ``confirmer`` is asked whether it is so.

    ``counted`` is the other amount she found; it stays open until both say the same.
    """

    group: int
    number: int
    member: Member
    amount: Money
    day: date
    confirmer: Person
    state: ClaimState
    made_at: datetime
    entry: Entry | None = None
    counted: Money | None = None


def is_unusual(amount: Money, usual: Sequence[Money]) -> bool:
    """Whether an amount should be asked about twice: large, or far above what she ever gives."""
    return amount > LARGE or (bool(usual) and amount.rupiah >= UNUSUAL_TIMES * max(usual).rupiah)


def confirmer_of(
    member: Member, group: Group, members: Sequence[Member], mentors: Sequence[Person], day: date
) -> Person | None:
    """Who says that a member's money arrived: the holder, and for the holder's own money another.

    That other is a witness; None when there is nobody who could be asked.
    """
    if group.holder is None:
        return None
    if member.number != group.holder:
        return next((one.person for one in members if one.number == group.holder), None)
    return witness_to(member, group, members, mentors, day)


def witness_to(
    member: Member, group: Group, members: Sequence[Member], mentors: Sequence[Person], day: date
) -> Person | None:
    """Who looks on in her place: a member with a phone, the next in turn each day, or else a mentor.

    Never she herself nor whoever holds the celengan, be she a mentor as well; None when there is
    nobody else.
    """
    kept_out = {member.person.id}
    kept_out |= {one.person.id for one in members if one.number == group.holder}
    there = [one.person for one in members if one.person.reachable]
    witnesses = [one for one in there if one.id not in kept_out] or [
        one for one in mentors if one.id not in kept_out
    ]
    return witnesses[day.toordinal() % len(witnesses)] if witnesses else None
