"""The needs that came up, ranked by the members themselves: three votes each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from bot.domain.focus import VOTES, Focus, NeedsRanked, NeedsShared, RankingAsked, needs_in
from bot.domain.people import Group
from bot.files import picture
from bot.talk import Turn, ask, dialogue, one_of, yes_or_no
from handlers.who import everybody, led_group, members_of, membership, only_member

_TWO_WEEKS = timedelta(days=14)

#: The needs as they may also be said.
_SAID: Mapping[str, Sequence[str]] = {
    "capital": ("modal",),
    "marketing": ("jualan",),
    "finance": ("keuangan",),
    "licence": ("izin",),
    "skills": ("keterampilan",),
    "personal": ("pribadi",),
}


@dialogue(says=("kebutuhan",), keepers=True)
async def needs(turn: Turn) -> RankingAsked | NeedsShared | None:
    """For mentors: puts them to the vote, then shows the group what it ranked. A member sees that."""
    if only_member(turn):
        await _seen(turn)
        return None
    group = await led_group(turn)
    if group is None:
        return None
    now = turn.books.focus(group.id)
    found = needs_in(turn.books.said_in(now)) if now else ()
    if now is None or not found:
        turn.say("nothing_came_up", group=group, offers=("fgd",))
        return None
    if not now.needs:
        names = [turn.wording(f"need_{one}") for one in found]
        if not await ask("vote", yes_or_no("put_to_vote", "not_now"), names=names):
            turn.say("let_go")
            return None
        turn.say("sent", count=len(turn.books.members(group.id)), offers=("kebutuhan",))
        return RankingAsked(now, found, turn.me)
    return await _results(turn, group, now)


async def _seen(turn: Turn) -> None:
    me = await membership(turn)
    now = turn.books.focus(me.group) if me else None
    if me is None:
        return
    if now is None or not now.needs:
        turn.say("none_yet")
    elif not now.shared:
        turn.say("being_ranked", offers=("pendamping",))
    else:
        group = turn.books.group(me.group)
        turn.say("result", group=group, media=picture("needs", group=group.id))


async def _results(turn: Turn, group: Group, now: Focus) -> NeedsShared | None:
    members = turn.books.members(group.id)
    silent = [one for one in members if one.number not in now.votes]
    turn.say("voted", count=len(now.votes), of=len(members))
    if silent:
        turn.say("not_voted", members=silent)
    if not now.votes or not await ask("show", yes_or_no("show_it", "not_now"), group=group):
        turn.say("let_go")
        return None
    return NeedsShared(now, turn.me)


@dialogue(
    follows=RankingAsked,
    to=lambda change, books: members_of(change.focus.group, books),
    lasts=_TWO_WEEKS,
    kind="question",
)
async def rank_needs(turn: Turn) -> NeedsRanked | None:
    """To every member: three votes, one need may have several."""
    now = turn.books.focus(turn.facts["group"])
    members = turn.books.members(turn.facts["group"])
    me = next((one for one in members if one.person.id == turn.me.id), None)
    if me is None or now is None or now.number != turn.facts["focus"]:
        return None
    if me.number in now.votes:
        turn.say("voted_already")
        return None
    if now.shared:
        turn.say("over")
        return None
    turn.say("what_for", count=VOTES)
    votes = [
        await ask("vote", one_of({one: _SAID[one] for one in now.needs}), about=place, place=place)
        for place in range(1, VOTES + 1)
    ]
    turn.say("thanks", names=[turn.wording(f"buttons.{one}") for one in votes])
    return NeedsRanked(now, me, votes)


@dialogue(follows=NeedsShared, to=lambda change, books: everybody(change.focus.group, books))
async def needs_shared(turn: Turn) -> None:
    """To all, the mentors too: the picture."""
    group = turn.books.group(turn.facts["group"])
    turn.say("result", group=group, media=picture("needs", group=group.id))
