"""The kinds of messages: how urgent each is, and whether it may come twice."""

from __future__ import annotations

from enum import StrEnum


class Kind(StrEnum):
    """Why a message is sent.

    ``ANSWER``, ``UNCLEAR`` (an answer that says we did not understand), ``QUESTION`` and
    ``RECEIPT`` follow at once from what somebody wrote; the others are sent by the clock or by a
    mentor to many. What somebody waits for (an invitation, a count) is a ``QUESTION`` though a clock
    asks it: where her window is closed, a newer ``REMINDER`` takes the place of an older one.
    """

    ANSWER = "answer"
    UNCLEAR = "unclear"
    QUESTION = "question"
    RECEIPT = "receipt"
    REMINDER = "reminder"
    SUMMARY = "summary"
    TIP = "tip"
    STEP = "step"
    ENDING = "ending"

    @property
    def rank(self) -> int:
        """How urgent: 0 goes before 1, and 1 before 2."""
        return _RANK.get(self, 0)

    @property
    def may_repeat(self) -> bool:
        """Whether it is sent again when nobody knows if it arrived.

        Money that was booked must be heard of, so a receipt rather comes twice than never; a
        reminder that comes twice is nagging, so it rather never comes.
        """
        return self.rank == 0

    @property
    def any_hour(self) -> bool:
        """Whether it goes out in the quiet hours too: only what somebody is waiting for."""
        return self.rank == 0


_RANK = {Kind.REMINDER: 1, Kind.SUMMARY: 1, Kind.ENDING: 1, Kind.TIP: 2, Kind.STEP: 2}

#: Every rank there is, the most urgent first.
RANKS = (0, 1, 2)

#: The kinds that are never sent again after a lost answer.
NEVER_TWICE = tuple(kind for kind in Kind if not kind.may_repeat)
