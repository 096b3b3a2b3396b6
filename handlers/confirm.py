"""Did it arrive: the holder, or a witness for the holder's own money, says yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.domain.changes import ClaimReceived, ClaimRefused, DepositClaimed
from bot.domain.claims import NUDGE_AFTER, TELL_MENTOR_AFTER, Claim, ClaimState
from bot.talk import Silence, Turn, ask, dialogue, money, yes_or_no
from bot.talk.answers import Answer, Got, Later, Reading
from bot.talk.understand import calls_off
from handlers.meaning import (
    DIFFERS,
    is_done,
    is_later,
    names_another,
    one_or_digits,
    sum_instead,
    sum_said,
)

ARRIVED, NOT_YET = "arrived", "not_yet"


@dialogue(
    follows=DepositClaimed,
    to=lambda change, _: [change.confirmer],
    lasts=timedelta(days=30),
    kind="question",
)
async def confirm(turn: Turn) -> ClaimReceived | ClaimRefused | None:
    """Asked as soon as a member claims a deposit."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    facts: dict[str, Any] = {"member": claim.member, "amount": claim.amount, "day": claim.day}
    if claim.state is not ClaimState.WAITING:
        turn.say(f"already_{claim.state}", **facts)
        return None
    group = turn.books.group(claim.group)
    question = "received" if claim.day == turn.today else "received_that_day"
    nudge, left_alone = "nudge", "left_alone"
    if claim.member.number == group.holder:
        question, nudge, left_alone = "witnessed", "nudge_witness", "left_alone_by_witness"
    others = [
        one for one in turn.books.claims_to_confirm(turn.me) if one != claim and one.counted is None
    ]
    mentors = turn.books.mentors(claim.group)
    said = await ask(
        question,
        _about(turn, claim, others),
        silence=(
            Silence(NUDGE_AFTER, nudge),
            Silence(TELL_MENTOR_AFTER, left_alone, to=mentors[0]),
        ),
        who=claim.confirmer,
        **facts,
    )
    if said not in (ARRIVED, NOT_YET):
        instead = await ask("how_much", money(), already=said, **facts)
        if instead != claim.amount:
            turn.say("differs", instead=instead, **facts)
            _remind(turn, others)
            return ClaimRefused(claim, turn.me, instead)
    elif said == NOT_YET:
        turn.say("not_arrived", **facts)
        _remind(turn, others)
        return ClaimRefused(claim, turn.me)
    turn.say("thanks", **facts)
    _remind(turn, others)
    return ClaimReceived(claim, turn.me)


def _about(turn: Turn, claim: Claim, others: Sequence[Claim]) -> Answer[str]:
    """Yes, no, or that it was another amount, in digits where only this claim waits and she said
    which; words about another's money, or the amount of another claim, are neither.
    """
    plain = yes_or_no(ARRIVED, NOT_YET)
    hers = (claim.member.person, claim.confirmer)

    def read(words: str) -> Reading[str]:
        if calls_off(words):  # of money that may be in her hand
            return Later()
        people = [one.person for one in turn.books.members(claim.group)]
        said, named = plain.read(words), set(sum_said(words, claim.amount).candidates)
        if said == Got(value=True) and (names_another(words, hers, people) or not is_done(words)):
            return Later() if is_later(words) else None
        if claim.amount.rupiah not in named and named & {one.amount.rupiah for one in others}:
            return None
        instead = sum_instead(words, claim.amount)
        if instead is not None:
            return Got(DIFFERS if others else instead)
        return Got(plain.keep(said.value)) if isinstance(said, Got) else None

    return one_or_digits((ARRIVED, NOT_YET, DIFFERS), read, sums=False)


def _remind(turn: Turn, others: Sequence[Claim]) -> None:
    """What else waits for her word."""
    if others:
        turn.say("waits", rows=[{"member": one.member, "amount": one.amount} for one in others])
