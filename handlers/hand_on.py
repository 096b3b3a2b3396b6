"""A mentor gives a group to another mentor, who says yes; both and the group hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.payouts import PayoutState
from bot.domain.people import Group, Person
from bot.domain.privacy_changes import GroupDeclined, GroupOffered, GroupPassed
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from handlers.box import all_of_it
from handlers.who import everybody, leads, led_group


@dialogue(says=("serahkan kelompok", "serah kelompok", "pindahkan kelompok"), keepers=True)
async def hand_on(turn: Turn) -> GroupOffered | None:
    """``serahkan kelompok``; the other is asked before anything changes."""
    group = await led_group(turn)
    if group is None:
        return None
    if _yes_is_due(turn.books, group):
        turn.say("answer_first", group=group)
        return None
    here = {one.id for one in turn.books.mentors(group.id)}
    others = [one for one in turn.books.other_mentors(turn.me, group.id) if one.id not in here]
    if not others:
        turn.say("nobody", group=group)
        return None
    to = await ask("to", among(others, lambda one: one.called, lambda one: one.id), group=group)
    if not await ask("sure", yes_or_no("hand_on", "keep"), group=group, to=to):
        turn.say("stays", group=group)
        return None
    turn.say("asked", group=group, to=to)
    return GroupOffered(group, turn.me, to)


def _yes_is_due(books: Books, group: Group) -> bool:
    """Whether money waits for a mentor's yes: who was asked answers it before she goes."""
    waiting = books.payouts_waiting(group.id)
    return any(one.state is PayoutState.ASKED and not one.mentor_yes for one in waiting)


@dialogue(
    follows=GroupOffered,
    to=lambda change, _: [change.to],
    lasts=timedelta(days=14),
    kind="question",
)
async def take_on(turn: Turn) -> GroupPassed | GroupDeclined | None:
    """To the other mentor, with the group in numbers."""
    group, by = turn.books.group(turn.facts["group"]), turn.books.person(turn.facts["by"])
    if leads(turn, group.id) or by.id not in {one.id for one in turn.books.mentors(group.id)}:
        turn.say("settled", group=group)
        return None
    count = len(turn.books.members(group.id))
    facts: dict[str, Any] = {"group": group, "by": by, "count": count}
    facts["all"] = all_of_it(turn, group)
    if not await ask("will_you", yes_or_no("willing", "rather_not"), **facts):
        turn.say("understood")
        return GroupDeclined(group, by, turn.me)
    if _yes_is_due(turn.books, group):
        turn.say("first_hers", group=group, by=by)
        return None
    turn.say("yours", group=group, by=by, offers=("laporan",))
    return GroupPassed(group, by, turn.me)


def _others(change: GroupPassed, books: Books) -> Iterable[Person]:
    mine = everybody(change.group.id, books, but=change.to)
    return {one.id: one for one in [change.by, *mine]}.values()


@dialogue(follows=GroupPassed, to=_others)
async def group_passed(turn: Turn) -> None:
    """To her who gave it, and to the group."""
    group, to = turn.books.group(turn.facts["group"]), turn.books.person(turn.facts["to"])
    by = turn.books.person(turn.facts["by"])
    turn.say("thanks" if turn.me.id == by.id else "led_by", group=group, to=to, by=by)


@dialogue(follows=GroupDeclined, to=lambda change, _: [change.by])
async def group_declined(turn: Turn) -> None:
    """To her who asked."""
    group, to = turn.books.group(turn.facts["group"]), turn.books.person(turn.facts["to"])
    turn.say("declined", group=group, to=to, offers=("serahkan kelompok",))
