"""What a conversation may look at; it never writes here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from bot.domain.articles import ArticleBooks
from bot.domain.broadcast_books import BroadcastBooks
from bot.domain.buddies import BuddyBooks
from bot.domain.claims import Claim
from bot.domain.consult_books import ConsultBooks
from bot.domain.guide_books import GuideBooks
from bot.domain.habits import Goal, GroupRest
from bot.domain.ledger_books import LedgerBooks
from bot.domain.metering_books import MeteringBooks
from bot.domain.money import Money
from bot.domain.notebook import Jotting
from bot.domain.people import Group, Member, Person
from bot.domain.picture_books import PictureBooks
from bot.domain.pricing import Costing
from bot.domain.privacy_books import PrivacyBooks
from bot.domain.programme_books import ProgrammeBooks
from bot.domain.sharing import SharingBooks


class Books(
    LedgerBooks,
    BroadcastBooks,
    BuddyBooks,
    GuideBooks,
    PrivacyBooks,
    MeteringBooks,
    SharingBooks,
    ConsultBooks,
    ArticleBooks,
    PictureBooks,
    ProgrammeBooks,
    Protocol,
):
    """Reading people, groups, claims and entries."""

    def person(self, person_id: int) -> Person:
        """Someone we know."""
        ...

    def mentor_invited(self, code: str) -> str | None:
        """The name a mentor was invited by, None for a wrong or used code."""
        ...

    def is_mentor(self, person: Person) -> bool:
        """Whether she ever used a mentor's code."""
        ...

    def groups_led(self, mentor: Person) -> Sequence[Group]:
        """The open groups a mentor leads, by name."""
        ...

    def mentors(self, group: int) -> Sequence[Person]:
        """Who leads a group."""
        ...

    def group(self, group: int) -> Group:
        """One group."""
        ...

    def group_by_code(self, code: str) -> Group | None:
        """The group a join code belongs to, open or closed."""
        ...

    def memberships(self, person: Person) -> Sequence[Member]:
        """Where she is an active member of an open group."""
        ...

    def members(self, group: int) -> Sequence[Member]:
        """The active members, by number."""
        ...

    def member(self, group: int, number: int) -> Member:
        """One member, active or not."""
        ...

    def usual_amounts(self, member: Member) -> Sequence[Money]:
        """Up to three amounts she gives most, else her own word at joining; small to large."""
        ...

    def claim(self, group: int, number: int) -> Claim:
        """One claim."""
        ...

    def waiting_claims(self, member: Member) -> Sequence[Claim]:
        """Her claims nobody has confirmed yet, oldest first."""
        ...

    def claims_to_confirm(self, person: Person) -> Sequence[Claim]:
        """The claims that wait for this person's word, oldest first."""
        ...

    def deposits_on(self, group: Group, day: date) -> Sequence[tuple[Member, Money]]:
        """Who put in how much on a day, by name."""
        ...

    def goal(self, member: Member) -> Goal | None:
        """What she saves for, if she has said so."""
        ...

    def days_saved(self, member: Member, first: date, last: date) -> int:
        """On how many of these days she put something in."""
        ...

    def members_who_saved(self, group: Group, first: date, last: date) -> int:
        """How many members put something in on any of these days."""
        ...

    def last_saved(self, group: Group) -> Sequence[tuple[Member, date]]:
        """The active members, each with the day of her newest deposit, or else of her joining."""
        ...

    def unreached(self, group: Group, since: date) -> Sequence[Member]:
        """The active members to whom a message failed since then, or who left the chat."""
        ...

    def group_rests(self, group: Group, day: date) -> bool:
        """Whether the whole group rests on that day."""
        ...

    def group_rests_from(self, group: Group, day: date) -> Sequence[GroupRest]:
        """The group's days of rest that are not over on ``day``, in order."""
        ...

    def costings(self, person: Person) -> Sequence[Costing]:
        """What she reckoned a piece of each of her products costs, the newest first."""
        ...

    def jottings(self, person: Person, since: date) -> Sequence[Jotting]:
        """The lines of her private notebook from a day on, oldest first, without those struck out."""
        ...
