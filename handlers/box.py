"""What conversations about the box have in common: who holds it, and what must be answered first."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, TypeVar

from bot.domain.cash import CashKind, CashReport, witness_of
from bot.domain.claims import Claim
from bot.domain.counting import Unanswered, unanswered
from bot.domain.ledger import BANK, DIFFERENCE
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person
from bot.talk import Turn, ask
from bot.talk.answers import Answer
from bot.talk.contents import contents
from bot.talk.texts import Ours
from handlers.refused import tell_differing
from handlers.who import membership

T = TypeVar("T")

#: So often she may say that she is still at it, before we say that we did not understand.
MOST_ASIDES = 20

_BANK = re.compile(r"\bbank\b")


async def held_group(turn: Turn) -> tuple[Group, Member] | None:
    """The group whose celengan she holds, and her place in it; says so when she holds none."""
    me = await membership(turn)
    if me is None:
        return None
    group = turn.books.group(me.group)
    if group.holder != me.number:
        turn.say("only_the_holder")
        return None
    return group, me


async def counted(turn: Turn, key: str, usual: Sequence[Money] = (), **facts: Any) -> Money:
    """What she finds in the box, under the question ``key``; she may chat while she counts."""
    return await once_counted(turn, key, partial(contents, usual), **facts)


async def once_counted(
    turn: Turn, key: str, answer: Callable[..., Answer[T | None]], **facts: Any
) -> T:
    """Her ``answer`` when she has counted; told what to do while it is still ``patient``."""
    asides, found = 0, None
    while found is None:
        patiently = answer(patient=asides < MOST_ASIDES)
        opening = "" if asides else turn.opening
        found = await ask(key, patiently, about=asides or "", already=opening, **facts)
        if found is None:
            asides += 1
            turn.say("take_your_time")
    return found


def drawn_witness(turn: Turn, group: Group, holder: Member) -> Person | None:
    """Who is asked whether it is so: drawn among those who put money in today."""
    present = {member.number for member, _ in turn.books.deposits_on(group, turn.today)}
    members, mentors = turn.books.members(group.id), turn.books.mentors(group.id)
    return witness_of(holder, members, present, mentors, group.head, turn.today)


def speaks_of_bank(turn: Turn, group: Group, me: Member) -> bool:
    """Whether a holder's words are about the group's money in the bank, and not about her own."""
    return group.holder == me.number and _BANK.search(turn.opening.lower()) is not None


def at_bank(turn: Turn, group: Group) -> Money:
    """What a group has at the bank."""
    return turn.books.balances(group.id).get(BANK, NOTHING)


def all_of_it(turn: Turn, group: Group) -> Ours:
    """What a group has: in the box and, where some of it is there, at the bank.

    The box alone would look as if the rest were gone.
    """
    box, bank = turn.books.in_box(group), at_bank(turn, group)
    where = "in_box_and_bank" if bank else "all_in_box"
    return Ours(turn.wording(where, both=box + bank, box=box, bank=bank))


def missing(turn: Turn, group: Group) -> Money:
    """What counts found missing from the box; less than nothing where it held more."""
    return turn.books.balances(group.id).get(DIFFERENCE, NOTHING)


def tell_off(turn: Turn, group: Group) -> bool:
    """Say by how much the box is off until it is found, and what may be done; whether it is."""
    off = missing(turn, group)
    if off:
        less = off > NOTHING
        turn.say("box_has_less" if less else "box_has_more", off=off if less else -off)
    return bool(off)


def tell_unanswered(turn: Turn, group: Group, kind: CashKind) -> bool:
    """Say what has to be answered before such a report, and how; whether there is anything."""
    waiting = unanswered(turn.books, group, kind)
    claims = [one for one in waiting if isinstance(one, Claim)]
    tell_differing(turn, claims)
    plain = [one for one in waiting if not isinstance(one, Claim) or one.counted is None]
    for one in plain:
        who = _asked(one)
        own = isinstance(one, Claim) and one.member.person.id == turn.me.id
        whose = "_you" if who.id == turn.me.id else "_own" if own else ""
        turn.say(f"waits_{_what(one)}{whose}", amount=one.amount, member=one.member, who=who)
    if waiting:
        hers = any(one in claims and _asked(one).id == turn.me.id for one in plain)
        turn.say("answer_first" if hers else "answered_first")
    return bool(waiting)


def _asked(one: Unanswered) -> Person:
    if isinstance(one, Claim):
        return one.confirmer
    return one.checker if isinstance(one, CashReport) else one.member.person


def _what(one: Unanswered) -> str:
    if isinstance(one, Claim):
        return "deposit"
    if isinstance(one, CashReport):
        return "hand_over" if one.kind is CashKind.HAND_OVER else "slip"
    return "payout"
