"""Money goes from the holder's hand into the member's, and she says that it is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.ledger_changes import (
    PayoutAgreed,
    PayoutBooked,
    PayoutNotArrived,
    PayoutPaid,
    PayoutReceived,
)
from bot.domain.payouts import (
    NUDGE_AFTER,
    TELL_MENTOR_AFTER,
    Payout,
    PayoutKind,
    PayoutState,
    receiver_of,
)
from bot.domain.people import Person
from bot.talk import Turn, among, ask, dialogue
from handlers.meaning import yes_about
from handlers.who import holder_of, holder_person, membership, silence
from handlers.withdraw import told

_LASTS = timedelta(days=30)

#: How the holder is asked at first.
_FIRST = "please_hand_out"


def _holder(change: PayoutAgreed | PayoutNotArrived, books: Books) -> Iterable[Person]:
    holder = books.group(change.payout.group).holder
    return [] if holder is None else [books.member(change.payout.group, holder).person]


@dialogue(follows=PayoutAgreed, to=_holder, lasts=_LASTS, kind="question")
async def hand_out(turn: Turn) -> PayoutPaid | None:
    """To the holder, once two have said yes."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    return await _hand_out(turn, payout, _FIRST)


@dialogue(follows=PayoutNotArrived, to=_holder, lasts=_LASTS, kind="question")
async def hand_out_again(turn: Turn) -> PayoutPaid | None:
    """To the holder, when the money has not arrived."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    return await _hand_out(turn, payout, "not_arrived")


@dialogue(says=("bayar",), keepers=True)
async def pay(turn: Turn) -> PayoutPaid | None:
    """The holder goes on with whom she has before her."""
    me = await membership(turn)
    if me is None:
        return None
    if turn.books.group(me.group).holder != me.number:
        turn.say("only_the_holder")
        return None
    waiting = [
        one for one in turn.books.payouts_waiting(me.group) if one.state is PayoutState.AGREED
    ]
    if not waiting:
        turn.say("nobody_waits")
        return None
    payout = waiting[0]
    if len(waiting) > 1:
        named = among(waiting, lambda one: one.member.called, lambda one: one.number)
        payout = await ask("whom", named, already=turn.opening)
    return await _hand_out(turn, payout, _FIRST)


async def _hand_out(turn: Turn, payout: Payout, question: str) -> PayoutPaid | None:
    facts = told(payout)
    if payout.state is not PayoutState.AGREED:
        turn.say(f"already_{payout.state}", **facts)
        return None
    group, mentors = turn.books.group(payout.group), turn.books.mentors(payout.group)
    members = turn.books.members(payout.group)
    receiver = receiver_of(payout.member, group, members, mentors, turn.today)
    if receiver is None:
        turn.say("nobody_to_confirm", mentor=mentors[0])
        return None
    holder = holder_of(turn, group)
    if holder is not None and holder.number == payout.member.number:
        question = "take_yours"
    elif question == _FIRST and receiver.id != payout.member.person.id:
        question = "hand_out_before"
    handed = await ask(
        question,
        yes_about(turn, group.id, [payout.member.person, receiver], "handed", "later", done=True),
        receiver=receiver,
        **facts,
    )
    if not handed:
        turn.say("when_ready", offers=("bayar",), **facts)
        return None
    turn.say("receiver_is_asked", receiver=receiver, **facts)
    left = [one for one in turn.books.payouts_waiting(group.id) if one.state is PayoutState.AGREED]
    if payout.kind is PayoutKind.SHARE_OUT and len(left) > 1:
        turn.say("next", offers=("bayar",), count=len(left) - 1)
    return PayoutPaid(payout, turn.me, receiver)


@dialogue(follows=PayoutPaid, to=lambda change, _: [change.receiver], lasts=_LASTS, kind="question")
async def in_hand(turn: Turn) -> PayoutReceived | PayoutNotArrived | None:
    """To the member, or to whoever speaks for her."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    facts = told(payout)
    if payout.state is not PayoutState.PAID:
        turn.say(f"already_{payout.state}", **facts)
        return None
    holder = holder_person(turn, turn.books.group(payout.group))
    if holder is None or holder.id == turn.me.id:  # the celengan came to her meanwhile
        turn.say("somebody_else", offers=("bayar",), **facts)
        return None
    hers = payout.member.person.id == turn.me.id
    mentor = turn.books.mentors(payout.group)[0]
    arrived = await ask(
        "is_it_here" if hers else "is_it_there",
        yes_about(
            turn, payout.group, [payout.member.person, holder], "here", "not_here", done=True
        ),
        silence=silence(turn, mentor, NUDGE_AFTER, TELL_MENTOR_AFTER),
        holder=holder,
        who=turn.me,
        **facts,
    )
    if not arrived:
        turn.say("holder_is_asked", holder=holder, **facts)
        return PayoutNotArrived(payout, turn.me)
    turn.say("thanks", **facts)
    return PayoutReceived(payout, turn.me)


def _both(change: PayoutBooked, books: Books) -> Iterable[Person]:
    holder = books.group(change.payout.group).holder
    people = [change.payout.member.person]
    if holder is not None and holder != change.payout.member.number:
        people.append(books.member(change.payout.group, holder).person)
    return people


@dialogue(follows=PayoutBooked, to=_both, kind="receipt")
async def payout_receipt(turn: Turn) -> None:
    """To the member, and to the holder whose box it left."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    entry = turn.books.entry(payout.group, turn.facts["entry"])
    if entry is None:
        return
    whose = "yours" if payout.member.person.id == turn.me.id else "hers"
    group = turn.books.group(payout.group)
    turn.say(
        f"{whose}.{payout.kind}",
        offers=(f"bukan segitu {entry.number}",) if payout.kind is PayoutKind.WITHDRAWAL else (),
        saved=turn.books.saved(payout.member),
        box=turn.books.in_box(group),
        number=entry.number,
        code=entry.code,
        **told(payout),
    )
