"""The cash in the box: counting it with a witness, handing it over, taking it to the bank.

Where theft hurts most the box is fullest and the end is near, so that is when it is counted most.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from bot.domain.money import Money
from bot.domain.people import Group, Member, Person

#: How long a witness is left in peace before she is asked again, and when the mentor hears of it.
NUDGE_AFTER, TELL_MENTOR_AFTER = timedelta(hours=6), timedelta(hours=24)

#: The local hour from which the box is looked at each day.
HOUR = time(8, 0)

#: A count settles a share-out for so many days.
COUNT_HOLDS = timedelta(days=1)


class CashKind(StrEnum):
    """What is reported about the cash."""

    COUNT = "count"
    HAND_OVER = "hand_over"
    TO_BANK = "to_bank"
    FROM_BANK = "from_bank"


class CashState(StrEnum):
    """Where a report stands."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    DECLINED = "declined"


class Dropped(StrEnum):
    """Why a report about the cash waits no longer, though its checker has not answered."""

    TAKEN_BACK = "taken_back"
    COUNTED_AGAIN = "counted_again"
    BOX_MOVED = "box_moved"
    NOBODY_SAW = "nobody_saw"


@dataclass(frozen=True, slots=True)
class CashReport:
    """What ``member`` says about the cash, and who ``checker`` is: nothing is booked before her word.

    ``amount`` was counted, handed over or moved; ``booked`` is what the box should have held then.
    """

    group: int
    number: int
    kind: CashKind
    member: Member
    amount: Money
    booked: Money
    checker: Person
    media: str
    state: CashState
    made_at: datetime

    @property
    def off(self) -> Money:
        """Counted minus booked; nothing for money that only moved."""
        counted = self.kind in (CashKind.COUNT, CashKind.HAND_OVER)
        return self.amount - self.booked if counted else Money(0)


def draw(seal: str, day: date, purpose: str) -> float:
    """A number from 0 up to 1 that nobody knows before the day and everybody can check after it.

    ``seal`` is the group's newest: it is not known in advance, and stays in the members' phones.
    """
    digest = hashlib.sha256(f"{seal}|{day.isoformat()}|{purpose}".encode()).digest()
    return int.from_bytes(digest[:8], "big") / 2**64


#: So many are asked whether they saw a count; when none of them did, it is counted again.
MOST_WITNESSES = 3


def witness_of(
    holder: Member,
    members: Sequence[Member],
    present: Collection[int],
    mentors: Sequence[Person],
    seal: str,
    day: date,
    but: Sequence[Person] = (),
) -> Person | None:
    """Who looks on while the holder counts: drawn among those who were there that day.

    ``present`` are the numbers of the members who put money in that day; when none of them can be
    asked any member with a phone may be drawn, and when there is none a mentor. ``but`` were asked
    before; nobody is asked when they are as many as may be.
    """
    if len(but) >= MOST_WITNESSES:
        return None
    passed = {holder.person.id, *(one.id for one in but)}
    others = [one for one in members if one.person.id not in passed and one.person.reachable]
    there = [one for one in others if one.number in present] or others
    people = [one.person for one in there] or [
        one for one in mentors if one.reachable and one.id not in passed
    ]
    return people[int(draw(seal, day, "witness") * len(people))] if people else None


#: A box is counted once in so many days at first, and in so many when it is full or the end is near.
SELDOM, OFTEN = 14, 3

#: The end is near from so many days before it.
NEAR_END = 60


def chance_of_count(group: Group, box: Money, day: date, ends_on: date | None) -> float:
    """How likely the bot asks for a count on ``day``: from once in 14 days to once in 3.

    It grows in a straight line with whichever is further on: the box on its way to the group's
    cap, or the last 60 days on their way to the end. An empty box is not counted.
    """
    if not box:
        return 0.0
    full = min(box.rupiah / group.cap.rupiah, 1.0)
    left = (ends_on - day).days if ends_on else NEAR_END
    ending = min(max(1 - left / NEAR_END, 0.0), 1.0)
    most = max(full, ending)
    return 1 / SELDOM + most * (1 / OFTEN - 1 / SELDOM)


def count_is_due(group: Group, box: Money, day: date, ends_on: date | None) -> bool:
    """Whether the bot asks the holder to count today."""
    return draw(group.head, day, "count") < chance_of_count(group, box, day, ends_on)
