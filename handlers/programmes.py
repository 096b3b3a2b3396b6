"""Which programmes a group takes on: proposed from its own needs, voted on, chosen."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.domain.people import Group
from bot.domain.plans import (
    LONGEST_NAME,
    MOST_PROGRAMMES,
    OWN,
    Programme,
    ProgrammesChosen,
    ProgrammesProposed,
    ProgrammesVoted,
    proposed,
)
from bot.talk import Turn, ask, dialogue, optional, text, yes_or_no
from handlers.who import everybody, led_group, members_of, only_member

_TWO_WEEKS = timedelta(days=14)


@dialogue(says=("program",), keepers=True)
async def programmes(turn: Turn) -> ProgrammesProposed | ProgrammesChosen | None:
    """For mentors: proposes, then shows the votes and writes down what was chosen.

    A member hears which there are.
    """
    if only_member(turn):
        me = turn.books.memberships(turn.me)[0]
        ours = [one.name for one in turn.books.programmes(me.group) if one.chosen]
        turn.say("ours" if ours else "none_yet", names=ours)
        return None
    group = await led_group(turn)
    if group is None:
        return None
    there = turn.books.programmes(group.id)
    if there:
        return await _votes(turn, group, there)
    focus = turn.books.focus(group.id)
    needs = [need for need, _ in focus.ranking()] if focus else []
    kinds = proposed(needs) or ("celengan", "oss", "market")
    names = [(kind, turn.wording(f"kind_{kind}")) for kind in kinds]
    turn.say("from_needs" if needs else "usual", names=[name for _, name in names])
    for place in range(1, MOST_PROGRAMMES - len(names) + 1):
        own = await ask("own", optional(text(LONGEST_NAME)), about=place)
        if own is None:
            break
        names.append((OWN, own))
    shown = [name for _, name in names]
    if not await ask("vote", yes_or_no("put_to_vote", "not_now"), names=shown):
        turn.say("let_go")
        return None
    turn.say("sent", count=len(turn.books.members(group.id)), offers=("program",))
    return ProgrammesProposed(group, names, turn.me)


async def _votes(turn: Turn, group: Group, there: Sequence[Programme]) -> ProgrammesChosen | None:
    if not any(one.votes for one in there):
        turn.say("no_votes_yet", names=[one.name for one in there])
        return None
    rows = [
        {"name": one.name, "yes": sum(one.votes.values()), "of": len(one.votes)} for one in there
    ]
    turn.say("votes", rows=rows)
    wanted = [one for one in there if one.wanted]
    if any(one.chosen for one in there):
        turn.say("chosen_already", names=[one.name for one in there if one.chosen])
    if not wanted:
        turn.say("nothing_wanted")
        return None
    names = [one.name for one in wanted]
    if not await ask("choose", yes_or_no("choose_them", "not_now"), names=names):
        turn.say("let_go")
        return None
    return ProgrammesChosen(group, [one.number for one in wanted], turn.me)


@dialogue(
    follows=ProgrammesProposed,
    to=lambda change, books: members_of(change.group.id, books),
    lasts=_TWO_WEEKS,
    kind="question",
)
async def vote_programmes(turn: Turn) -> ProgrammesVoted | None:
    """To every member: each programme, yes or not now."""
    group = turn.facts["group"]
    me = next((one for one in turn.books.members(group) if one.person.id == turn.me.id), None)
    there = turn.books.programmes(group)
    if me is None:
        return None
    if any(me.number in one.votes for one in there):
        turn.say("voted_already")
        return None
    turn.say("what_for")
    votes: dict[int, bool] = {}
    for one in there:
        facts: dict[str, Any] = {"about": one.number, "name": one.name}
        votes[one.number] = await ask("want", yes_or_no("join_in", "not_this"), **facts)
    turn.say("thanks")
    return ProgrammesVoted(me, votes)


@dialogue(follows=ProgrammesChosen, to=lambda change, books: everybody(change.group.id, books))
async def programmes_chosen(turn: Turn) -> None:
    """To all, the mentors too."""
    group = turn.books.group(turn.facts["group"])
    names = [one.name for one in turn.books.programmes(group.id) if one.chosen]
    leads = any(one.id == turn.me.id for one in turn.books.mentors(group.id))
    turn.say("chosen", group=group, names=names, offers=("rencana",) if leads else ())
