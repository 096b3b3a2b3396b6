"""Taking back what nobody has settled yet: a deposit that waits, or money asked for."""

from __future__ import annotations

from typing import Any

from bot.domain.changes import ClaimWithdrawn
from bot.domain.claims import Claim
from bot.domain.ledger_changes import PayoutTakenBack
from bot.domain.payouts import Payout, PayoutKind, PayoutState
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from handlers.who import membership

_STILL_HERS = (PayoutState.ASKED, PayoutState.AGREED)


@dialogue(wishes=("batal",), says=("batal",))
async def take_back(turn: Turn) -> ClaimWithdrawn | PayoutTakenBack | None:
    """A member has changed her mind, or mistyped."""
    me = await membership(turn)
    if me is None:
        return None
    payouts = [
        one
        for one in turn.books.payouts_waiting(me.group)
        if one.member.number == me.number
        and one.kind is PayoutKind.WITHDRAWAL
        and one.state in _STILL_HERS
    ]
    waiting: list[Claim | Payout] = [*turn.books.waiting_claims(me), *payouts]
    if not waiting:
        turn.say("nothing_waits")
        return None
    it = waiting[0]
    if len(waiting) > 1:
        it = await ask("which", among(waiting, lambda one: _named(turn, one), _key))
    if isinstance(it, Payout):
        return await _payout(turn, it)
    facts: dict[str, Any] = {"amount": it.amount, "who": it.confirmer}
    if not await ask("sure", yes_or_no("take_back", "keep"), **facts):
        turn.say("kept", **facts)
        return None
    turn.say("taken_back", **facts)
    return ClaimWithdrawn(it)


async def _payout(turn: Turn, it: Payout) -> PayoutTakenBack | None:
    if not await ask("sure_payout", yes_or_no("take_back", "keep"), amount=it.amount):
        turn.say("payout_kept", amount=it.amount)
        return None
    turn.say("payout_taken_back", amount=it.amount)
    return PayoutTakenBack(it)


def _key(it: Claim | Payout) -> str:
    return f"{'p' if isinstance(it, Payout) else 'c'}{it.number}"


def _named(turn: Turn, it: Claim | Payout) -> str:
    if isinstance(it, Payout):
        return turn.wording("payout", amount=it.amount)
    return turn.wording("claim", amount=it.amount, day=it.day)
