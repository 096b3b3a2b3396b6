"""Money on its way back to a member: asked for, agreed by two, handed out, and in her hand.

Only her own word that she has it, or a witness's where she cannot say it, books it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.claims import witness_to
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person

#: How long each is left in peace before she is asked again, and when the mentor hears of it.
NUDGE_AFTER, TELL_MENTOR_AFTER = timedelta(hours=24), timedelta(hours=48)


class PayoutKind(StrEnum):
    """Why money goes back."""

    WITHDRAWAL = "withdrawal"
    SHARE_OUT = "share_out"


class PayoutState(StrEnum):
    """Where it stands: ``agreed`` may be handed out, ``paid`` waits for her word."""

    ASKED = "asked"
    AGREED = "agreed"
    PAID = "paid"
    RECEIVED = "received"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


#: Until then the money is hers in the box, and held for this.
WAITING = (PayoutState.ASKED, PayoutState.AGREED, PayoutState.PAID)


@dataclass(frozen=True, slots=True)
class Payout:
    """``amount`` of her savings on its way back to ``member``."""

    group: int
    number: int
    kind: PayoutKind
    member: Member
    amount: Money
    reason: str
    mentor_yes: bool
    holder_yes: bool
    state: PayoutState
    made_at: datetime
    entry: int | None = None

    @property
    def waits(self) -> bool:
        """Whether it is still on its way."""
        return self.state in WAITING


def receiver_of(
    member: Member, group: Group, members: Sequence[Member], mentors: Sequence[Person], day: date
) -> Person | None:
    """Who says that the money is in her hand: she, and for the holder's own money a witness.

    For a member without a phone it is a mentor who does not hold the celengan herself, or else a
    witness: nobody both pays and receives. None when there is nobody who could be asked.
    """
    witness = witness_to(member, group, members, mentors, day)
    if member.number == group.holder:
        return witness
    if member.person.reachable:
        return member.person
    holders = {one.person.id for one in members if one.number == group.holder}
    return next((one for one in mentors if one.id not in holders), witness)
