"""Putting money aside: how much, and from whom the yes will come."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from typing import Any, cast

from bot.domain.changes import DepositClaimed
from bot.domain.claims import DAYS_BACK, Claim, confirmer_of, is_unusual
from bot.domain.ledger import Entry, EntryKind
from bot.domain.money import Money
from bot.domain.people import Group, Member
from bot.talk import Instead, Turn, ask, day_back, dialogue, mentions_day, money
from bot.talk.answers import Answer, Doubt, Got, Reading
from bot.talk.route import names_saving
from bot.talk.understand import name_parts, put_right, read_amount, says_done, tokens
from handlers.arrived import told_of_payout
from handlers.box import speaks_of_bank
from handlers.meaning import is_by_now, one_or_digits, yes_or_sum, yes_to
from handlers.who import membership

_HANDED_OVER = re.compile(
    r"\b(?:su?dah?|u?dah?|uda?h|sdh|dh) .*\b(?:di)?(?:kasih|kasihkan|kasi|serah|serahkan|titip|titipkan|bayar)"
)

#: So many of her newest entries may be the money she tells of.
_NEWEST = 20


@dialogue(wishes=("setor",), says=("setor", "nabung", "menabung"))
async def save(turn: Turn) -> DepositClaimed | Instead | None:
    """A member says she handed money to the holder."""
    paid_out, me = told_of_payout(turn), await membership(turn)
    if me is None or paid_out is not None:  # a holder who "sudah kasih" may have paid somebody
        return paid_out
    group, members = turn.books.group(me.group), turn.books.members(me.group)
    mentors, days = turn.books.mentors(me.group), day_back(turn.today, most=DAYS_BACK)
    if speaks_of_bank(turn, group, me):
        return Instead("", f"setor bank {turn.opening}")
    if group.holder is None:
        turn.say("no_holder", mentor=mentors[0])
        return None
    if group.sharing:
        turn.say("sharing", group=group)
        return None
    day, said_when = turn.today, mentions_day(turn.opening, turn.today)
    if said_when:
        day = await ask("day", days, already=turn.opening)
    if (told := _told_before(turn, me)) is not None:
        turn.say("waits_still", amount=told.amount, who=told.confirmer)
        return None
    given = _given(turn.books.usual_amounts(me), days, turn.today)
    gave = await ask("amount", given, already=turn.opening, more="one_by_one")
    day = gave.day or day
    if gave.some_day and not said_when:
        day = await ask("day", days)
    other = _named(turn.opening, me, group, members)
    if other and not await ask(
        "whose", yes_to(gave.amount, "mine", "hers"), amount=gave.amount, member=other
    ):
        if group.holder == me.number:
            return Instead("", f"catat {other.called} {gave.amount.rupiah}")
        turn.say("hers", member=other, who=confirmer_of(me, group, members, mentors, turn.today))
        return None
    return await _claimed(turn, me, gave.amount, day)


async def _claimed(
    turn: Turn, me: Member, amount: Money, day: date
) -> DepositClaimed | Instead | None:
    """What becomes of it, once we know how much it was and when."""
    for time in count():
        waiting = turn.books.waiting_claims(me)
        same = next((one for one in waiting if (one.amount, one.day) == (amount, day)), None)
        if same is not None:
            said = await ask("again", _again(amount), amount=amount, who=same.confirmer)
            if said.isdecimal():
                return Instead("batal", f"salah, Rp{said}")
            if said == ENOUGH:
                turn.say("one_waits", amount=amount, who=same.confirmer)
                return None
            break
        meant = await _meant(turn, me, amount, day, time)
        if meant is None:
            return None
        if meant == amount:
            break
        amount = meant
    group, members = turn.books.group(me.group), turn.books.members(me.group)
    mentors = turn.books.mentors(me.group)
    confirmer = confirmer_of(me, group, members, mentors, turn.today)
    if confirmer is None:
        turn.say("nobody_to_confirm", mentor=mentors[0])
        return None
    turn.say(
        "waiting" if day == turn.today else "waiting_for_day", amount=amount, who=confirmer, day=day
    )
    return DepositClaimed(me, amount, day, confirmer)


def _told_before(turn: Turn, me: Member) -> Claim | None:
    """What she says she has handed over, without saying how much: the only deposit that waits."""
    waiting = turn.books.waiting_claims(me)
    again = len(waiting) == 1 and _HANDED_OVER.search(turn.opening.lower())
    return waiting[0] if again and not read_amount(turn.opening).candidates else None


async def _meant(turn: Turn, me: Member, amount: Money, day: date, time: int) -> Money | None:
    """How much she means, where there is a reason to ask; None, and she is told what becomes of it.

    ``time`` counts the other amounts she has named when she was asked.
    """
    newest, about = turn.books.entries(me, None, _NEWEST), time or ""
    written = next((one for one in newest if _by_others(turn, one, amount, day)), None)
    if written is not None:
        facts: dict[str, Any] = {"day": day, "who": turn.books.person(written.recorded_by)}
        same = yes_to(amount, "same", "other")
        if not await ask("same_money", same, about=about, amount=amount, **facts):
            return amount
        turn.say("booked_already", offers=("saldo",))
        return None
    never_before = not newest and not turn.books.waiting_claims(me)
    only_an_amount = turn.opening != "" and not names_saving(turn.opening)
    payouts = turn.books.payouts_waiting(me.group)
    asked_back = any(one.member.number == me.number for one in payouts)  # perhaps it is about that
    unusual = is_unusual(amount, turn.books.usual_amounts(me))
    doubtful = (only_an_amount and (never_before or asked_back)) or "offered" in turn.facts
    if time:
        doubtful = not unusual
    for question in ["meant"] * doubtful + ["sure"] * unusual:
        yes, no, fits = _YES_AND_NO[question]
        answer = yes_or_sum(amount, yes, no, fits=fits)
        said = await ask(question, answer, about=about, once=question == "meant", amount=amount)
        if said == no:
            turn.say("let_go")
            return None
        if said != yes:
            return Money(int(said))
    return amount


def _wants(words: str) -> bool:
    """Whether a yes can mean that she puts it in; neither tomorrow nor "sudah" is a word on that."""
    return is_by_now(words) and not says_done(words)


#: Of whether she puts it in at all, and of whether it is so much, for once: yes, no, and what fits a yes.
_YES_AND_NO = {"meant": ("yes", "no", _wants), "sure": ("right", "change", is_by_now)}


@dataclass(frozen=True, slots=True)
class _Given:
    """``amount``, and ``day`` where she named one with it; ``some_day`` when we are not sure which."""

    amount: Money
    day: date | None = None
    some_day: bool = False


def _given(usual: Sequence[Money], days: Answer[date], today: date) -> Answer[_Given]:
    """An amount, and the day it was handed over where the same words name one."""
    plain = money(usual)

    def read(words: str) -> Reading[_Given]:
        found = days.read(words) if mentions_day(words, today) else None
        day = found.value if isinstance(found, Got) else None
        some_day = day is None and mentions_day(words, today)
        match plain.read(words):
            case Got(amount):
                return Got(_Given(amount, day, some_day))
            case Doubt(amounts):
                return Doubt(tuple(_Given(amount, day, some_day) for amount in amounts))
        return None

    def keep(given: _Given) -> str:
        when = str(given.day) if given.day else "?" * given.some_day
        return f"{given.amount.rupiah} {when}".strip()

    def recall(kept: str) -> Got[_Given] | None:
        amount, _, when = kept.partition(" ")
        known, day = plain.recall(amount), days.recall(when)
        return Got(_Given(known.value, day.value if day else None, when == "?")) if known else None

    shows: Callable[[_Given], object] = lambda given: given.amount  # noqa: E731
    return replace(cast("Answer[_Given]", plain), read=read, keep=keep, recall=recall, shows=shows)


MORE, ENOUGH = "more", "enough"


def _again(amount: Money) -> Answer[str]:
    """One more, or that one only; or, in digits, what it should have been instead."""
    plain = yes_to(amount, MORE, ENOUGH)

    def read(words: str) -> Reading[str]:
        if (instead := put_right(words)).rupiah is not None:
            return Got(str(instead.rupiah))
        said = plain.read(words)
        return Got(plain.keep(said.value)) if isinstance(said, Got) else None

    return one_or_digits((MORE, ENOUGH), read)


def _by_others(turn: Turn, entry: Entry, amount: Money, day: date) -> bool:
    """Whether an entry is such a deposit, booked for her in somebody else's words."""
    return (
        (entry.amount, entry.day, entry.kind) == (amount, day, EntryKind.DEPOSIT)
        and turn.books.reversed_by(entry) is None
        and not turn.books.told_herself(entry)
    )


def _named(words: str, me: Member, group: Group, members: Sequence[Member]) -> Member | None:
    """Another member whom the words name, besides the holder to whom the money was handed."""
    said = set(tokens.words(words))
    mine = name_parts([me.person.name])
    others = [one for one in members if one.number not in (me.number, group.holder)]
    return next((one for one in others if said & (name_parts([one.person.name]) - mine)), None)
