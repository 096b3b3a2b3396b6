"""Reading focus groups, programmes and how far each member is."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from bot.domain.focus import Focus, Said
from bot.domain.people import Group
from bot.domain.plans import Goal, PlanAnswer, Programme, Progress, Step
from bot.domain.stages import Seen
from storage.programme_tables import (
    focus,
    focus_answer,
    need_vote,
    plan_answer,
    programme,
    programme_vote,
    progress,
)
from storage.reading.programme import ProgrammeReading

_group: Any = bindparam("group")
_newest = select(focus).where(focus.c.group_id == _group).order_by(focus.c.number.desc()).limit(1)
_said = (
    select(focus_answer)
    .where(focus_answer.c.group_id == _group, focus_answer.c.focus == bindparam("focus"))
    .order_by(focus_answer.c.number)
)
_votes = select(need_vote).where(
    need_vote.c.group_id == _group, need_vote.c.focus == bindparam("focus")
)
_programmes = select(programme).where(programme.c.group_id == _group).order_by(programme.c.number)
_wants = select(programme_vote).where(programme_vote.c.group_id == _group)
_plan = select(plan_answer).where(plan_answer.c.group_id == _group)
_progress = (
    select(progress)
    .where(progress.c.group_id == _group)
    .order_by(progress.c.programme, progress.c.member)
)
_spoke = (
    select(focus_answer.c.member.label("member"))
    .where(focus_answer.c.group_id == _group)
    .distinct()
)
_last_said = select(func.coalesce(func.max(focus_answer.c.number), 0)).where(
    focus_answer.c.group_id == _group, focus_answer.c.focus == bindparam("focus")
)


class PlanReading(ProgrammeReading):
    """Fulfils ``bot.domain.plan_books.PlanBooks``."""

    def focus(self, group: int) -> Focus | None:
        """The newest focus group."""
        row = self.maybe(_newest, group=group)
        if row is None:
            return None
        votes = self.all(_votes, group=group, focus=row.number)
        return Focus(
            row.group_id,
            row.number,
            row.in_chat,
            tuple(row.guide),
            row.at,
            row.closed_at is not None,
            tuple(row.needs),
            {one.member: tuple(one.votes) for one in votes},
            row.shared_at is not None,
        )

    def said_in(self, it: Focus) -> Sequence[Said]:
        """Everything that was said in it, in order."""
        return [
            Said(row.number, row.question, row.member, row.words, row.media, row.theme, row.may)
            for row in self.all(_said, group=it.group, focus=it.number)
        ]

    def last_said(self, it: Focus) -> int:
        """The highest number an answer has; 0 without any."""
        return int(self.one(_last_said, group=it.group, focus=it.number)[0])

    def programmes(self, group: int) -> Sequence[Programme]:
        """All that were proposed, in order."""
        votes = self.all(_wants, group=group)
        return [_as_programme(row, votes) for row in self.all(_programmes, group=group)]

    def plan_answers(self, group: int) -> Mapping[int, PlanAnswer]:
        """What members said to the plan as it is, by number."""
        return {
            row.member: PlanAnswer(row.agrees, row.words, row.answered_at)
            for row in self.all(_plan, group=group)
        }

    def progress(self, group: int) -> Sequence[Progress]:
        """What each member told last of each programme."""
        return [
            Progress(row.programme, row.member, Step(row.step), row.obstacle, row.told_at)
            for row in self.all(_progress, group=group)
        ]

    def seen(self, group: Group) -> Seen:
        """What the books know of a group's programme."""
        numbers = {one.number for one in self.members(group.id)}
        newest = self.focus(group.id)
        chosen = [one for one in self.programmes(group.id) if one.chosen]
        agreed = {one for one, said in self.plan_answers(group.id).items() if said.agrees}
        return replace(
            super().seen(group),
            spoke=len(numbers & {row.member for row in self.all(_spoke, group=group.id)}),
            ranked=len(numbers & newest.votes.keys()) if newest else 0,
            chosen=len(chosen),
            goals=sum(one.goal is not None for one in chosen),
            plan_agreed=len(numbers & agreed),
            told=len(numbers & {one.member for one in self.progress(group.id)}),
        )


def _as_programme(row: Row[Any], votes: Sequence[Row[Any]]) -> Programme:
    goal = None
    if row.what is not None:
        goal = Goal(row.what, row.people, row.until, row.indicator, row.baseline, row.responsible)
    mine = {one.member: one.wants for one in votes if one.programme == row.number}
    return Programme(row.group_id, row.number, row.kind, row.name, row.chosen, goal, mine)
