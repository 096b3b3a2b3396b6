"""Writing down what a group chose to do, and how far each member is."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, update

from bot.domain import plans as changes
from bot.ports import Happened
from storage.programme_tables import plan_answer, programme, programme_vote, progress
from storage.putting import in_turn, put
from storage.reading.plan import PlanReading
from storage.recording.base import once, record

_this_one = (programme.c.group_id == bindparam("in_group")) & (
    programme.c.number == bindparam("this")
)
_choose = update(programme).where(_this_one).values(chosen=bindparam("is_it"))
_aim = (
    update(programme)
    .where(_this_one)
    .values(
        {
            name: bindparam(f"its_{name}")
            for name in ("what", "people", "until", "indicator", "baseline", "responsible")
        }
    )
)
_anew = delete(plan_answer).where(plan_answer.c.group_id == bindparam("this"))


@record.register
def _(change: changes.ProgrammesProposed, books: PlanReading) -> Sequence[Happened]:
    in_turn(books, change.group.id)
    first = len(books.programmes(change.group.id)) + 1
    rows = [
        {
            "group_id": change.group.id,
            "number": number,
            "kind": kind,
            "name": name,
            "by": change.by.id,
            "proposed_at": books.now,
        }
        for number, (kind, name) in enumerate(change.programmes, first)
    ]
    books.db.execute(insert(programme), rows)
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.ProgrammesVoted, books: PlanReading) -> Sequence[Happened]:
    she = change.member
    for number, wants in change.votes.items():
        row = {"group_id": she.group, "programme": number, "member": she.number}
        put(books, programme_vote, {**row, "wants": wants})
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: changes.ProgrammesChosen, books: PlanReading) -> Sequence[Happened]:
    group = change.group.id
    for one in books.programmes(group):
        once(books, _choose, in_group=group, this=one.number, is_it=one.number in change.numbers)
    books.db.execute(_anew, {"this": group})
    return [Happened(change, {"group": group})]


@record.register
def _(change: changes.ProgrammeGoalSet, books: PlanReading) -> Sequence[Happened]:
    it, goal = change.programme, change.goal
    once(
        books,
        _aim,
        in_group=it.group,
        this=it.number,
        its_what=goal.what,
        its_people=goal.people,
        its_until=goal.by,
        its_indicator=goal.indicator,
        its_baseline=goal.baseline,
        its_responsible=goal.responsible,
    )
    books.db.execute(_anew, {"this": it.group})
    return [Happened(change, {"group": it.group})]


@record.register
def _(change: changes.PlanOffered, _books: PlanReading) -> Sequence[Happened]:
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.PlanAnswered, books: PlanReading) -> Sequence[Happened]:
    she = change.member
    row: dict[str, object] = {"group_id": she.group, "member": she.number, "words": change.words}
    put(books, plan_answer, {**row, "agrees": change.agrees, "answered_at": books.now})
    facts: dict[str, int | str] = {"group": she.group, "member": she.number}
    return [Happened(change, {**facts, "words": change.words})]


@record.register
def _(change: changes.ProgressAsked, _books: PlanReading) -> Sequence[Happened]:
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.ProgressTold, books: PlanReading) -> Sequence[Happened]:
    she = change.member
    for number, step in change.steps.items():
        row: dict[str, object] = {"group_id": she.group, "programme": number, "member": she.number}
        row |= {"step": str(step), "obstacle": change.obstacle, "told_at": books.now}
        put(books, progress, row)
    return [Happened(change, {"group": she.group, "member": she.number})]
