"""What has to be settled before somebody can be forgotten."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.books import Books
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person


@dataclass(frozen=True, slots=True)
class Hindrance:
    """One thing that comes first: its ``name``, the group it is about, and what to say to do it."""

    name: str
    group: Group
    saved: Money = NOTHING
    offer: str = ""


def hindrance(books: Books, person: Person) -> Hindrance | None:
    """What comes first; None when she can be forgotten now."""
    led = books.groups_led(person)
    if led:
        return Hindrance("you_lead", led[0], offer="serahkan kelompok")
    for one in books.places(person):
        found = _in_group(books, one, books.group(one.group))
        if found is not None:
            return found
    waiting = books.claims_to_confirm(person)
    if waiting:
        return Hindrance("others_wait", books.group(waiting[0].group))
    return None


def _in_group(books: Books, me: Member, group: Group) -> Hindrance | None:
    if group.holder == me.number and not group.closed:
        return Hindrance("you_hold", group)
    if books.waiting_claims(me):
        return Hindrance("claims_wait", group, offer="saldo")
    saved, held = books.saved(me), books.held(me)
    if held:
        return Hindrance("on_its_way", group, held)
    if saved:
        return Hindrance("savings_first", group, saved, offer="" if group.sharing else "tarik")
    if any(one.member == me for one in books.open_disputes(group.id)):
        return Hindrance("not_settled", group, offer="pendamping")
    if any(one.checker.id == me.person.id for one in books.cash_waiting(group.id)):
        return Hindrance("others_wait", group)
    return None
