"""Putting money aside: how much, and from whom the yes will come."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

from bot.domain.changes import DepositClaimed
from bot.domain.claims import DAYS_BACK, Claim, confirmer_of, is_unusual
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.talk import Instead, Turn, ask, day_back, dialogue, mentions_day, money, yes_or_no
from bot.talk.route import names_saving
from bot.talk.understand import name_parts, read_amount, tokens
from handlers.arrived import told_of_payout
from handlers.who import membership

_HANDED_OVER = re.compile(
    r"\b(?:su?dah?|u?dah?|uda?h|sdh|dh) .*\b(?:di)?(?:kasih|kasihkan|kasi|serah|serahkan|titip|titipkan|bayar)"
)


@dialogue(wishes=("setor",), says=("setor", "nabung", "menabung"))
async def save(turn: Turn) -> DepositClaimed | Instead | None:
    """A member says she handed money to the holder."""
    paid_out, me = told_of_payout(turn), await membership(turn)
    if me is None or paid_out is not None:  # a holder who "sudah kasih" may have paid somebody
        return paid_out
    group, members = turn.books.group(me.group), turn.books.members(me.group)
    mentors, day = turn.books.mentors(me.group), turn.today
    if group.holder is None:
        turn.say("no_holder", mentor=mentors[0])
        return None
    if group.sharing:
        turn.say("sharing", group=group)
        return None
    if mentions_day(turn.opening, turn.today):
        day = await ask("day", day_back(turn.today, most=DAYS_BACK), already=turn.opening)
    if (told := _told_before(turn, me)) is not None:
        turn.say("waits_still", amount=told.amount, who=told.confirmer)
        return None
    usual = turn.books.usual_amounts(me)
    amount = await ask("amount", money(usual), already=turn.opening)
    other = _named(turn.opening, me, group, members)
    if other and not await ask("whose", yes_or_no("mine", "hers"), amount=amount, member=other):
        if group.holder == me.number:
            return Instead("", f"catat {other.called} {amount.rupiah}")
        turn.say("hers", member=other, who=confirmer_of(me, group, members, mentors, turn.today))
        return None
    if not await _meant(turn, me, amount, day, usual):
        return None
    confirmer = confirmer_of(me, group, members, mentors, turn.today)
    if confirmer is None:
        turn.say("nobody_to_confirm", mentor=mentors[0])
        return None
    waiting = "waiting" if day == turn.today else "waiting_for_day"
    turn.say(waiting, amount=amount, who=confirmer, day=day)
    return DepositClaimed(me, amount, day, confirmer)


def _told_before(turn: Turn, me: Member) -> Claim | None:
    """What she says she has handed over, without saying how much: the only deposit that waits."""
    waiting = turn.books.waiting_claims(me)
    again = len(waiting) == 1 and _HANDED_OVER.search(turn.opening.lower())
    return waiting[0] if again and not read_amount(turn.opening).candidates else None


async def _meant(turn: Turn, me: Member, amount: Money, day: date, usual: Sequence[Money]) -> bool:
    """Whether she means it, where there is a reason to ask; else she is told what becomes of it."""
    waiting = turn.books.waiting_claims(me)
    same = next((one for one in waiting if (one.amount, one.day) == (amount, day)), None)
    if same is not None:
        if not await ask("again", yes_or_no("more", "enough"), amount=amount, who=same.confirmer):
            turn.say("one_waits", amount=amount, who=same.confirmer)
            return False
        return True
    never_before = not turn.books.entries(me, None, 1) and not waiting
    only_an_amount = turn.opening != "" and not names_saving(turn.opening)
    sure = not (never_before and only_an_amount) or await ask("meant", yes_or_no(), amount=amount)
    if sure and is_unusual(amount, usual):
        sure = await ask("sure", yes_or_no("right", "change"), amount=amount)
    if not sure:
        turn.say("let_go")
    return sure


def _named(words: str, me: Member, group: Group, members: Sequence[Member]) -> Member | None:
    """Another member whom the words name, besides the holder to whom the money was handed."""
    said = set(tokens.words(words))
    mine = name_parts([me.person.name])
    others = [one for one in members if one.number not in (me.number, group.holder)]
    return next((one for one in others if said & (name_parts([one.person.name]) - mine)), None)
