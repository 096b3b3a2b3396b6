"""A seeded group for practice: Bu Dewi leads Melati, Bu Rina holds the celengan, Bu Sari saves."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import time

from bot.domain import changes
from bot.domain.calendar import Zone
from bot.domain.money import Money
from bot.domain.people import Group, Person
from bot.ports import Store, Writing

#: The group everybody practises in.
GROUP = "Melati"


@dataclass(frozen=True, slots=True)
class Player:
    """Someone in the seeded group."""

    name: str
    business: str = ""


MENTOR = Player("Dewi")
HOLDER = Player("Rina", "kerupuk")
MEMBERS = (Player("Sari", "gorengan"), Player("Ani", "jahit"))


def seed(store: Store, mentor_code: str, channel: str, address: Callable[[str], str]) -> Group:
    """Open the group with its people, each reachable over ``channel`` at the ``address`` of her name.

    ``mentor_code`` is an unused code of a mentor called Dewi.
    """
    with store.transaction() as books:
        dewi = books.meet(channel, address(MENTOR.name))
        books.record(changes.MentorJoined(dewi, mentor_code))
        opened = changes.GroupOpened(dewi, GROUP, "Tanjung Jati", Zone.WIB, None)
        group = books.group(int(books.record(opened)[0].facts["group"]))
        for one in (HOLDER, *MEMBERS):
            _join(books, group, one, books.meet(channel, address(one.name)))
        holder = books.members(group.id)[0]
        books.record(changes.HolderAccepted(group, holder))
        return books.group(group.id)


def _join(books: Writing, group: Group, who: Player, person: Person) -> None:
    consent = changes.Consent("latihan", "latihan")
    books.record(
        changes.MemberJoined(
            person, group, who.name, "Bu", who.business, Money(10_000), time(19), consent
        )
    )
