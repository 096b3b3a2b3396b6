"""The plan of a group: for each programme a goal that can be checked, agreed by each member."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.people import Group, Member, Person
from bot.domain.plans import (
    LONGEST_GOAL,
    LONGEST_INDICATOR,
    LONGEST_OBSTACLE,
    Goal,
    PlanAnswered,
    PlanOffered,
    Programme,
    ProgrammeGoalSet,
    vague,
)
from bot.files import document
from bot.talk import (
    Turn,
    among,
    ask,
    day_ahead,
    dialogue,
    member_of,
    one_of,
    optional,
    text,
)
from handlers.number import number_up_to
from handlers.who import led_group, only_leads, reading_place

_TWO_YEARS, _TWO_WEEKS = 731, timedelta(days=14)

#: Times a goal is asked for anew before it is left for another day.
_MOST_TRIES = 3


@dialogue(says=("rencana",), keepers=True)
async def group_plan(turn: Turn) -> ProgrammeGoalSet | PlanOffered | None:
    """For mentors: fills in one goal after the other, then puts the plan before the members, who read it."""
    if not only_leads(turn):
        await _for_member(turn)
        return None
    group = await led_group(turn)
    if group is None:
        return None
    chosen = [one for one in turn.books.programmes(group.id) if one.chosen]
    if not chosen:
        turn.say("nothing_chosen", group=group, offers=("program",))
        return None
    open_ = [one for one in chosen if one.goal is None]
    if open_:
        return await _goal(turn, group, open_[0])
    tell_plan(turn, chosen)
    _who_agreed(turn, group)
    turn.say("paper", media=document("plan", group=group.id))
    ways = {"send_it": ("kirim",), "change_one": ("ubah",), "not_now": ("nanti",)}
    way = await ask("send", one_of(ways))
    if way == "change_one":
        named = among(chosen, lambda one: one.name[:20], lambda one: one.number)
        return await _goal(turn, group, await ask("which", named))
    if way == "not_now":
        turn.say("let_go")
        return None
    turn.say("sent", count=len(turn.books.members(group.id)), offers=("rencana",))
    return PlanOffered(group, turn.me)


async def _for_member(turn: Turn) -> None:
    """The plan as it is, to read and to keep."""
    me = await reading_place(turn)
    if me is None:
        return
    planned = [one for one in turn.books.programmes(me.group) if one.chosen and one.goal]
    if not planned:
        turn.say("no_plan_yet")
        return
    tell_plan(turn, planned)
    turn.say("paper", media=document("plan", group=me.group))


async def _goal(turn: Turn, group: Group, programme: Programme) -> ProgrammeGoalSet | None:
    members = turn.books.members(group.id)
    name = programme.name
    for place in range(1, _MOST_TRIES + 1):
        facts: dict[str, Any] = {"about": place, "name": name}
        what = await ask("what", text(LONGEST_GOAL), **facts)
        people = await ask("people", number_up_to(len(members)), of=len(members), **facts)
        by = await ask("by", day_ahead(turn.today, most=_TWO_YEARS), **facts)
        baseline = await ask("baseline", number_up_to(len(members)), **facts)
        goal = Goal(what, people, by, "", baseline)
        wrong = vague(goal, len(members), group.ends_on)
        if not wrong:
            break
        for one in wrong:
            turn.say(one, until=group.ends_on, of=len(members), people=people)
    else:
        turn.say("another_day")
        return None
    indicator = await ask("indicator", text(LONGEST_INDICATOR), name=name)
    who = await ask("responsible", optional(member_of(members)), name=name)
    turn.say("kept", what=what, people=people, by=by, offers=("rencana",))
    kept = replace(goal, indicator=indicator, responsible=who.number if who else None)
    return ProgrammeGoalSet(programme, kept, turn.me)


def tell_plan(turn: Turn, chosen: Sequence[Programme]) -> None:
    """Each programme with its goal."""
    rows = [
        {"name": one.name, "what": one.goal.what, "people": one.goal.people, "by": one.goal.by}
        for one in chosen
        if one.goal is not None
    ]
    turn.say("programme", rows=rows)


def _who_agreed(turn: Turn, group: Group) -> None:
    answers, members = turn.books.plan_answers(group.id), turn.books.members(group.id)
    if not answers:
        return
    agreed = sum(one.agrees for one in answers.values())
    turn.say("agreed", count=agreed, of=len(members))
    silent = [one for one in members if one.number not in answers]
    if silent:
        turn.say("not_answered", members=silent)


def _members(change: PlanOffered, books: Books) -> Iterable[Person]:
    answers = books.plan_answers(change.group.id)
    return [one.person for one in books.members(change.group.id) if one.number not in answers]


@dialogue(follows=PlanOffered, to=_members, lasts=_TWO_WEEKS, kind="question")
async def plan_offered(turn: Turn) -> PlanAnswered | None:
    """To every member who has not answered the plan as it is."""
    group = turn.facts["group"]
    me: Member | None = next(
        (one for one in turn.books.members(group) if one.person.id == turn.me.id), None
    )
    if me is None:
        return None
    if me.number in turn.books.plan_answers(group):
        turn.say("answered_already")
        return None
    turn.say("plan_is")
    tell_plan(turn, [one for one in turn.books.programmes(group) if one.chosen])
    ways = {"agree": ("setuju", "ya", "iya"), "otherwise": ("usul", "tidak", "belum")}
    if await ask("agree", one_of(ways)) == "agree":
        turn.say("thanks")
        return PlanAnswered(me, agrees=True, words="")
    words = await ask("proposal", text(LONGEST_OBSTACLE))
    turn.say("passed_on", mentor=turn.books.mentors(group)[0])
    return PlanAnswered(me, agrees=False, words=words)


def _mentors(change: PlanAnswered, books: Books) -> Iterable[Person]:
    return [] if change.agrees else books.mentors(change.member.group)


@dialogue(follows=PlanAnswered, to=_mentors)
async def plan_answered(turn: Turn) -> None:
    """To the mentors, when a member would have it otherwise."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    turn.say("proposes", member=member, words=turn.facts["words"], offers=("rencana",))
