"""Taking savings back before the end: two say yes, the holder pays, and her word books it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import count
from typing import Any, cast

from bot.domain.books import Books
from bot.domain.money import Money
from bot.domain.payout_changes import (
    PayoutAgreed,
    PayoutApproved,
    PayoutAsked,
    PayoutRefused,
    PayoutTakenBack,
)
from bot.domain.payouts import NUDGE_AFTER, TELL_MENTOR_AFTER, Payout, PayoutState
from bot.domain.people import Member, Person
from bot.talk import Instead, Turn, ask, dialogue, member_of, money, optional, text
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import bare_reply
from handlers.box import speaks_of_bank
from handlers.meaning import yes_about, yes_or_sum, yes_to
from handlers.taking_out import (
    TakingOut,
    calls_it_off,
    meant_by,
    no_need,
    only_another_amount,
    puts_in,
    taking_out,
)
from handlers.who import holder_person, keepers, leads, savings_place, silence, whose

_LONGEST = 200

_TAKE, _LEAVE = "yes_take", "no_leave"


@dialogue(wishes=("tarik",), says=("tarik",))
async def withdraw(turn: Turn) -> PayoutAsked | Instead | None:
    """``tarik 20rb``; nobody has to say why, and who has left may take what is still hers.

    ``tarik Tuti 5rb`` asks for one without a phone, by the mouth of her mentor or the holder.
    """
    said = taking_out(turn.opening)
    others = meant_by(turn, said)
    if others:
        she = others[0]
        if len(others) > 1:
            she = await ask("whose", member_of(others))
        return await _take(turn, she, said) if _may_ask_for(turn, she) else None
    me = await savings_place(turn)
    if me is None:
        return None
    if speaks_of_bank(turn, turn.books.group(me.group), me):
        return Instead("", f"ambil bank {turn.opening}")
    return await _take(turn, me, said)


def _may_ask_for(turn: Turn, she: Member) -> bool:
    """Whether her mentor or the holder speaks for one who cannot; says who may when not."""
    group = turn.books.group(she.group)
    holder, mentor = holder_person(turn, group), turn.books.mentors(group.id)[0]
    if she.person.reachable:
        turn.say("she_asks_herself", member=she)
    elif turn.me.id not in [one.id for one in keepers(group.id, turn.books)]:
        turn.say("keepers_ask", member=she, keepers=[mentor, *([holder] if holder else [])])
    else:
        return True
    return False


async def _take(turn: Turn, she: Member, said: TakingOut) -> PayoutAsked | Instead | None:
    """How much of her savings, and a yes; for herself or, where she has no phone, for her."""
    group, mentor = turn.books.group(she.group), turn.books.mentors(she.group)[0]
    holder, own = holder_person(turn, group), she.person.id == turn.me.id
    if holder is None or group.sharing:
        turn.say("sharing" if group.sharing else "no_holder", mentor=mentor)
        return None
    saved, held = turn.books.saved(she), turn.books.held(she)
    free = saved - held
    if not free:
        turn.say(whose("all_held" if held else "nothing_saved", own=own), held=held, member=she)
        return None
    amount = await _how_much(turn, she, said, free)
    if not isinstance(amount, Money):
        return amount
    taken = await _sure(turn, she, amount, own=own)
    if taken is None:
        return None
    reason = await ask("reason", _reason(), already=said.reason, amount=taken) or ""
    if calls_it_off(reason):
        turn.say(whose("let_go", own=own), saved=saved, member=she)
        return None
    if only_another_amount(reason):
        return Instead("tarik", f"tarik {'' if own else she.called} {reason}")
    others = keepers(she.group, turn.books, but=turn.me)
    if others:
        key = "asked_alone" if len(others) == 1 else "asked"
        asked = [one for one in others if one.id in (mentor.id, holder.id)] or others
        turn.say(key if own else whose("asked", own=own), asked=asked)
    return PayoutAsked(she, taken, reason, None if own else turn.me)


async def _sure(turn: Turn, she: Member, amount: Money, *, own: bool) -> Money | None:
    """So much, or the other amount she says it is to be; None, and she is told, when it is off."""
    saved = turn.books.saved(she)
    free = saved - turn.books.held(she)
    for time in count():
        facts: dict[str, Any] = {"amount": amount, "left": saved - amount, "member": she}
        answer = yes_or_sum(amount, _TAKE, _LEAVE)
        said = await ask(whose("sure", own=own), answer, about=time or "", **facts)
        if said == _TAKE:
            return amount
        if said == _LEAVE:
            turn.say(whose("let_go", own=own), saved=saved, member=she)
            return None
        amount = Money(int(said))
        if amount > free:
            turn.say("still_too_much", free=free, offers=("tarik",))
            return None
    return None


async def _how_much(
    turn: Turn, she: Member, said: TakingOut, free: Money
) -> Money | Instead | None:
    """How much of what is ``free``; None when she wants more, Instead when she would rather put some in."""
    held, own = turn.books.held(she), she.person.id == turn.me.id
    answer = _to_take(free, own=own)
    amount = await ask("amount", answer, already=said.amount, free=free)
    if isinstance(amount, Money) and amount > free:
        question = whose("too_much_held", own=own) if held else "too_much"
        amount = await ask(question, answer, free=free, held=held, member=she)
    if isinstance(amount, Money) and amount > free:
        turn.say("still_too_much", free=free, offers=("tarik",))
        return None
    return amount


def _to_take(free: Money, *, own: bool) -> Answer[Money | Instead]:
    """How much is to be taken, or to be put in instead: "eh nabung aja 10rb"."""
    plain, saving = money((free,), whole=free), "setor"

    def read(words: str) -> Reading[Money | Instead]:
        found = plain.read(words)
        if own and isinstance(found, Got) and puts_in(words):
            return Got(Instead(saving, f"{saving} {found.value.rupiah}"))
        return cast("Reading[Money | Instead]", found)

    def keep(value: Money | Instead) -> str:
        return value.words if isinstance(value, Instead) else plain.keep(value)

    def recall(kept: str) -> Got[Money | Instead] | None:
        into = Got(Instead(saving, kept)) if kept.startswith(saving) else plain.recall(kept)
        return cast("Got[Money | Instead] | None", into)

    either = cast("Answer[Money | Instead]", plain)
    return replace(either, read=read, keep=keep, recall=recall)


def _reason() -> Answer[str | None]:
    """What it is for, or None; a bare "ya" is no reason, and her money does not wait for one."""
    answer = optional(text(_LONGEST))

    def read(words: str) -> Reading[str | None]:
        return Got(None) if bare_reply(words) or no_need(words) else answer.read(words)

    return replace(answer, read=read)


@dialogue(
    follows=PayoutAsked,
    to=lambda change, books: keepers(change.member.group, books, but=change.asker),
    kind="question",
    lasts=NUDGE_AFTER * 30,
)
async def approve(turn: Turn) -> PayoutApproved | PayoutRefused | None:
    """To the holder and the mentors: each says yes or no for herself."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    facts = told(payout)
    if payout.state is not PayoutState.ASKED:
        turn.say(f"already_{payout.state}", **facts)
        return None
    holder = holder_person(turn, turn.books.group(payout.group))
    as_mentor, as_holder = leads(turn, payout.group), holder is not None and holder.id == turn.me.id
    if not (as_mentor and not payout.mentor_yes) and not (as_holder and not payout.holder_yes):
        turn.say("other_is_asked", **facts)
        return None
    asker = turn.books.person(turn.facts.get("by", payout.member.person.id))
    if asker.id != payout.member.person.id:
        turn.say("asked_by", asker=asker, **facts)
    yes = yes_to(payout.amount, "agree", "refuse")
    agreed = await ask(
        "agree_with_reason" if payout.reason else "agree",
        yes_about(turn, payout.group, [payout.member.person], yes),
        silence=silence(turn, turn.books.mentors(payout.group)[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if not agreed:
        turn.say("refused" if payout.member.person.reachable else "refused_for_her", **facts)
        return PayoutRefused(payout, turn.me)
    turn.say("thanks", **facts)
    return PayoutApproved(payout, turn.me, as_mentor, as_holder)


def _her_or_those_who_speak(change: PayoutAgreed | PayoutRefused, books: Books) -> Iterable[Person]:
    """The member, or for one without a phone the mentors and the holder."""
    she = change.payout.member
    return [she.person] if she.person.reachable else keepers(she.group, books)


@dialogue(follows=PayoutAgreed, to=_her_or_those_who_speak)
async def payout_agreed(turn: Turn) -> None:
    """To the member: it may be fetched."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    group = turn.books.group(payout.group)
    holder = holder_person(turn, group)
    if holder is None or holder.id == turn.me.id:
        return
    short = turn.books.in_box(group) < payout.amount
    key = "agreed_box_short" if short else "agreed"
    if payout.member.person.id != turn.me.id:
        key = "agreed_hers"
    turn.say(key, holder=holder, **told(payout))


@dialogue(follows=PayoutRefused, to=_her_or_those_who_speak)
async def payout_refused(turn: Turn) -> None:
    """To the member: kindly, and with a human to talk to."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    by = turn.books.person(turn.facts["by"])
    if payout.member.person.id == turn.me.id:
        turn.say("refused", by=by, offers=("pendamping",), **told(payout))
    elif by.id != turn.me.id:
        turn.say("refused_hers", by=by, **told(payout))


@dialogue(
    follows=PayoutTakenBack,
    to=lambda change, books: keepers(change.payout.group, books, but=change.payout.member.person),
)
async def payout_taken_back(turn: Turn) -> None:
    """To the holder and the mentors."""
    turn.say("taken_back", **told(turn.books.payout(turn.facts["group"], turn.facts["payout"])))


def told(payout: Payout) -> dict[str, Any]:
    """What is said of it."""
    return {"member": payout.member, "amount": payout.amount, "reason": payout.reason}
