"""Taking back what nobody has settled yet: a deposit that waits, or money asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from bot.domain.changes import ClaimWithdrawn
from bot.domain.claims import Claim
from bot.domain.ledger_changes import PayoutTakenBack
from bot.domain.payouts import Payout, PayoutKind, PayoutState
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Doubt, Got, Reading
from bot.talk.understand import read_amount, read_yes_no
from handlers.refused import tell_differing
from handlers.who import membership, whose

#: As a yes; with more words around it, it may be a question or something else.
_BATAL, _FEW = re.compile(r"\b(?:di)?batal(?:kan|in)?\b", re.IGNORECASE), 2

_STILL_HERS = (PayoutState.ASKED, PayoutState.AGREED)


@dialogue(wishes=("batal",), says=("batal",))
async def take_back(turn: Turn) -> ClaimWithdrawn | PayoutTakenBack | None:
    """A member has changed her mind, or mistyped."""
    if not turn.books.memberships(turn.me) and turn.books.is_mentor(turn.me):
        turn.say("nothing_open")
        return None
    me = await membership(turn)
    if me is None:
        return None
    keeps = turn.books.group(me.group).holder == me.number  # who speaks for one without a phone
    payouts = [
        one
        for one in turn.books.payouts_waiting(me.group)
        if (one.member.number == me.number or (keeps and not one.member.person.reachable))
        and one.kind is PayoutKind.WITHDRAWAL
        and one.state in _STILL_HERS
    ]
    claims = turn.books.waiting_claims(me)
    # Of what was counted otherwise, some is in the holder's hand: two settle that.
    tell_differing(turn, claims)
    waiting: list[Claim | Payout] = [*(one for one in claims if one.counted is None), *payouts]
    if not waiting:
        turn.say("settled_by_two" if claims else "nothing_waits")
        return None
    it = waiting[0]
    if len(waiting) > 1:
        it = await ask("which", _one_of(turn, waiting))
    if isinstance(it, Payout):
        return await _payout(turn, it)
    facts: dict[str, Any] = {"amount": it.amount, "who": it.confirmer}
    # The yes is about this claim alone: another may be the only one left when she gives it.
    if not await ask("sure", _off(), about=it.number, **facts):
        turn.say("kept", **facts)
        return None
    turn.say("taken_back", **facts)
    return ClaimWithdrawn(it)


async def _payout(turn: Turn, it: Payout) -> PayoutTakenBack | None:
    facts: dict[str, Any] = {"amount": it.amount, "member": it.member}
    own = it.member.person.id == turn.me.id
    if not await ask(whose("sure_payout", own=own), _off(), about=it.number, **facts):
        turn.say("payout_kept", **facts)
        return None
    turn.say(whose("payout_taken_back", own=own), **facts)
    return PayoutTakenBack(it)


def _off() -> Answer[bool]:
    """Whether it is off; the word that led here says so too: "batal", "iya batalkan"."""
    plain = yes_or_no("take_back", "keep")

    def read(words: str) -> Reading[bool]:
        rest = _BATAL.sub(" ", words).split()
        if _BATAL.search(words) and len(rest) <= _FEW:
            return Got(read_yes_no(" ".join(rest)) is not False)
        return plain.read(words)

    return replace(plain, read=read)


def _key(it: Claim | Payout) -> str:
    return f"{'p' if isinstance(it, Payout) else 'c'}{it.number}"


def _named(turn: Turn, it: Claim | Payout) -> str:
    if isinstance(it, Payout):
        own = it.member.person.id == turn.me.id
        return turn.wording(whose("payout", own=own), amount=it.amount, member=it.member)
    return turn.wording("claim", amount=it.amount, day=it.day)


def _one_of(turn: Turn, waiting: Sequence[Claim | Payout]) -> Answer[Claim | Payout]:
    """One of what waits, by its button or by its amount ("yang 5rb")."""
    by_name = among(waiting, lambda one: _named(turn, one), _key)

    def read(words: str) -> Reading[Claim | Payout]:
        amounts = read_amount(words).candidates
        fits = tuple(one for one in waiting if one.amount.rupiah in amounts)
        if len(fits) == 1:
            return Got(fits[0])
        return Doubt(fits) if fits else by_name.read(words)

    return replace(by_name, read=read)
