"""The six stages: where a group is, what is there and what is missing, and the way forward or back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.domain.people import Group
from bot.domain.stages import BY_HAND, Check, Seen, Stage, StageMoved, StepTicked, checklist
from bot.talk import Turn, ask, dialogue, one_of, yes_or_no
from handlers.who import ever_led_group, membership, only_member

_FORWARD, _BACK, _TICK, _STAY = "forward", "back", "tick", "stay"
_ALSO: Mapping[str, Sequence[str]] = {
    _FORWARD: ("maju", "lanjut", "berikutnya", "tahap berikut"),
    _BACK: ("mundur", "kembali"),
    _TICK: ("tandai", "centang"),
    _STAY: ("cukup", "tidak", "nanti", "selesai"),
}


@dialogue(says=("tahap",), keepers=True)
async def stages(turn: Turn) -> StageMoved | StepTicked | None:
    """For mentors; a member sees where her group is."""
    if only_member(turn):
        await _seen(turn)
        return None
    group = await ever_led_group(turn)
    if group is None:
        return None
    moves = turn.books.moves(group.id)
    if not moves:
        turn.say("not_begun", group=group)
        if not await ask("begin", yes_or_no("start", "later")):
            turn.say("let_go")
            return None
        _tell(turn, Stage.PREPARING, turn.books.seen(group))
        return StageMoved(group, Stage.PREPARING, turn.me)
    here, seen = moves[-1].stage, turn.books.seen(group)
    turn.say("here", group=group)
    _tell(turn, here, seen)
    ways = {
        _FORWARD: here.after is not None,
        _BACK: here.before is not None,
        _TICK: bool(BY_HAND[here]),
        _STAY: True,
    }
    way = await ask("way", one_of({one: _ALSO[one] for one, there in ways.items() if there}))
    to = {_FORWARD: here.after, _BACK: here.before}.get(way)
    if to is not None:
        turn.say("moved" if way == _FORWARD else "went_back", group=group)
        _tell(turn, to, seen)
        return StageMoved(group, to, turn.me)
    if way == _TICK:
        return await _ticked(turn, group, here, seen)
    turn.say("stays")
    return None


async def _ticked(turn: Turn, group: Group, here: Stage, seen: Seen) -> StepTicked:
    """A step only people can see: done now, or not any more."""
    by_hand = BY_HAND[here]
    name = by_hand[0]
    if len(by_hand) > 1:
        name = await ask("which", one_of(dict.fromkeys(by_hand, ())))
    done = name not in seen.ticks
    turn.say("ticked" if done else "unticked", what=turn.wording(f"item_{name}"))
    return StepTicked(group, name, done, turn.me)


async def _seen(turn: Turn) -> None:
    me = await membership(turn)
    if me is None:
        return
    moves = turn.books.moves(me.group)
    if not moves:
        turn.say("none_yet", mentor=turn.books.mentors(me.group)[0])
        return
    number = int(moves[-1].stage)
    turn.say("here", group=turn.books.group(me.group))
    turn.say("title", number=number, stage=turn.wording(f"stage_{number}"))
    turn.say(f"aim_{number}", offers=("program", "rencana"))


def _tell(turn: Turn, stage: Stage, seen: Seen) -> None:
    number = int(stage)
    turn.say("title", number=number, stage=turn.wording(f"stage_{number}"))
    turn.say(f"aim_{number}")
    checks = checklist(stage, seen)
    for key, done in (("done", True), ("missing", False)):
        rows = [{"what": _what(turn, one)} for one in checks if one.done is done]
        if rows:
            turn.say(key, rows=rows)
    turn.say(f"words_{number}")


def _what(turn: Turn, one: Check) -> str:
    what = turn.wording(f"item_{one.name}")
    return what if one.of == 1 else turn.wording("so_many", what=what, count=one.count, of=one.of)
