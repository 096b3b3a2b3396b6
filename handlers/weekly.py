"""The week in one message: her days, the group's, what stands there for her, and whether it is so."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.ledger_changes import StatementMade, StatementRight, StatementWrong
from bot.domain.money import NOTHING
from bot.domain.people import Member
from bot.domain.statements import Statement, week_told
from bot.talk import Turn, ask, dialogue, text, yes_or_no

_LONGEST = 300
_MOST_LINES = 7


@dialogue(
    follows=StatementMade,
    to=lambda change, _: [change.member.person],
    lasts=timedelta(days=7),
    kind="summary",
)
async def weekly(turn: Turn) -> StatementRight | StatementWrong | None:
    """Ends in *Benar* or *Tidak*; one *Tidak* opens a dispute. Days that were missed are not named."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    day = date.fromisoformat(turn.facts["day"])
    it = turn.books.statement(me, day)
    if it.answer is not None:
        turn.say(f"already_{it.answer}", saved=it.saved)
        return None
    _week(turn, me, day)
    _statement(turn, me, it)
    if await ask("is_it_so", yes_or_no("right", "wrong"), quietly=True):
        turn.say("thanks")
        return StatementRight(me, day)
    words = await ask("what", text(_LONGEST), saved=it.saved)
    turn.say("passed_on", mentor=turn.books.mentors(me.group)[0])
    return StatementWrong(me, day, words)


def _week(turn: Turn, me: Member, day: date) -> None:
    """How it went, of the days she did not rest; and in how many the group, without names."""
    if not me.active:
        return
    first, last = week_told(day)
    days = turn.books.days_saved(me, first, last)
    week = [first + timedelta(days=number) for number in range((last - first).days + 1)]
    open_days = max(days, sum(not me.habit.rests(one) for one in week))
    if days:
        turn.say("her_days", me=me, days=days, of=open_days)
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
    for off in it.differences:
        turn.say("box_more" if off > NOTHING else "box_less", off=off if off > NOTHING else -off)
    goal = turn.books.goal(me)
    if goal is not None and goal.missing(it.saved):
        turn.say("goal", goal=goal.name, missing=goal.missing(it.saved))
    turn.say("saved", saved=it.saved, code=turn.books.group(me.group).head[:8].upper())
