"""Writing down how a programme ends, and erasing what somebody would not have kept."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, update

from bot.domain import endings as changes
from bot.domain.people import Group
from bot.domain.stages import ProgrammeDay
from bot.ports import Happened
from storage.programme_tables import (
    data_choice,
    ending,
    focus_answer,
    progress,
    sketch,
    survey_answer,
)
from storage.putting import put
from storage.reading.ending import EndingReading
from storage.reading.programme import PROGRAMME
from storage.recording.base import once, record
from storage.recording.cash import once_a_day
from storage.recording.meeting_photos import drop_photos_with
from storage.recording.programme import meetings_tomorrow
from storage.tables import group

_end = (
    update(ending).where(ending.c.group_id == bindparam("this")).values(ended_at=bindparam("now"))
)
_told = update(ending).where(ending.c.group_id == bindparam("this")).values(told=bindparam("which"))
_shut = update(group).where(group.c.id == bindparam("this")).values(open=False)
_followed = (
    update(ending)
    .where(ending.c.group_id == bindparam("this"), ending.c.followed_up_at.is_(None))
    .values(followed_up_at=bindparam("now"))
)
#: Her own words and answers. Votes and attendance are the group's, and say nothing by themselves.
_ERASED = [
    delete(table).where(
        table.c.group_id == bindparam("in_group"), table.c.member == bindparam("whose")
    )
    for table in (survey_answer, focus_answer, progress, sketch)
]


@record.register
def _(change: ProgrammeDay, books: EndingReading) -> Sequence[Happened]:
    it = change.group
    if not once_a_day(books, it.id, PROGRAMME, books.today_of(it)):
        return []
    return [*meetings_tomorrow(books, it), *_of_the_ending(books, it)]


def _of_the_ending(books: EndingReading, it: Group) -> Sequence[Happened]:
    """What the end of a group's programme has for today."""
    found = books.ending(it.id)
    if found is None:
        return []
    today = books.today_of(it)
    if found.ended_at is None:
        return _announced(books, it, found)
    if books.follow_up_is_due(it, today):
        once(books, _followed, this=it.id, now=books.now)
        return [Happened(changes.FollowUpDue(it), {"group": it.id, "round": "later"})]
    return []


@record.register
def _(change: changes.EndingPlanned, books: EndingReading) -> Sequence[Happened]:
    row: dict[str, object] = {"group_id": change.group.id, "last_day": change.last_day}
    row |= {"reason": str(change.reason), "by": change.by.id, "planned_at": books.now}
    row["told"] = None  # another day is announced anew
    put(books, ending, row)
    found = books.ending(change.group.id)
    happened = [Happened(change, {"group": change.group.id})]
    return [*happened, *_announced(books, change.group, found)] if found else happened


def _announced(books: EndingReading, it: Group, found: changes.Ending) -> Sequence[Happened]:
    """That the end is near, when it is time to say so; it is noted, so that it is said once."""
    today = books.today_of(it)
    weeks = changes.weeks_to_announce(found.last_day, today, found.told)
    if weeks is None:
        return []
    once(books, _told, this=it.id, which=weeks)
    left = changes.weeks_left(found.last_day, today)
    return [Happened(changes.EndingNear(it, left), {"group": it.id, "weeks": left})]


@record.register
def _(change: changes.ProgrammeEnded, books: EndingReading) -> Sequence[Happened]:
    once(books, _end, this=change.group.id, now=books.now)
    once(books, _shut, this=change.group.id)
    books.forget()
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.DataChosen, books: EndingReading) -> Sequence[Happened]:
    she = change.member
    row: dict[str, object] = {"group_id": she.group, "member": she.number, "keeps": change.keeps}
    put(books, data_choice, {**row, "chosen_at": books.now})
    if not change.keeps:
        for erase in _ERASED:
            books.db.execute(erase, {"in_group": she.group, "whose": she.number})
        drop_photos_with(books.db, she.group, she.number)
    return [Happened(change, {"group": she.group, "member": she.number})]
