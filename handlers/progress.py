"""How far each is with each programme, and what is in her way, in her own words."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from bot.domain.people import Group, Member
from bot.domain.plans import LONGEST_OBSTACLE, ProgressAsked, ProgressTold, Step
from bot.talk import Turn, ask, dialogue, one_of, optional, text, yes_or_no
from handlers.who import led_group, members_of, membership, only_leads

_TWO_WEEKS = timedelta(days=14)

#: Obstacles told at once.
_MOST_OBSTACLES = 8
_SAID = {
    Step.NOT_YET: ("belum",),
    Step.UNDER_WAY: ("sedang", "jalan"),
    Step.DONE: ("sudah", "selesai"),
}


@dialogue(says=("kemajuan",), keepers=True)
async def progress(turn: Turn) -> ProgressAsked | ProgressTold | None:
    """For members: tells; for mentors: has everybody asked."""
    if not only_leads(turn):
        me = await membership(turn)
        return None if me is None else await _told(turn, me)
    group = await led_group(turn)
    if group is None:
        return None
    if not any(one.chosen for one in turn.books.programmes(group.id)):
        turn.say("none_to_ask_about", group=group, offers=("program",))
        return None
    tell_plan_so_far(turn, group)
    if not await ask("send", yes_or_no("send_it", "not_now"), group=group):
        turn.say("let_go")
        return None
    turn.say("sent", count=len(turn.books.members(group.id)))
    return ProgressAsked(group, turn.me)


@dialogue(
    follows=ProgressAsked,
    to=lambda change, books: members_of(change.group.id, books),
    lasts=_TWO_WEEKS,
    kind="question",
)
async def progress_asked(turn: Turn) -> ProgressTold | None:
    """To every member."""
    members = turn.books.members(turn.facts["group"])
    me = next((one for one in members if one.person.id == turn.me.id), None)
    return None if me is None else await _told(turn, me)


async def _told(turn: Turn, me: Member) -> ProgressTold | None:
    chosen = [one for one in turn.books.programmes(me.group) if one.chosen]
    if not chosen:
        turn.say("nothing_chosen")
        return None
    steps: dict[int, Step] = {}
    for one in chosen:
        facts: dict[str, Any] = {"about": one.number, "name": one.name}
        steps[one.number] = Step(
            await ask("how_far", one_of({str(step): ways for step, ways in _SAID.items()}), **facts)
        )
    obstacle = await ask("obstacle", optional(text(LONGEST_OBSTACLE)))
    turn.say("thanks", mentor=turn.books.mentors(me.group)[0])
    return ProgressTold(me, steps, obstacle or "")


def tell_plan_so_far(turn: Turn, group: Group) -> None:
    """The plan against what happened: by programme, how many told that they are done or under way."""
    told = turn.books.progress(group.id)
    chosen = [one for one in turn.books.programmes(group.id) if one.chosen]
    for one in chosen:
        mine = [each.step for each in told if each.programme == one.number]
        facts: dict[str, Any] = {"name": one.name, "done": mine.count(Step.DONE)}
        facts["way"] = mine.count(Step.UNDER_WAY)
        if one.goal is None:
            turn.say("so_far_open", **facts)
        else:
            turn.say("so_far_of", target=one.goal.people, by=one.goal.by, **facts)
    members = {one.number: one for one in turn.books.members(group.id)}
    obstacles = {each.member: each.obstacle for each in told if each.obstacle}
    rows_ = [
        {"member": members[number], "words": words}
        for number, words in obstacles.items()
        if number in members
    ]
    if rows_:
        turn.say("in_the_way", rows=rows_[:_MOST_OBSTACLES])
