"""Money goes from the holder's hand into the member's, and she says that it is there."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.payout_changes import (
    PayoutAgreed,
    PayoutNotArrived,
    PayoutPaid,
    PayoutPartly,
    PayoutReceived,
    PayoutShort,
    PayoutToldOf,
)
from bot.domain.payouts import (
    NUDGE_AFTER,
    TELL_MENTOR_AFTER,
    Payout,
    PayoutKind,
    PayoutState,
)
from bot.domain.people import Person
from bot.talk import Instead, Turn, among, ask, dialogue, money, yes_or_no
from bot.talk.understand import read_amount
from handlers.handing import (
    LATER,
    how_much_of_it,
    on_its_way,
    receiver_if_agreed,
    receiver_if_ready,
    says_she_gave,
    short_of,
)
from handlers.who import holder_of, holder_person, keepers, membership, silence
from handlers.withdraw import told

LASTS = timedelta(days=30)

#: What the answer of the receiver may lead to.
InHand = PayoutReceived | PayoutNotArrived | PayoutPartly | PayoutShort | None

#: How the holder is asked at first.
_FIRST = "please_hand_out"


def to_holder(
    change: PayoutAgreed | PayoutNotArrived | PayoutToldOf | PayoutPartly, books: Books
) -> Iterable[Person]:
    """Whoever has the celengan just now."""
    holder = books.group(change.payout.group).holder
    return [] if holder is None else [books.member(change.payout.group, holder).person]


@dialogue(follows=PayoutAgreed, to=to_holder, lasts=LASTS, kind="question")
async def hand_out(turn: Turn) -> PayoutPaid | PayoutPartly | None:
    """To the holder, once two have said yes."""
    return await _hand_out(turn, the_payout(turn), _FIRST)


def _holder_but(change: PayoutNotArrived, books: Books) -> Iterable[Person]:
    return [one for one in to_holder(change, books) if one.id != change.by.id]


@dialogue(follows=PayoutNotArrived, to=_holder_but, lasts=LASTS, kind="question")
async def hand_out_again(turn: Turn) -> PayoutPaid | PayoutPartly | None:
    """To the holder, when the money has not arrived."""
    return await _hand_out(turn, the_payout(turn), "not_arrived")


@dialogue(follows=PayoutToldOf, to=to_holder, lasts=LASTS, kind="question")
async def hand_out_told(turn: Turn) -> PayoutPaid | PayoutPartly | None:
    """To the holder, when the member was faster than she in saying that it is there."""
    return await _hand_out(turn, the_payout(turn), "she_says_it_is_there")


@dialogue(says=("bayar",), keepers=True)
async def pay(turn: Turn) -> PayoutPaid | PayoutPartly | PayoutNotArrived | Instead | None:
    """The holder goes on with whom she has before her, or who has not answered yet."""
    me = await membership(turn)
    if me is None:
        return None
    if turn.books.group(me.group).holder != me.number:
        if read_amount(turn.opening).candidates:  # a member pays into the celengan
            return Instead("setor", turn.opening, {"offered": True})
        turn.say("only_the_holder")
        return None
    waiting = on_its_way(turn, me.group)
    if not waiting:
        turn.say("nobody_waits")
        return None
    payout = waiting[0]
    if len(waiting) > 1:
        named = among(waiting, lambda one: one.member.called, lambda one: one.number)
        payout = await ask("whom", named, already=turn.opening)
    if payout.state is PayoutState.PAID:
        return await _ask_once_more(turn, payout)
    already = turn.opening if says_she_gave(turn.opening) else ""
    return await _hand_out(turn, payout, _FIRST, already)


async def _ask_once_more(turn: Turn, payout: Payout) -> PayoutPaid | PayoutNotArrived | None:
    """She has said that it is handed out: whoever should answer is asked again, or it was not."""
    receiver = receiver_if_ready(turn, payout, turn.today)
    if receiver is None:
        return None
    facts = {"receiver": receiver, **told(payout)}
    if not await ask("ask_again", yes_or_no("ask_her", "not_handed"), about=payout.number, **facts):
        turn.say("not_handed_yet", offers=("bayar",), **facts)
        return PayoutNotArrived(payout, turn.me)
    turn.say("receiver_is_asked", **facts)
    return PayoutPaid(payout, turn.me, receiver)


async def _hand_out(
    turn: Turn, payout: Payout, question: str, already: str = ""
) -> PayoutPaid | PayoutPartly | None:
    facts, receiver = told(payout), receiver_if_agreed(turn, payout)
    if receiver is None:
        return None
    group = turn.books.group(payout.group)
    holder = holder_of(turn, group)
    if holder is not None and holder.number == payout.member.number:
        question = "take_yours"
    elif question == _FIRST and receiver.id != payout.member.person.id:
        question = "hand_out_before"
    said = await ask(
        question,
        how_much_of_it(turn, payout, [receiver], "handed", LATER),
        already=already,
        receiver=receiver,
        **facts,
    )
    if said == LATER:
        turn.say("when_ready", offers=("bayar",), **facts)
        return None
    if said != "handed":
        given = await ask("how_much", money(), already=said, **facts)
        if given < payout.amount:
            turn.say("partly", given=given, **facts)
            return PayoutPartly(payout, turn.me, given)
        if given > payout.amount:
            turn.say("too_much", given=given, offers=("bayar",), **facts)
            return None
    turn.say("receiver_is_asked", receiver=receiver, **facts)
    left = [one for one in turn.books.payouts_waiting(group.id) if one.state is PayoutState.AGREED]
    if payout.kind is PayoutKind.SHARE_OUT and len(left) > 1:
        turn.say("next", offers=("bayar",), count=len(left) - 1)
    return PayoutPaid(payout, turn.me, receiver)


@dialogue(follows=PayoutPaid, to=lambda change, _: [change.receiver], lasts=LASTS, kind="question")
async def in_hand(turn: Turn) -> InHand:
    """To the member, or to whoever speaks for her."""
    return await is_it_in_hand(turn, the_payout(turn))


async def is_it_in_hand(turn: Turn, payout: Payout, already: str = "") -> InHand:
    """Whether it arrived, in full: only then it is booked."""
    facts = told(payout)
    if payout.state is not PayoutState.PAID:
        turn.say(f"already_{payout.state}", **facts)
        return None
    holder = holder_person(turn, turn.books.group(payout.group))
    if holder is None or holder.id == turn.me.id:  # the celengan came to her meanwhile
        turn.say("somebody_else", offers=("bayar",), **facts)
        return None
    facts["holder"] = holder
    said = await ask(
        "is_it_here" if payout.member.person.id == turn.me.id else "is_it_there",
        how_much_of_it(turn, payout, [holder], "here", "not_here"),
        already=already,
        silence=silence(turn, turn.books.mentors(payout.group)[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if said == "not_here":
        turn.say("holder_is_asked", **facts)
        return PayoutNotArrived(payout, turn.me)
    if said != "here":
        given = await ask("how_much", money(), already=said, **facts)
        if given != payout.amount:
            turn.say("partly" if given < payout.amount else "too_much", given=given, **facts)
            return PayoutPartly(payout, turn.me, given) if given < payout.amount else None
    if turn.books.in_box(turn.books.group(payout.group)) < payout.amount:
        turn.say("box_is_short", **facts)
        return PayoutShort(payout, turn.me)
    turn.say("thanks", **facts)
    return PayoutReceived(payout, turn.me)


@dialogue(
    follows=PayoutShort, to=lambda change, books: keepers(change.payout.group, books, but=change.by)
)
async def box_was_short(turn: Turn) -> None:
    """To the holder and the mentors: it is in her hand, and cannot be booked before the box is right."""
    payout = the_payout(turn)
    group = turn.books.group(payout.group)
    holder, box = holder_person(turn, group), turn.books.in_box(group)
    facts = {"box": box, "missing": payout.amount - box, "holder": holder, **told(payout)}
    hers = holder is not None and holder.id == turn.me.id
    turn.say("yours" if hers else "hers", offers=short_of(turn, group) if hers else (), **facts)


def the_payout(turn: Turn) -> Payout:
    """What a conversation was begun about."""
    return turn.books.payout(turn.facts["group"], turn.facts["payout"])
