"""When somebody says the books are not right: it stays open until those concerned agree."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.ledger import Entry, EntryKind
from bot.domain.money import Money
from bot.domain.people import Member, Person

#: How long each is left in peace before she is asked again, and when the mentor hears of it.
NUDGE_AFTER, TELL_MENTOR_AFTER = timedelta(hours=24), timedelta(hours=48)

#: What members and holders may have put right; the rest is put right by counting the box.
CORRECTABLE = (EntryKind.DEPOSIT, EntryKind.WITHDRAWAL, EntryKind.TO_BANK, EntryKind.FROM_BANK)


class DisputeState(StrEnum):
    """Where it stands: ``corrected`` in the books, or ``dropped`` because they were right."""

    OPEN = "open"
    CORRECTED = "corrected"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True)
class Dispute:
    """``member``'s books are said to be wrong, in ``words``.

    ``entry`` is None while nobody knows which; ``right`` is the amount it should be, nothing when
    it never was. ``member`` and ``other`` must both agree before anything is booked.
    """

    group: int
    number: int
    member: Member
    entry: Entry | None
    words: str
    right: Money | None
    raised_by: Person
    other: Person | None
    member_yes: bool
    other_yes: bool
    state: DisputeState
    made_at: datetime


def other_of(
    recorder: Person, voice: Person, holder: Person | None, mentors: Sequence[Person]
) -> Person | None:
    """Who agrees to a correction besides the member it touches; None when there is nobody.

    Whoever recorded the entry; where that was the member's own ``voice``, the holder or else a
    mentor: so there are always two, and nobody undoes her own entry alone.
    """
    possible = [recorder, *([holder] if holder else []), *mentors]
    return next((one for one in possible if one.id != voice.id and one.reachable), None)


def voice_of(member: Member, mentors: Sequence[Person]) -> Person:
    """Who speaks for a member: she herself, or for one without a phone a mentor."""
    return _may_speak(member, mentors)[0]


def _may_speak(member: Member, mentors: Sequence[Person]) -> Sequence[Person]:
    return [member.person] if member.person.reachable else mentors


def agrees_for_her(dispute: Dispute, mentors: Sequence[Person]) -> Person | None:
    """Who agrees for the member: she herself, or a mentor once her phone is out of reach.

    Never whoever agrees as the ``other``, though she be the only mentor: then nobody can, until the
    member is back.
    """
    possible = _may_speak(dispute.member, mentors)
    return next((one for one in possible if dispute.other and one.id != dispute.other.id), None)


def yet_to_agree(dispute: Dispute, mentors: Sequence[Person]) -> list[Person]:
    """Who has not agreed to what an entry should be; nobody where that is not known."""
    if dispute.right is None or dispute.other is None:
        return []
    voice = agrees_for_her(dispute, mentors)
    member = [] if dispute.member_yes or voice is None else [voice]
    other = [] if dispute.other_yes else [dispute.other]
    return [*member, *other]
