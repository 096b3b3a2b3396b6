"""Her own goal: how much, for what, by when; and how far she has come."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from bot.domain.changes import GoalSet
from bot.domain.habits import Goal
from bot.domain.hijri import lebaran
from bot.domain.money import Money
from bot.domain.people import Member
from bot.files import picture
from bot.talk import Turn, ask, day_ahead, dialogue, money, optional, text, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from handlers.who import membership

_LONGEST_NAME = 40
_TWO_YEARS = 731
_LEBARAN = re.compile(r"\b(?:lebaran|idul ?fitri|hari raya)\b")


@dialogue(says=("target",))
async def goal(turn: Turn) -> GoalSet | None:
    """``target 500rb``; alone it tells how far she has come."""
    me = await membership(turn)
    if me is None:
        return None
    now = turn.books.goal(me)
    if now is not None and not turn.opening:
        tell_goal(turn, me, now)
        if not await ask("anew", yes_or_no("change", "keep")):
            turn.say("kept", goal=now.name)
            return None
    amount = await ask("amount", money(), already=turn.opening)
    name = await ask("name", text(_LONGEST_NAME), amount=amount)
    by = await ask("by", optional(_by(turn.today)), goal=name)
    chosen = Goal(name, amount, by)
    per_day = chosen.per_day(turn.books.saved(me), turn.today)
    facts: dict[str, Any] = {"goal": name, "amount": amount, "by": by, "per_day": per_day}
    turn.say("set" if per_day is None else "set_by", **facts)
    return GoalSet(me, chosen)


def tell_goal(turn: Turn, me: Member, goal: Goal, *, drawn: bool = False) -> None:
    """How far she has come, in numbers; for every conversation that shows her savings."""
    saved = turn.books.saved(me)
    missing, per_day = goal.missing(saved), goal.per_day(saved, turn.today)
    facts: dict[str, Any] = {"goal": goal.name, "amount": goal.amount, "saved": saved}
    facts |= {"percent": goal.percent(saved), "missing": missing}
    facts |= {"media": goal_drawn(goal, saved)} if drawn else {}
    if not missing:
        turn.say("goal_reached", **facts)
    elif per_day is None:
        turn.say("goal_so_far", **facts)
    else:
        turn.say("goal_so_far_by", per_day=per_day, by=goal.by, **facts)


def goal_drawn(goal: Goal, saved: Money) -> str:
    """The picture of how far she has come."""
    by = goal.by.isoformat() if goal.by else None
    return picture("goal", goal=goal.name, amount=goal.amount.rupiah, by=by, saved=saved.rupiah)


def _by(today: date) -> Answer[date]:
    """A day ahead; "sebelum Lebaran" is the day before its eve."""
    answer = day_ahead(today, most=_TWO_YEARS)
    before = lebaran(today + timedelta(days=2))[0] - timedelta(days=1)

    def read(words: str) -> Reading[date]:
        return Got(before) if _LEBARAN.search(words.lower()) else answer.read(words)

    return replace(answer, read=read, choices=(answer.choice(before),))
