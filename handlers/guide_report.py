"""For mentors: who is at which step and since when, and a session held together over a guide."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.guides import SessionHeld, StepKept, StepState
from bot.domain.people import Member, Person
from bot.talk import Turn, ask, dialogue, yes_or_no
from bot.talk.answers import Answer, Got
from bot.talk.guides import Guide, Step
from handlers.attendance import who_came
from handlers.guidance import guides
from handlers.who import led_group

#: Buttons for writing to somebody who is stuck.
_MOST_BUTTONS = 6


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a member is: her next step, whether she said she is stuck, and since when."""

    member: Member
    step: Step
    stuck: bool
    since: datetime


@dialogue(says=("laporan oss", "laporan nib"), keepers=True)
async def oss_report(turn: Turn) -> None:
    """Who is at which step of the way to her NIB."""
    await _report(turn, guides()["oss"])


@dialogue(says=("laporan pasar",), keepers=True)
async def market_report(turn: Turn) -> None:
    """Who is at which lesson, and the links to what hangs on Facebook."""
    guide = guides()["pasar"]
    group = await _report(turn, guide)
    if group is None:
        return
    rows = [
        {"member": one, "given": kept[step.id].given}
        for step in guide.steps
        if step.asks in ("words", "link")
        for one, kept in turn.books.steps_of_group(turn.books.group(group), guide.id)
        if step.id in kept and kept[step.id].given
    ]
    if rows:
        turn.say("given", rows=rows)


async def _report(turn: Turn, guide: Guide) -> int | None:
    group = await led_group(turn)
    if group is None:
        return None
    of_group = turn.books.steps_of_group(group, guide.id)
    finished = [one for one, kept in of_group if guide.next_step(kept) is None]
    new = [one for one, kept in of_group if not kept and one not in finished]
    places = [place for one, kept in of_group if (place := _place(guide, one, kept)) is not None]
    turn.say("guide_report", title=guide.title, group=group, done=len(finished), of=len(of_group))
    held = turn.books.sessions_held(group, guide.id)
    if held:
        turn.say("guide_sessions", count=len(held), day=held[-1][0], many=held[-1][1])
    places.sort(key=lambda one: (not one.stuck, one.since))
    offers = [(f"tulis {group.id} {one.member.number}", one.member.called) for one in places]
    for stuck in (True, False):
        rows = [_row(turn, guide, one) for one in places if one.stuck is stuck]
        if rows:
            turn.say("guide_stuck" if stuck else "guide_at", rows=rows)
    if new:
        turn.say("guide_not_begun", members=new)
    if offers:
        turn.say("guide_write", offers=offers[:_MOST_BUTTONS])
    return group.id


def _place(guide: Guide, member: Member, kept: Mapping[str, StepKept]) -> _Place | None:
    step = guide.next_step(kept)
    if step is None or not kept:
        return None
    here = kept.get(step.id)
    stuck = here is not None and here.state is StepState.STUCK
    since = here.at if stuck and here else max(one.at for one in kept.values())
    return _Place(member, step, stuck, since)


def _row(turn: Turn, guide: Guide, place: _Place) -> dict[str, object]:
    return {
        "member": place.member,
        "number": guide.number(place.step),
        "title": place.step.title,
        "since": local_day(place.since, turn.zone),
    }


@dialogue(says=("sesi oss", "sesi nib"), keepers=True)
async def oss_session(turn: Turn) -> SessionHeld | None:
    """``sesi oss``: who was there, and up to which step all of them are done."""
    return await _session(turn, guides()["oss"])


@dialogue(says=("sesi pasar",), keepers=True)
async def market_session(turn: Turn) -> SessionHeld | None:
    """``sesi pasar``: the same for the lessons."""
    return await _session(turn, guides()["pasar"])


async def _session(turn: Turn, guide: Guide) -> SessionHeld | None:
    group = await led_group(turn)
    if group is None:
        return None
    members = turn.books.members(group.id)
    present = await ask("who_came", who_came(members))
    steps = [{"number": guide.number(one), "title": one.title} for one in guide.steps]
    listed = "\n".join(f"{one['number']}. {one['title']}" for one in steps)
    upto = await ask("upto", _upto(guide), steps=listed)
    facts: dict[str, Any] = {"members": list(present), "number": guide.number(upto)}
    facts |= {"title": upto.title}
    if not await ask("session_right", yes_or_no("write", "do_not"), **facts):
        turn.say("session_let_go")
        return None
    turn.say("session_written", count=len(present))
    done = guide.steps[: guide.number(upto)]
    ends = upto is guide.steps[-1] or any(one.ends for one in done)
    ids = tuple(one.id for one in done)
    return SessionHeld(group, turn.me, guide.id, turn.today, tuple(present), ids, ends)


def _upto(guide: Guide) -> Answer[Step]:
    """A step by its number or its title."""

    def read(words: str) -> Got[Step] | None:
        said = words.strip().lower().removeprefix("langkah").strip(" .")
        if said.isdecimal():
            place = int(said)
            return Got(guide.steps[place - 1]) if 1 <= place <= len(guide.steps) else None
        fits = [one for one in guide.steps if said and said in one.title.lower()]
        return Got(fits[0]) if len(fits) == 1 else None

    def recall(kept: str) -> Got[Step] | None:
        found = guide.step(kept)
        return Got(found) if found else None

    return Answer(read, lambda step: step.id, recall, counted=False)


def _those_with_a_phone(change: SessionHeld, _: Books) -> list[Person]:
    return [one.person for one in change.members]


@dialogue(follows=SessionHeld, to=_those_with_a_phone)
async def session_noted(turn: Turn) -> None:
    """To each who was there and has a phone."""
    guide, mentor = guides()[turn.facts["guide"]], turn.books.person(turn.facts["by"])
    step = guide.step(turn.facts["step"])
    if step is not None:
        number, of = guide.number(step), len(guide.steps)
        facts: dict[str, Any] = {"mentor": mentor, "title": guide.title, "number": number}
        turn.say("noted", **facts, of=of, word=guide.word, offers=[(guide.word, "Lanjut")])
