"""The week in one message: her days, the group's, and nothing about the days that were missed."""

from __future__ import annotations

from datetime import date, timedelta

from bot.talk import Turn, dialogue

_WEEK = 7


@dialogue(kind="summary")
async def weekly_summary(turn: Turn) -> None:
    """Begun by the clock, at the group's own day and hour."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    if not me.active:
        return
    group, last = turn.books.group(me.group), date.fromisoformat(turn.facts["day"])
    first = last - timedelta(days=_WEEK - 1)
    week = [first + timedelta(days=number) for number in range(_WEEK)]
    days = turn.books.days_saved(me, first, last)
    open_days = max(days, sum(not me.habit.rests(day) for day in week))
    if days:
        turn.say("her_days", me=me, days=days, of=open_days, saved=turn.books.saved(me))
    else:
        turn.say("new_week", me=me, saved=turn.books.saved(me))
    savers = turn.books.members_who_saved(group, first, last)
    if savers > 1:
        turn.say("together", group=group, savers=savers, of=len(turn.books.members(group.id)))
