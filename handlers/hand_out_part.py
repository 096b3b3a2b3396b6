"""Only some of it was handed out: the rest follows, or both leave it at that."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from bot.domain.books import Books
from bot.domain.money import Money
from bot.domain.payout_changes import (
    PayoutLessAsked,
    PayoutLessened,
    PayoutNotArrived,
    PayoutPaid,
    PayoutPartly,
    PayoutShort,
)
from bot.domain.payouts import NUDGE_AFTER, TELL_MENTOR_AFTER, Payout, PayoutKind, PayoutState
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, one_of
from bot.talk.answers import Answer, Got, Reading
from handlers.hand_out import LASTS, the_payout, to_holder
from handlers.handing import LATER, how_much_of_it, receiver_if_agreed
from handlers.meaning import is_by_now, yes_about, yes_to
from handlers.who import holder_person, silence
from handlers.withdraw import told

#: The holder's answer that no more of it is to be handed out.
_ENOUGH = "enough"


@dialogue(follows=PayoutPartly, to=to_holder, lasts=LASTS, kind="question")
async def rest_of_it(turn: Turn) -> PayoutPaid | PayoutLessAsked | None:
    """To the holder: hand out the rest, or leave it at that where the rest may stay savings."""
    payout, given = the_payout(turn), Money(turn.facts["given"])
    facts = {**told(payout), "given": given, "rest": payout.amount - given}
    receiver = receiver_if_agreed(turn, payout)
    if receiver is None:
        return None
    may_stay = payout.kind is PayoutKind.WITHDRAWAL
    answer = _all_or_enough(turn, payout, receiver) if may_stay else _all(turn, payout, receiver)
    said = await ask("rest_or_enough" if may_stay else "rest", answer, receiver=receiver, **facts)
    if said == _ENOUGH:
        turn.say("enough_asked", receiver=receiver, **facts)
        return PayoutLessAsked(payout, turn.me, given, receiver)
    if said != "handed":
        turn.say("when_ready", offers=("bayar",), **facts)
        return None
    turn.say("receiver_is_asked", receiver=receiver, **facts)
    return PayoutPaid(payout, turn.me, receiver)


def _all(turn: Turn, payout: Payout, receiver: Person) -> Answer[str]:
    """All of it now, or later."""
    asked = how_much_of_it(turn, payout, [receiver], "handed", LATER)
    return replace(asked, choices=asked.choices[:2])


def _all_or_enough(turn: Turn, payout: Payout, receiver: Person) -> Answer[str]:
    """All of it now, later, or no more of it."""
    plain, known = _all(turn, payout, receiver), one_of({"handed": (), _ENOUGH: (), LATER: ()})

    def read(words: str) -> Reading[str]:
        return Got(_ENOUGH) if "cukup" in words.lower().split() else plain.read(words)

    return replace(plain, read=read, recall=known.recall, choices=known.choices)


def _but_by(change: PayoutPartly, books: Books) -> Iterable[Person]:
    """The mentors and the member; not the holder, who is asked."""
    told_already = {change.by.id, *(one.id for one in to_holder(change, books))}
    found = [change.payout.member.person, *books.mentors(change.payout.group)]
    return {one.id: one for one in found if one.id not in told_already}.values()


@dialogue(follows=PayoutPartly, to=_but_by)
async def partly_told(turn: Turn) -> None:
    """To the member and the mentors: how much, and that the rest is still hers."""
    payout, given = the_payout(turn), Money(turn.facts["given"])
    she, by = payout.member.person, turn.books.person(turn.facts["by"])
    key = "yours" if she.id == turn.me.id else "hers_by_her" if she.id == by.id else "hers"
    turn.say(key, by=by, given=given, rest=payout.amount - given, **told(payout))


@dialogue(
    follows=PayoutLessAsked, to=lambda change, _: [change.receiver], lasts=LASTS, kind="question"
)
async def agree_to_less(turn: Turn) -> PayoutLessened | PayoutNotArrived | PayoutShort | None:
    """To the member, or to whoever speaks for her: whether it may stay at that."""
    payout, given = the_payout(turn), Money(turn.facts["given"])
    facts = {**told(payout), "given": given, "rest": payout.amount - given}
    if payout.state is not PayoutState.AGREED:
        turn.say(f"already_{payout.state}", **facts)
        return None
    group = turn.books.group(payout.group)
    holder = holder_person(turn, group)
    if holder is None or holder.id == turn.me.id:
        turn.say("somebody_else", offers=("bayar",), **facts)
        return None
    mentor = turn.books.mentors(payout.group)[0]
    agreed = await ask(
        "enough_for_you" if payout.member.person.id == turn.me.id else "enough_for_her",
        yes_about(
            turn,
            payout.group,
            [payout.member.person, holder],
            yes_to(given, "agree", "refuse", fits=is_by_now),
        ),
        silence=silence(turn, mentor, NUDGE_AFTER, TELL_MENTOR_AFTER),
        holder=holder,
        who=turn.me,
        **facts,
    )
    if not agreed:
        turn.say("holder_is_asked", holder=holder, **facts)
        return PayoutNotArrived(payout, turn.me)
    if turn.books.in_box(group) < given:
        turn.say("box_is_short", holder=holder, **facts)
        return PayoutShort(payout, turn.me)
    turn.say("thanks", **facts)
    return PayoutLessened(payout, turn.me, given)


@dialogue(follows=PayoutLessened, to=lambda change, books: books.mentors(change.payout.group))
async def less_settled(turn: Turn) -> None:
    """To the mentors: what both left it at."""
    payout = the_payout(turn)
    rest = Money(turn.facts["was"]) - payout.amount
    turn.say("settled", rest=rest, **told(payout))
