"""Taking back what nobody has settled yet: a deposit, money asked for, a report about the cash."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from typing import Any

from bot.domain.cash import CashReport, Dropped
from bot.domain.changes import ClaimReplaced, ClaimWithdrawn
from bot.domain.claims import Claim
from bot.domain.ledger_changes import CashDropped
from bot.domain.money import LARGEST, SMALLEST, Money
from bot.domain.payout_changes import PayoutTakenBack
from bot.domain.payouts import Payout, PayoutKind, PayoutState
from bot.domain.people import Member, Person
from bot.talk import Turn, among, ask, dialogue
from bot.talk.answers import Answer, Doubt, Got, Reading
from bot.talk.understand import put_right, read_amount, read_yes_no
from handlers.meaning import yes_or_sum
from handlers.refused import tell_differing
from handlers.who import membership, whose

#: As a yes; with more words around it, it may be a question or something else.
_BATAL, _FEW = re.compile(r"\b(?:di)?batal(?:kan|in)?\b", re.IGNORECASE), 2

_OFF, _KEEP, _REPLACE = "take_back", "keep", "replace_it"

_STILL_HERS = (PayoutState.ASKED, PayoutState.AGREED)

_Hers = Claim | Payout | CashReport


@dialogue(wishes=("batal",), says=("batal",))
async def take_back(
    turn: Turn,
) -> ClaimWithdrawn | ClaimReplaced | PayoutTakenBack | CashDropped | None:
    """A member has changed her mind, or mistyped; where she says what it should be, that takes its place."""
    if not turn.books.memberships(turn.me) and turn.books.is_mentor(turn.me):
        turn.say("nothing_open")
        return None
    me = await membership(turn)
    if me is None:
        return None
    claims = turn.books.waiting_claims(me)
    # Of what was counted otherwise, some is in the holder's hand: two settle that.
    tell_differing(turn, claims)
    hers = [one for one in claims if one.counted is None]
    instead = _instead(turn.opening, hers)
    if hers and instead is not None:
        it = hers[0] if len(hers) == 1 else await ask("which_wrong", _one_of(turn, hers))
        return await _replaced(turn, it, instead) if isinstance(it, Claim) else None
    waiting = [*hers, *_besides(turn, me)]
    if not waiting:
        turn.say("settled_by_two" if claims else "nothing_waits")
        return None
    it = waiting[0]
    if len(waiting) > 1:
        it = await ask("which", _one_of(turn, waiting))
    what = _what(it)
    facts: dict[str, Any] = {"amount": it.amount, "who": _asked(it), "member": it.member}
    own = it.member.person.id == turn.me.id
    # The yes is about this one alone: another may be the only one left when she gives it.
    said = await ask(whose(f"sure_{what}", own=own), _off(it), about=it.number, **facts)
    if said == _KEEP:
        turn.say(f"kept_{what}", **facts)
        return None
    if said != _OFF and isinstance(it, Claim):
        return await _replaced(turn, it, Money(int(said)))
    turn.say(whose(f"off_{what}", own=own), **facts)
    if isinstance(it, Claim):
        return ClaimWithdrawn(it)
    if isinstance(it, CashReport):
        return CashDropped(it, Dropped.TAKEN_BACK, turn.me)
    return PayoutTakenBack(it)


def _besides(turn: Turn, me: Member) -> list[_Hers]:
    """What else is hers, and settled by nobody yet: money she asked for, what she counted."""
    keeps = turn.books.group(me.group).holder == me.number  # who speaks for one without a phone
    payouts = [
        one
        for one in turn.books.payouts_waiting(me.group)
        if (one.member.number == me.number or (keeps and not one.member.person.reachable))
        and one.kind is PayoutKind.WITHDRAWAL
        and one.state in _STILL_HERS
    ]
    cash = [one for one in turn.books.cash_waiting(me.group) if one.member.number == me.number]
    return [*payouts, *cash]


def _instead(words: str, claims: Sequence[Claim]) -> Money | None:
    """The amount she says it should have been, besides those she told of before."""
    known = {one.amount.rupiah for one in claims}
    fits = (
        one
        for one in put_right(words).candidates
        if one not in known and SMALLEST <= one <= LARGEST
    )
    return next((Money(one) for one in fits), None)


async def _replaced(turn: Turn, it: Claim, instead: Money) -> ClaimReplaced | None:
    facts: dict[str, Any] = {"amount": it.amount, "who": it.confirmer}
    for time in count():
        # As for taking it back, the yes is about this claim alone.
        about = f"{it.number}.{time}" if time else it.number
        answer = yes_or_sum(instead, _REPLACE, _KEEP)
        said = await ask("replace", answer, about=about, instead=instead, **facts)
        if said == _REPLACE:
            turn.say("replaced", instead=instead, **facts)
            return ClaimReplaced(it, instead)
        if said == _KEEP or said == str(it.amount.rupiah):
            turn.say("kept_claim", **facts)
            return None
        instead = Money(int(said))
    return None


def _what(it: _Hers) -> str:
    if isinstance(it, Claim):
        return "claim"
    return "report" if isinstance(it, CashReport) else "payout"


def _asked(it: _Hers) -> Person | None:
    """Who is waited for; of money she asked for, several."""
    if isinstance(it, Claim):
        return it.confirmer
    return it.checker if isinstance(it, CashReport) else None


def _off(it: _Hers) -> Answer[str]:
    """Whether it is off; the word that led here says so too: "batal", "iya batalkan".

    A deposit may be another amount instead, in digits; its own amount alone says nothing.
    """
    plain = yes_or_sum(it.amount, _OFF, _KEEP)

    def read(words: str) -> Reading[str]:
        rest = _BATAL.sub(" ", words).split()
        if _BATAL.search(words) and len(rest) <= _FEW:
            return Got(_KEEP if read_yes_no(" ".join(rest)) is False else _OFF)
        said = plain.read(words)
        if said == Got(_OFF) and not read_yes_no(words):
            return None
        known = said in (Got(_OFF), Got(_KEEP))
        return said if known or isinstance(it, Claim) else None

    return replace(plain, read=read)


def _named(turn: Turn, it: _Hers) -> str:
    day = it.day if isinstance(it, Claim) else None
    own = it.member.person.id == turn.me.id
    return turn.wording(whose(_what(it), own=own), amount=it.amount, day=day, member=it.member)


def _one_of(turn: Turn, waiting: Sequence[_Hers]) -> Answer[_Hers]:
    """One of what waits, by its button or by its amount ("yang 5rb")."""
    by_name = among(
        waiting, lambda one: _named(turn, one), lambda one: f"{_what(one)[0]}{one.number}"
    )

    def read(words: str) -> Reading[_Hers]:
        amounts = read_amount(words).candidates
        fits = tuple(one for one in waiting if one.amount.rupiah in amounts)
        if len(fits) == 1:
            return Got(fits[0])
        return Doubt(fits) if fits else by_name.read(words)

    return replace(by_name, read=read)
