"""Did it arrive: the holder, or a witness for the holder's own money, says yes or no."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.changes import ClaimReceived, ClaimRefused, DepositClaimed
from bot.domain.claims import NUDGE_AFTER, TELL_MENTOR_AFTER, Claim, ClaimState
from bot.talk import Silence, Turn, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import read_amount


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
    others = [one for one in turn.books.claims_to_confirm(turn.me) if one != claim]
    mentors = turn.books.mentors(claim.group)
    arrived = await ask(
        question,
        _about(claim, others),
        silence=(
            Silence(NUDGE_AFTER, nudge),
            Silence(TELL_MENTOR_AFTER, left_alone, to=mentors[0]),
        ),
        who=claim.confirmer,
        **facts,
    )
    if not arrived:
        turn.say("not_arrived", **facts)
        _remind(turn, others)
        return ClaimRefused(claim, turn.me)
    turn.say("thanks", **facts)
    _remind(turn, others)
    return ClaimReceived(claim, turn.me)


def _about(claim: Claim, others: Sequence[Claim]) -> Answer[bool]:
    """Yes or no about this claim: words that name another amount, or another's money, are neither."""
    plain = yes_or_no("arrived", "not_yet")

    def read(words: str) -> Reading[bool]:
        said = plain.read(words)
        amounts = read_amount(words).candidates
        another = bool(amounts) and claim.amount.rupiah not in amounts
        named = (_names(others) - _names([claim])) & set(words.lower().split())
        return None if said == Got(value=True) and (another or named) else said

    return replace(plain, read=read)


def _names(claims: Sequence[Claim]) -> set[str]:
    return {name for one in claims for name in one.member.person.name.lower().split()}


def _remind(turn: Turn, others: Sequence[Claim]) -> None:
    """What else waits for her word."""
    if others:
        turn.say("waits", rows=[{"member": one.member, "amount": one.amount} for one in others])
