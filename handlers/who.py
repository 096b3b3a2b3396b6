"""Who is speaking: her place in a group, or the group she leads."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.people import Group, Member
from bot.talk import Turn, among, ask


async def membership(turn: Turn) -> Member | None:
    """Her place in her group; asks which when there are several; says so when there is none."""
    mine = turn.books.memberships(turn.me)
    if not mine:
        turn.say("not_a_member")
        return None
    if len(mine) == 1:
        return mine[0]
    groups = {one.group: turn.books.group(one.group) for one in mine}
    by_name = among(mine, lambda one: groups[one.group].name, lambda one: one.group)
    return await ask("which_group", by_name, already=turn.opening)


async def led_group(turn: Turn) -> Group | None:
    """The group a mentor means; asks which when she leads several; says so when there is none."""
    led = turn.books.groups_led(turn.me)
    if not led:
        turn.say("no_group_yet" if turn.books.is_mentor(turn.me) else "only_mentors")
        return None
    return await _which(turn, led)


async def kept_group(turn: Turn) -> Group | None:
    """The group in which she may write for others: one she leads, or whose celengan she holds."""
    held = [
        group
        for mine in turn.books.memberships(turn.me)
        if (group := turn.books.group(mine.group)).holder == mine.number
    ]
    groups = {group.id: group for group in [*turn.books.groups_led(turn.me), *held]}
    if not groups:
        turn.say("only_keepers")
        return None
    return await _which(turn, list(groups.values()))


async def _which(turn: Turn, groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    by_name = among(groups, lambda group: group.name, lambda group: group.id)
    return await ask("which_group", by_name, already=turn.opening)


def holder_of(turn: Turn, group: Group) -> Member | None:
    """The member who keeps a group's cash."""
    return None if group.holder is None else turn.books.member(group.id, group.holder)
