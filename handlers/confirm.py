"""Did it arrive: the holder, or a witness for the holder's own money, says yes or no."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.changes import ClaimReceived, ClaimRefused, DepositClaimed
from bot.domain.claims import NUDGE_AFTER, TELL_MENTOR_AFTER, ClaimState
from bot.talk import Silence, Turn, ask, dialogue, yes_or_no


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
    if claim.member.number == group.holder:
        question = "witnessed"
    mentors = turn.books.mentors(claim.group)
    arrived = await ask(
        question,
        yes_or_no("arrived", "not_yet"),
        silence=(
            Silence(NUDGE_AFTER, "nudge"),
            Silence(TELL_MENTOR_AFTER, "left_alone", to=mentors[0]),
        ),
        who=claim.confirmer,
        **facts,
    )
    if not arrived:
        turn.say("not_arrived", **facts)
        return ClaimRefused(claim, turn.me)
    turn.say("thanks", **facts)
    return ClaimReceived(claim, turn.me)
