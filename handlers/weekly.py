"""The week in one message: her days, the group's, what stands there for her, and whether it is so."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bot.domain.ledger_changes import (
    DisputeDropped,
    StatementMade,
    StatementRight,
    StatementsToShow,
    StatementWrong,
)
from bot.domain.money import NOTHING, Money
from bot.domain.people import Member
from bot.domain.statements import Statement, week_told
from bot.talk import Instead, Turn, ask, dialogue, one_of, text, yes_or_no
from bot.talk.answers import Answer, Got, Reading, member_of
from bot.talk.route import SAVE
from bot.talk.understand import does_not_know, read_amount
from handlers.box import MOST_ASIDES
from handlers.handing import says_she_gave, says_she_got
from handlers.meaning import PRESSED_WRONGLY, may_save
from handlers.our_money import money_question
from handlers.unhurried import wants_time

#: Her answers; with ``LOOKING`` she has not answered yet.
RIGHT, WRONG, LOOKING = "right", "wrong", "looking"

#: What may come of it.
Answered = StatementRight | StatementWrong | DisputeDropped | Instead | None

_LONGEST = 300
_MOST_LINES = 7

#: Says that it should be another amount, or what is missing: no money is put aside by that.
_COMPLAINS = re.compile(
    r"\bkurang(?!\s+(?:paham|ngerti|mengerti|tahu|tau|jelas|enak|sehat))|\b(?:se)?(?:harus|mesti)nya\b|\bkudune\b"
    r"|\bse(?:gitu|gini|mono|mene)\b|\b(?:cuma|cuman|mung|kok)\b.*\b(?:segitu|dikit|sedikit|sithik|\d+)"
    r"|\b(?:belum|blm|durung) (?:ke)?(?:masuk|catat|tercatat|mlebu)\b|\b(?:hilang|ilang|beda|berbeda)\b"
)

#: Says after a *Tidak* that it is right after all: "eh salah pencet", "ga jadi bu udah bener".
_SLIPPED = re.compile(PRESSED_WRONGLY)
_CHANGED_MIND = re.compile(r"\b(?:gak?|nggak|ngga|enggak|tidak|tdk|ora|ndak) ?(?:jadi|jd|sido)\b")
_RIGHT_NOW = re.compile(r"\b(?:bena?e?r|bnr|betul|btul|btl|cocok|leres|pas)\b")
_BUT = re.compile(
    r"\b(?:tidak|tdk|gak?|nggak|ngga|enggak|ora|ndak|teu|mboten|bukan|belum|blm|durung|kurang|tapi|tp|yang|yg|kalau|kalo)\b|\?"
)

#: What an amount may be that follows a statement.
_WHICH = {
    SAVE: ("setoran", "setoran baru", "baru", "nabung"),
    "should_be": ("celengan", "salah", "kurang", "mestinya segitu", "membetulkan"),
}


@dialogue(
    follows=StatementMade,
    to=lambda change, _: [change.member.person],
    lasts=timedelta(days=7),
    kind="summary",
)
async def weekly(turn: Turn) -> Answered:
    """Ends in *Benar* or *Tidak*; one *Tidak* opens a dispute. Days that were missed are not named."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    return await _asked(turn, me, date.fromisoformat(turn.facts["day"]))


@dialogue(
    follows=StatementsToShow,
    to=lambda change, _: [change.voice],
    lasts=timedelta(days=7),
    kind="summary",
)
async def weekly_to_show(turn: Turn) -> Answered:
    """To her who speaks for the members without a phone: one after the other, as she meets them."""
    group, day = turn.books.group(turn.facts["group"]), date.fromisoformat(turn.facts["day"])
    unseen = [one for one in turn.books.statements_unanswered(group.id) if not one.person.reachable]
    if not unseen:
        turn.say("all_seen", group=group)
        return None
    me = unseen[0]
    if len(unseen) > 1:
        turn.say("unseen", group=group)
        rows = [{"me": one, "saved": turn.books.statement(one, day).saved} for one in unseen]
        turn.say("line", rows=rows)
        me = await ask("whom", member_of(unseen), quietly=True)
    turn.say("show", me=me)
    return await _asked(turn, me, day)


async def _asked(turn: Turn, me: Member, day: date) -> Answered:
    it = turn.books.statement(me, day)
    if it.answer is not None:
        return await _answered(turn, me, it)
    _week(turn, me, day)
    _statement(turn, me, it)
    said = await _in_her_time(
        turn, ("is_it_so", "when_seen"), partial(_so_or_not, it.saved), it.saved
    )
    amount = None if _complains(said) else read_amount(said).rupiah
    mine = me.person.id == turn.me.id
    if amount and mine and await ask("which", one_of(_WHICH), amount=Money(amount)) == SAVE:
        return Instead(SAVE, said)
    if said == RIGHT or amount == it.saved.rupiah:
        turn.say("thanks")
        return StatementRight(me, day)
    words = said
    if said == WRONG:
        words = await _in_her_time(turn, ("what", "what"), _what_is_wrong, it.saved)
    if words == RIGHT:
        turn.say("right_then", saved=it.saved)
        return StatementRight(me, day)
    if money_question(words) == "whole":  # no complaint, and the statement waits for her
        return Instead("", words)
    turn.say("passed_on", mentor=turn.books.mentors(me.group)[0])
    return StatementWrong(me, day, words, turn.me)


async def _answered(turn: Turn, me: Member, it: Statement) -> DisputeDropped | None:
    """What she answered before; a *Tidak* that is not settled she may take back."""
    disputes = turn.books.open_disputes(me.group)
    hers = [one for one in disputes if one.entry is None and one.member.number == me.number]
    if it.answer == RIGHT or not hers:
        turn.say("already_right" if it.answer == RIGHT else "already_settled", saved=it.saved)
        return None
    dispute = hers[-1]
    if dispute.raised_by.id != turn.me.id:
        turn.say("already_wrong")
        return None
    if not await ask("right_by_now", yes_or_no("it_is", "it_is_not"), quietly=True, saved=it.saved):
        turn.say("stays_open")
        return None
    turn.say("right_then", saved=it.saved)
    return DisputeDropped(dispute, turn.me)


async def _in_her_time(
    turn: Turn, keys: tuple[str, str], answer: Callable[..., Answer[str]], saved: Money
) -> str:
    """Her answer to the first of two questions; to the second, while she looks first and it is ``patient``."""
    first, again = keys
    said, looked = LOOKING, 0
    while said == LOOKING:
        if looked:
            turn.say("take_your_time")
        key, patiently = again if looked else first, answer(patient=looked < MOST_ASIDES)
        said = await ask(key, patiently, about=looked or "", quietly=first != again, saved=saved)
        looked += 1
    return said


def _so_or_not(saved: Money, *, patient: bool) -> Answer[str]:
    """Whether it is so; or, in her own words, what it should be."""
    plain, known = yes_or_no(RIGHT, WRONG), one_of({RIGHT: (), WRONG: ()})

    def read(words: str) -> Reading[str]:
        if says_she_gave(words) or says_she_got(words):  # of money that passed just now
            return None
        amount, said, complains = read_amount(words), plain.read(words), _complains(words)
        if patient and not complains and (wants_time(words) or does_not_know(words)):
            return Got(LOOKING)
        about_another = amount.candidates and saved.rupiah not in amount.candidates
        if said == Got(value=True) and not about_another:
            return Got(RIGHT)
        if complains or (amount.rupiah and may_save(words)):
            return Got(" ".join(words.split())[:_LONGEST])
        return Got(WRONG) if said == Got(value=False) else None

    return replace(known, read=read, recall=Got, sums=True)


def _what_is_wrong(*, patient: bool) -> Answer[str]:
    """What is not right, in her own words; or that it is right after all."""
    plain = text(_LONGEST)

    def read(words: str) -> Reading[str]:
        if right_after_all(words):
            return Got(RIGHT)
        return Got(LOOKING) if patient and wants_time(words) else plain.read(words)

    return replace(plain, read=read)


def right_after_all(words: str) -> bool:
    """Whether words after a *Tidak* take it back, and name no other amount.

    >>> right_after_all("eh salah pencet bu"), right_after_all("ga jadi bu udah bener")
    (True, True)
    >>> right_after_all("yang bener 25rb"), right_after_all("belum bener"), right_after_all("kurang")
    (False, False, False)
    """
    said = _CHANGED_MIND.sub(" ", words.lower())
    if read_amount(words).candidates or _complains(said):
        return False
    return bool(_SLIPPED.search(said) or (_RIGHT_NOW.search(said) and not _BUT.search(said)))


def _complains(words: str) -> bool:
    return _COMPLAINS.search(words.lower()) is not None


def _week(turn: Turn, me: Member, day: date) -> None:
    """How it went, of the days she did not rest; and in how many the group, without names."""
    if not me.active:
        return
    first, last = week_told(day)
    days = turn.books.days_saved(me, first, last)
    week = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    open_days = max(days, sum(not me.habit.rests(one) for one in week))
    if days:
        turn.say("her_days", me=me, days=days, of=open_days, last=last)
    else:
        turn.say("new_week", me=me)
    group = turn.books.group(me.group)
    savers = turn.books.members_who_saved(group, first, last)
    if savers > 1:
        turn.say("together", group=group, savers=savers, of=len(turn.books.members(group.id)))


def _statement(turn: Turn, me: Member, it: Statement) -> None:
    """What stands there, what moved it since the last time, and the newest seal of the chain."""
    if it.entries:
        rows = [
            {"what": turn.wording(str(one.kind)), "amount": one.saved, "day": one.day}
            for one in it.entries[-_MOST_LINES:]
        ]
        turn.say("entry", rows=rows)
        if len(it.entries) > _MOST_LINES:
            turn.say("older", count=len(it.entries) - _MOST_LINES)
    for off in it.differences:
        turn.say("box_more" if off > NOTHING else "box_less", off=off if off > NOTHING else -off)
    goal = turn.books.goal(me)
    if goal is not None and goal.missing(it.saved):
        turn.say("goal", goal=goal.name, missing=goal.missing(it.saved))
    turn.say("saved", saved=it.saved, code=turn.books.group(me.group).head[:8].upper())
