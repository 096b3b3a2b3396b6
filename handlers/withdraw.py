"""Taking savings back before the end: two say yes, the holder pays, and her word books it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.domain.ledger_changes import (
    PayoutAgreed,
    PayoutApproved,
    PayoutAsked,
    PayoutRefused,
    PayoutTakenBack,
)
from bot.domain.payouts import NUDGE_AFTER, TELL_MENTOR_AFTER, Payout, PayoutState
from bot.talk import Instead, Turn, ask, dialogue, money, optional, text, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import bare_reply
from handlers.box import speaks_of_bank
from handlers.meaning import yes_about
from handlers.who import holder_person, keepers, leads, savings_place, silence

_LONGEST = 200


@dialogue(wishes=("tarik",), says=("tarik",))
async def withdraw(turn: Turn) -> PayoutAsked | Instead | None:
    """``tarik 20rb``; nobody has to say why, and who has left may take what is still hers."""
    me = await savings_place(turn)
    if me is None:
        return None
    group, mentor = turn.books.group(me.group), turn.books.mentors(me.group)[0]
    if speaks_of_bank(turn, group, me):
        return Instead("", f"ambil bank {turn.opening}")
    holder = holder_person(turn, group)
    if holder is None or group.sharing:
        turn.say("sharing" if group.sharing else "no_holder", mentor=mentor)
        return None
    held = turn.books.held(me)
    free = turn.books.saved(me) - held
    if not free:
        turn.say("all_held" if held else "nothing_saved", held=held)
        return None
    answer = money((free,), whole=free)
    amount = await ask("amount", answer, already=turn.opening, free=free)
    if amount > free:
        amount = await ask("too_much_held" if held else "too_much", answer, free=free, held=held)
    if amount > free:
        turn.say("still_too_much", free=free, offers=("tarik",))
        return None
    left = turn.books.saved(me) - amount
    if not await ask("sure", yes_or_no("yes_take", "no_leave"), amount=amount, left=left):
        turn.say("let_go", saved=turn.books.saved(me))
        return None
    reason = await ask("reason", _reason(), amount=amount)
    turn.say("asked_alone" if holder.id == me.person.id else "asked", mentor=mentor, holder=holder)
    return PayoutAsked(me, amount, reason or "")


def _reason() -> Answer[str | None]:
    """What it is for, or None; a bare "ya" is no reason, and her money does not wait for one."""
    answer = optional(text(_LONGEST))

    def read(words: str) -> Reading[str | None]:
        return Got(None) if bare_reply(words) else answer.read(words)

    return replace(answer, read=read)


@dialogue(
    follows=PayoutAsked,
    to=lambda change, books: keepers(change.member.group, books, but=change.member.person),
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
    agreed = await ask(
        "agree_with_reason" if payout.reason else "agree",
        yes_about(turn, payout.group, [payout.member.person], "agree", "refuse"),
        silence=silence(turn, turn.books.mentors(payout.group)[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if not agreed:
        turn.say("refused", **facts)
        return PayoutRefused(payout, turn.me)
    turn.say("thanks", **facts)
    return PayoutApproved(payout, turn.me, as_mentor, as_holder)


@dialogue(follows=PayoutAgreed, to=lambda change, _: [change.payout.member.person])
async def payout_agreed(turn: Turn) -> None:
    """To the member: it may be fetched."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    holder = holder_person(turn, turn.books.group(payout.group))
    if holder is not None and holder.id != turn.me.id:
        turn.say("agreed", holder=holder, **told(payout))


@dialogue(follows=PayoutRefused, to=lambda change, _: [change.payout.member.person])
async def payout_refused(turn: Turn) -> None:
    """To the member: kindly, and with a human to talk to."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    by = turn.books.person(turn.facts["by"])
    turn.say("refused", by=by, offers=("pendamping",), **told(payout))


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
