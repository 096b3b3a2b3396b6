"""Reading how and when a programme ends."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import bindparam, select

from bot.domain.calendar import local_day
from bot.domain.endings import Ending, Reason, is_follow_up
from bot.domain.people import Group, Member
from bot.domain.sketches import Sketch
from bot.domain.stages import Seen
from storage.programme_tables import data_choice, ending, sketch
from storage.reading.indicators import IndicatorReading
from storage.reading.meeting_photos import MeetingPhotoReading
from storage.reading.plan import PlanReading

_group: Any = bindparam("group")
_ending = select(ending).where(ending.c.group_id == _group)
_choices = select(data_choice).where(data_choice.c.group_id == _group)

_sketch = select(sketch).where(sketch.c.group_id == _group, sketch.c.member == bindparam("member"))


class EndingReading(PlanReading, IndicatorReading, MeetingPhotoReading):
    """Fulfils ``bot.domain.plan_books.PlanBooks`` to its end."""

    def ending(self, group: int) -> Ending | None:
        """When and why it ends; None while nobody has said so."""
        row = self.maybe(_ending, group=group)
        if row is None:
            return None
        choices = {one.member: one.keeps for one in self.all(_choices, group=group)}
        by = self.person(row.by)
        return Ending(
            row.group_id, row.last_day, Reason(row.reason), by, row.told, row.ended_at, choices
        )

    def sketch(self, member: Member) -> Sketch | None:
        """Her family and what is around it; None while nobody asked her."""
        row = self.maybe(_sketch, group=member.group, member=member.number)
        return Sketch(member, row.allowed, tuple(row.lines)) if row else None

    def follow_up_is_due(self, group: Group, today: date) -> bool:
        """Whether three months are over since it ended, and nobody was asked yet."""
        row = self.maybe(_ending, group=group.id)
        if row is None or row.ended_at is None or row.followed_up_at is not None:
            return False
        return is_follow_up(local_day(row.ended_at, group.zone), today)

    def seen(self, group: Group) -> Seen:
        """What the books know of a group's programme."""
        numbers = {one.number for one in self.members(group.id)}
        found = self.ending(group.id)
        chosen = len(numbers & found.choices.keys()) if found else 0
        return replace(super().seen(group), announced=found is not None, choices=chosen)
