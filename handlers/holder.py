"""Who keeps the celengan: a mentor asks, the member accepts or not, everybody hears it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from functools import partial
from typing import Any

from bot.domain.books import Books
from bot.domain.cash import NUDGE_AFTER, TELL_MENTOR_AFTER, CashKind
from bot.domain.changes import HolderAccepted, HolderAsked, HolderDeclined
from bot.domain.ledger_changes import CashReported
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person
from bot.talk import Silence, Turn, ask, dialogue, member_of, yes_or_no
from bot.talk.answers import Answer, Choice, Got, Later, Reading
from bot.talk.contents import contents
from bot.talk.understand import NOT, read_amount
from handlers.box import at_bank, once_counted, tell_unanswered
from handlers.unhurried import wants_time
from handlers.who import everybody, holder_of, led_group, silence

#: The button of her who would rather not.
NOT_ME = "rather_not"

#: A no that is none.
_NO_OBJECTION = re.compile(rf"{NOT} ?(?:keberatan|masalah|apa[- ]?apa|apa2|opo[- ]?opo|papa|pp)\b")

#: She would hold it, and now would not.
_BACKS_OUT = re.compile(
    rf"{NOT} ?(?:jadi|jd|sido|sanggup|mau|gelem|berani|kuat|siap)\b|\btakut\b(?! (?:salah|keliru|kurang|kelewat\w*|lupa))|\bmundur\b|\blain kali\b"
)


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
    if not await _all_answered(turn, group, me) or not await _willing(turn, group, me):
        turn.say("understood")
        return HolderDeclined(group, me)
    before, box = holder_of(turn, group), turn.books.in_box(group)
    if before is None or not box:
        turn.say("entrusted", group=group)
        return HolderAccepted(group, me)
    counting = partial(_count_or_not, box)
    amount = await once_counted(turn, "counted", counting, before=before)
    if amount == NOT_ME:
        turn.say("understood")
        return HolderDeclined(group, me)
    mentor = turn.books.mentors(group.id)[0]
    gives = before.person if before.person.reachable else mentor
    turn.say("giver_is_asked", who=gives, amount=amount)
    return CashReported(CashKind.HAND_OVER, group, me, amount, gives)


async def _all_answered(turn: Turn, group: Group, me: Member) -> bool:
    """Whether she still would once nothing waits for anybody's word; asked until then.

    Confirmed later, it would stand in the new box while the old holder has the cash.
    """
    unanswered, asked = _silence(turn, group, "still_waits", "held_up"), 0
    go_on = yes_or_no("go_on", NOT_ME, also={"lanjut": True})
    while tell_unanswered(turn, group, CashKind.HAND_OVER):
        if not await ask("then_go_on", go_on, about=asked, silence=unanswered, group=group, me=me):
            return False
        asked += 1
    return True


async def _willing(turn: Turn, group: Group, me: Member) -> bool:
    """Her yes is to the amount she saw: should the box change meanwhile, she is asked anew."""
    before, box, bank = holder_of(turn, group), turn.books.in_box(group), at_bank(turn, group)
    question = "will_you"
    if before is not None and box:
        question = "will_you_take_over_both" if bank else "will_you_take_over"
    facts: dict[str, Any] = {"group": group, "box": box, "bank": bank, "before": before, "me": me}
    unanswered = _silence(turn, group, "nudge", "left_alone")
    return await ask(question, _would_she(), about=box.rupiah, silence=unanswered, **facts)


def _silence(turn: Turn, group: Group, nudge: str, tell: str) -> tuple[Silence, ...]:
    """She is asked again; then a mentor hears that the box stays where it is."""
    mentor = turn.books.mentors(group.id)[0]
    return silence(turn, mentor, NUDGE_AFTER, TELL_MENTOR_AFTER, (nudge, tell))


def _would_she() -> Answer[bool]:
    """Whether she would hold it; "tidak keberatan" is a yes."""
    plain = yes_or_no("willing", NOT_ME)

    def read(words: str) -> Reading[bool]:
        said = words.lower()
        if wants_time(said):
            return Later()
        if _NO_OBJECTION.search(said):
            return Got(value=True)
        return plain.read(words)

    return replace(plain, read=read)


def _count_or_not(box: Money, *, patient: bool) -> Answer[Any]:
    """What is in the box; or that she would rather not hold it after all."""
    plain: Answer[Any] = contents((box,), patient=patient)

    def read(words: str) -> Reading[Any]:
        backs_out = _BACKS_OUT.search(words.lower()) and not read_amount(words).candidates
        return Got(NOT_ME) if backs_out else plain.read(words)

    def recall(kept: str) -> Got[Any] | None:
        return Got(NOT_ME) if kept == NOT_ME else plain.recall(kept)

    return replace(
        plain,
        read=read,
        keep=lambda found: NOT_ME if found == NOT_ME else plain.keep(found),
        recall=recall,
        choices=(*plain.choices, Choice(NOT_ME)),
    )


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
