"""Who says that money is in somebody's hand: never whoever handed it out."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.calendar import Zone
from bot.domain.payouts import receiver_of
from bot.domain.people import Group, Member, Person

DAY = date(2026, 11, 23)
DEWI, WATI = Person(1, "Dewi"), Person(2, "Wati")
RINA = Member(1, 1, Person(3, "Rina"))
SARI = Member(1, 2, Person(4, "Sari"))
TUTI = Member(1, 3, Person(5, "Tuti", reachable=False))
DEWI_TOO = Member(1, 4, DEWI)


def receiver(
    member: Member, holder: Member, members: list[Member], *mentors: Person
) -> set[str | None]:
    """Who may be asked, on any day."""
    group = Group(1, "Melati", "", Zone.WIB, None, "", holder=holder.number)
    days = (DAY + timedelta(days=after) for after in range(len(members)))
    found = [receiver_of(member, group, members, mentors, day) for day in days]
    return {one.name if one else None for one in found}


def test_she_herself_and_for_one_without_a_phone_a_mentor() -> None:
    members = [RINA, SARI, TUTI]
    assert receiver(SARI, RINA, members, DEWI) == {"Sari"}
    assert receiver(TUTI, RINA, members, DEWI) == {"Dewi"}


def test_a_mentor_who_holds_the_celengan_is_not_her_own_witness() -> None:
    members = [RINA, SARI, TUTI, DEWI_TOO]
    assert receiver(TUTI, DEWI_TOO, members, DEWI) == {"Rina", "Sari"}
    assert receiver(TUTI, DEWI_TOO, members, DEWI, WATI) == {"Wati"}
    assert receiver(TUTI, DEWI_TOO, [TUTI, DEWI_TOO], DEWI) == {None}


def test_the_holders_own_money_is_seen_by_somebody_else() -> None:
    members = [RINA, SARI, TUTI, DEWI_TOO]
    assert receiver(RINA, RINA, members, DEWI) == {"Sari", "Dewi"}
    assert receiver(DEWI_TOO, DEWI_TOO, [TUTI, DEWI_TOO], DEWI, WATI) == {"Wati"}
    assert receiver(DEWI_TOO, DEWI_TOO, [TUTI, DEWI_TOO], DEWI) == {None}
