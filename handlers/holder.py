"""Who keeps the celengan: a mentor asks, the member accepts or not, everybody hears it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.cash import CashKind
from bot.domain.changes import HolderAccepted, HolderAsked, HolderDeclined
from bot.domain.ledger_changes import CashReported
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, member_of, yes_or_no
from handlers.box import at_bank, counted, tell_unanswered
from handlers.who import everybody, holder_of, led_group


@dialogue(says=("pemegang",), keepers=True)
async def name_holder(turn: Turn) -> HolderAsked | None:
    """A mentor names a member."""
    group = await led_group(turn)
    if group is None:
        return None
    members = turn.books.members(group.id)
    if not members:
        turn.say("no_members", group=group)
        return None
    chosen = await ask("who", member_of(members), already=turn.opening, group=group)
    if chosen.number == group.holder:
        turn.say("already", member=chosen)
        return None
    if not chosen.person.reachable:
        turn.say("no_phone", member=chosen)
        return None
    if tell_unanswered(turn, group, CashKind.HAND_OVER):
        turn.say("then_choose")
        return None
    turn.say("asked", member=chosen)
    return HolderAsked(group, chosen, turn.me)


@dialogue(
    follows=HolderAsked,
    to=lambda change, _: [change.member.person],
    lasts=timedelta(days=7),
    kind="question",
)
async def keep_celengan(turn: Turn) -> HolderAccepted | HolderDeclined | CashReported | None:
    """What it means, and her yes or no; a box with money in it is counted by both."""
    group = turn.books.group(turn.facts["group"])
    me = turn.books.member(group.id, turn.facts["member"])
    if group.holder == me.number:
        turn.say("you_hold_it")
        return None
    before, box = holder_of(turn, group), turn.books.in_box(group)
    if tell_unanswered(turn, group, CashKind.HAND_OVER):
        # Confirmed later, it would stand in the new box while the old holder has the cash.
        turn.say("then_asked")
        return None
    handed = before is not None and bool(box)
    bank = at_bank(turn, group)
    facts: dict[str, Any] = {"group": group, "box": box, "before": before or me}
    question = "will_you_take_over" if handed else "will_you"
    if handed and bank:
        question, facts["bank"] = "will_you_take_over_both", bank
    # Her yes is to the amount she saw: should the box change meanwhile, she is asked anew.
    if not await ask(question, yes_or_no("willing", "rather_not"), about=box.rupiah, **facts):
        turn.say("understood")
        return HolderDeclined(group, me)
    if before is None or not handed:
        turn.say("entrusted", group=group)
        return HolderAccepted(group, me)
    amount = await counted(turn, "counted", (box,), **facts)
    mentor = turn.books.mentors(group.id)[0]
    gives = before.person if before.person.reachable else mentor
    turn.say("giver_is_asked", who=gives, amount=amount)
    return CashReported(CashKind.HAND_OVER, group, me, amount, gives)


def _holder_before(change: HolderAsked, books: Books) -> Iterable[Person]:
    group = books.group(change.group.id)
    if group.holder is None or not books.in_box(group):
        return []
    return [books.member(group.id, group.holder).person]


@dialogue(follows=HolderAsked, to=_holder_before)
async def box_to_pass_on(turn: Turn) -> None:
    """To who holds it now, so that she knows who writes the amount, and that she is asked then."""
    turn.say("pass_on", member=turn.books.member(turn.facts["group"], turn.facts["member"]))


@dialogue(
    follows=HolderAccepted,
    to=lambda change, books: everybody(change.group.id, books, but=change.member.person),
)
async def holder_is(turn: Turn) -> None:
    """To the mentors and every other member."""
    group = turn.books.group(turn.facts["group"])
    turn.say("holder_is", group=group, member=turn.books.member(group.id, turn.facts["member"]))


@dialogue(follows=HolderDeclined, to=lambda change, books: books.mentors(change.group.id))
async def holder_declined(turn: Turn) -> None:
    """To the mentors."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    turn.say("declined", member=member, offers=("pemegang",))
