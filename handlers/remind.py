"""The reminder: her goal, what is missing, and her usual amounts under it; never a reproach."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.domain.habit_changes import HabitChanged
from bot.domain.habits import UNANSWERED, Rhythm
from bot.domain.money import Money
from bot.domain.people import Member
from bot.talk import Turn, dialogue
from handlers.who import membership

#: Her usual amounts on buttons; with the one for rest they are as many as WhatsApp shows.
_AMOUNTS = 2


@dialogue(kind="reminder")
async def remind(turn: Turn) -> None:
    """Begun by the clock, for a member's day; says nothing when it is no longer wanted."""
    me = _reminded(turn)
    if me is None:
        return
    offers: list[str | tuple[str, Money]] = [
        (f"setor {amount.rupiah}", amount) for amount in turn.books.usual_amounts(me)[:_AMOUNTS]
    ]
    offers = [*(offers or ["setor"]), "libur hari ini"]
    goal, saved = turn.books.goal(me), turn.books.saved(me)
    if goal is None:
        turn.say("plain", me=me, offers=offers)
        return
    missing, per_day = goal.missing(saved), goal.per_day(saved, turn.today)
    if not missing:
        turn.say("reached", me=me, goal=goal.name, offers=offers)
    elif per_day is None:
        turn.say("goal", me=me, goal=goal.name, missing=missing, offers=offers)
    else:
        turn.say(
            "goal_by",
            me=me,
            goal=goal.name,
            missing=missing,
            per_day=per_day,
            by=goal.by,
            offers=offers,
        )


@dialogue(kind="reminder")
async def offer_weekly(turn: Turn) -> HabitChanged | None:
    """After a week of reminders nobody answered: once a week from now on, unless she says daily."""
    me = _reminded(turn)
    if me is None:
        return None
    turn.say(
        "weekly_from_now", me=me, days=UNANSWERED, offers=("pengingat harian", "pengingat mingguan")
    )
    return _with_rhythm(me, Rhythm.WEEKLY, turn.today.weekday())


def _reminded(turn: Turn) -> Member | None:
    """The member, while the reminder of that day is still wanted."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    day = date.fromisoformat(turn.facts["day"])
    wanted = (
        me.active
        and me.remind_at is not None
        and not me.habit.rests(day)
        and not turn.books.waiting_claims(me)
        and not turn.books.days_saved(me, day, day)
    )
    return me if wanted else None


@dialogue(says=("pengingat harian",))
async def remind_daily(turn: Turn) -> HabitChanged | None:
    """The button under that offer; said at any time. Once said, the offer does not come again."""
    me = await membership(turn)
    if me is None:
        return None
    turn.say("kept")
    return _with_rhythm(me, Rhythm.ALWAYS, None)


@dialogue(says=("pengingat mingguan",))
async def remind_weekly(turn: Turn) -> HabitChanged | None:
    """Once a week, on this weekday."""
    me = await membership(turn)
    if me is None:
        return None
    turn.say("kept", day=turn.today)
    return _with_rhythm(me, Rhythm.WEEKLY, turn.today.weekday())


def _with_rhythm(me: Member, rhythm: Rhythm, weekly_on: int | None) -> HabitChanged:
    return HabitChanged(replace(me, habit=replace(me.habit, rhythm=rhythm, weekly_on=weekly_on)))
