"""Saying goodbye: no more messages, and her savings stay hers."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from bot.domain.books import Books
from bot.domain.changes import MemberLeft
from bot.domain.money import Money
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, yes_or_no
from handlers.who import membership

#: Taking her consent back is leaving: without it nothing more of hers may be kept or sent.
_SAYS = ("berhenti", "stop", "tarik persetujuan", "cabut persetujuan", "cabut izin")


@dialogue(wishes=("berhenti",), says=_SAYS)
async def leave(turn: Turn) -> MemberLeft | None:
    """Asked twice, never argued with."""
    me = await membership(turn)
    if me is None:
        return None
    group, mentor = turn.books.group(me.group), turn.books.mentors(me.group)[0]
    if group.holder == me.number:
        turn.say("you_hold_it", mentor=mentor)
        return None
    saved = turn.books.saved(me)
    question = "sure_with_savings" if saved else "sure"
    facts: dict[str, Any] = {"saved": saved, "mentor": mentor, "group": group}
    waiting = turn.books.waiting_claims(me)
    if waiting:
        question, facts["waits"] = (
            "sure_with_claim",
            Money(sum(one.amount.rupiah for one in waiting)),
        )
    if not await ask(question, yes_or_no("stop", "stay"), **facts):
        turn.say("stays")
        return None
    turn.say("goodbye", group=group)
    return MemberLeft(me, group)


def _concerned(change: MemberLeft, books: Books) -> Iterable[Person]:
    holder = change.group.holder
    keeps = [] if holder is None else [books.member(change.group.id, holder).person]
    return {one.id: one for one in [*books.mentors(change.group.id), *keeps]}.values()


@dialogue(follows=MemberLeft, to=_concerned)
async def someone_left(turn: Turn) -> None:
    """To the mentors and the holder."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    group = turn.books.group(member.group)
    saved = turn.books.saved(member)
    turn.say("left" if saved else "left_nothing", member=member, group=group, saved=saved)
