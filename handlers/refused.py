"""The holder says it did not arrive, or not so much: the member hears it kindly, with a way on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.changes import AmountInsisted, ClaimRefused, DepositClaimed
from bot.domain.claims import NUDGE_AFTER, TELL_MENTOR_AFTER, Claim, ClaimState
from bot.domain.money import Money
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import read_amount
from handlers.who import leads, silence


@dialogue(
    follows=ClaimRefused,
    to=lambda change, _: [change.claim.member.person],
    lasts=timedelta(days=30),
    kind="receipt",
)
async def refused(turn: Turn) -> DepositClaimed | AmountInsisted | None:
    """To the member whose claim was refused; where another amount arrived, whether that is right."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    facts = _told(claim)
    if not turn.facts.get("instead"):
        witnessed = claim.member.number == turn.books.group(claim.group).holder
        key = "not_seen" if witnessed else "refused"
        turn.say(key, offers=("setor", "pendamping"), **facts)
        return None
    if claim.state is not ClaimState.WAITING or claim.counted is None:
        turn.say(f"already_{claim.state}", **facts)
        return None
    mentor = turn.books.mentors(claim.group)[0]
    if not await ask(
        "instead",
        _so_much(claim.counted, claim.amount),
        silence=silence(turn, mentor, NUDGE_AFTER, TELL_MENTOR_AFTER),
        **facts,
    ):
        turn.say("differ", mentor=mentor, offers=("pendamping",), **facts)
        return AmountInsisted(claim)
    turn.say("once_more", **facts)
    return DepositClaimed(claim.member, claim.counted, claim.day, claim.confirmer, claim)


def _so_much(counted: Money, told: Money) -> Answer[bool]:
    """Whether what was counted is right; either amount in digits says so, too."""
    plain = yes_or_no("right", "wrong")

    def read(words: str) -> Reading[bool]:
        said, rupiah = plain.read(words), read_amount(words).rupiah
        if rupiah is None:
            return said
        named = {counted.rupiah: True, told.rupiah: False}.get(rupiah)
        if named is None or (said == Got(value=True) and not named):
            return None
        return said or Got(named)

    return replace(plain, read=read, sums=True)


def _both_sides(change: AmountInsisted, books: Books) -> Iterable[Person]:
    it = change.claim
    found = {one.id: one for one in (it.confirmer, *books.mentors(it.group))}
    return [one for one in found.values() if one.id != it.member.person.id]


@dialogue(follows=AmountInsisted, to=_both_sides)
async def amounts_differ(turn: Turn) -> None:
    """To whoever counted, who is asked once more, and to the mentors."""
    claim = turn.books.claim(turn.facts["group"], turn.facts["claim"])
    if claim.confirmer.id == turn.me.id:
        turn.say("count_again", **_told(claim))
    else:
        offers = ("perbedaan",) if leads(turn, claim.group) else ()
        turn.say("stays_open", offers=offers, **_told(claim))


def tell_differing(turn: Turn, claims: Iterable[Claim]) -> None:
    """The deposits of which less or more was counted than told."""
    rows = [_told(one) for one in claims if one.counted is not None]
    if rows:
        turn.say("differing", rows=rows)


def _told(claim: Claim) -> dict[str, Any]:
    return {
        "member": claim.member,
        "who": claim.confirmer,
        "amount": claim.amount,
        "instead": claim.counted,
        "day": claim.day,
    }
