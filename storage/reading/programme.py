"""Reading how far a group's programme is: stages, meetings, contracts and surveys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, exists, func, or_, select

from bot.domain.calendar import Zone, local_day
from bot.domain.contracts import Answer, Contract, Terms
from bot.domain.ledger import EntryKind
from bot.domain.meetings import Attendance, Meeting
from bot.domain.people import Group, Person
from bot.domain.stages import Move, Seen, Stage
from bot.domain.surveys import Round, Survey
from storage.ledger_tables import entry, round_
from storage.programme_tables import (
    contract,
    contract_answer,
    ending,
    meeting,
    meeting_member,
    stage_move,
    stage_tick,
    survey_answer,
    survey_round,
)
from storage.reading.base import as_group
from storage.reading.words import WordsReading
from storage.tables import group, group_mentor

#: The kind of round in which a programme's day begins.
PROGRAMME = "programme"

_group: Any = bindparam("group")
_ever_led = (
    select(group)
    .join(group_mentor, group_mentor.c.group_id == group.c.id)
    .where(group_mentor.c.person == bindparam("id"))
    .order_by(group.c.name, group.c.id)
)
_moves = select(stage_move).where(stage_move.c.group_id == _group).order_by(stage_move.c.number)
_ticks = select(stage_tick.c.name).where(stage_tick.c.group_id == _group)
_meetings = (
    select(meeting)
    .where(meeting.c.group_id == _group, meeting.c.called_off_at.is_(None))
    .order_by(meeting.c.day, meeting.c.at)
)
_a_meeting = select(meeting).where(
    meeting.c.group_id == _group, meeting.c.number == bindparam("number")
)
_attending = select(meeting_member).where(meeting_member.c.group_id == _group)
_contract = (
    select(contract)
    .where(contract.c.group_id == _group)
    .order_by(contract.c.version.desc())
    .limit(1)
)
_contract_answers = select(contract_answer).where(
    contract_answer.c.group_id == _group, contract_answer.c.version == bindparam("version")
)
_survey = (
    select(survey_answer)
    .where(survey_answer.c.group_id == _group, survey_answer.c.round == bindparam("round"))
    .order_by(survey_answer.c.member)
)
_rounds = select(survey_round).where(
    survey_round.c.group_id == _group, survey_round.c.round == bindparam("round")
)
_savers = (
    select(entry.c.member)
    .where(entry.c.group_id == _group, entry.c.kind == EntryKind.DEPOSIT)
    .distinct()
)
_in_programme = (
    select(group)
    .where(
        group.c.zone == bindparam("zone"),
        or_(
            group.c.open,
            exists().where(ending.c.group_id == group.c.id, ending.c.followed_up_at.is_(None)),
        ),
        ~exists().where(
            round_.c.group_id == group.c.id,
            round_.c.kind == PROGRAMME,
            round_.c.day == bindparam("day"),
        ),
    )
    .order_by(group.c.id)
    .limit(bindparam("most"))
)
_last_meeting = select(func.coalesce(func.max(meeting.c.number), 0)).where(
    meeting.c.group_id == _group
)


class ProgrammeReading(WordsReading):
    """Fulfils ``bot.domain.programme_books.ProgrammeBooks``."""

    def groups_ever_led(self, mentor: Person) -> Sequence[Group]:
        """The groups a mentor leads, open or ended."""
        return [as_group(row) for row in self.all(_ever_led, id=mentor.id)]

    def groups_in_programme(self, zone: Zone, day: date, most: int) -> Sequence[Group]:
        """Groups whose ``day`` has not begun yet."""
        return [as_group(row) for row in self.all(_in_programme, zone=zone, day=day, most=most)]

    def today_of(self, group: Group) -> date:
        """The day it is where a group lives."""
        return local_day(self.now, group.zone)

    def moves(self, group: int) -> Sequence[Move]:
        """How a group went through the stages."""
        rows = self.all(_moves, group=group)
        return [Move(Stage(row.stage), self.person(row.by), row.moved_at) for row in rows]

    def seen(self, group: Group) -> Seen:
        """What the books know of its programme."""
        numbers = {one.number for one in self.members(group.id)}
        newest = self.contract(group.id)
        shared = self.maybe(_rounds, group=group.id, round=Round.AFTER)
        savers = {row.member for row in self.all(_savers, group=group.id)}
        return Seen(
            members=len(numbers),
            meetings_held=sum(one.held for one in self.meetings(group.id)),
            agreed=sum(newest.agreed_by(one) for one in numbers) if newest else 0,
            before=len(numbers & self.survey(group.id, Round.BEFORE).answers.keys()),
            holder=group.holder is not None,
            saved=len(numbers & savers),
            after=len(numbers & self.survey(group.id, Round.AFTER).answers.keys()),
            shared=shared is not None and shared.shared_at is not None,
            closed=group.closed,
            ticks=frozenset(row.name for row in self.all(_ticks, group=group.id)),
        )

    def meeting(self, group: int, number: int) -> Meeting:
        """One meeting."""
        row = self.one(_a_meeting, group=group, number=number)
        return _as_meeting(row, self.all(_attending, group=group))

    def meetings(self, group: int) -> Sequence[Meeting]:
        """Every meeting."""
        attending = self.all(_attending, group=group)
        return [_as_meeting(row, attending) for row in self.all(_meetings, group=group)]

    def last_meeting(self, group: int) -> int:
        """The highest number a meeting of a group has; 0 without any."""
        return int(self.one(_last_meeting, group=group)[0])

    def contract(self, group: int) -> Contract | None:
        """The newest version."""
        row = self.maybe(_contract, group=group)
        if row is None:
            return None
        answers = self.all(_contract_answers, group=group, version=row.version)
        return Contract(
            row.group_id,
            row.version,
            Terms(row.purpose, row.until, row.schedule, row.rules, row.leaving),
            row.wording,
            self.person(row.by),
            row.made_at,
            {one.member: Answer(one.agrees, one.answered_at) for one in answers},
        )

    def survey(self, group: int, round_: Round) -> Survey:
        """Everybody's answers of one round."""
        rows = self.all(_survey, group=group, round=round_)
        zone = self.group(group).zone
        return Survey(
            round_,
            {row.member: row.answers for row in rows},
            {row.member: local_day(row.answered_at, zone) for row in rows},
        )

    def survey_asked_at(self, group: int, round_: Round) -> datetime | None:
        """When the group was last asked."""
        row = self.maybe(_rounds, group=group, round=round_)
        return row.asked_at if row else None


def _as_meeting(row: Row[Any], attending: Sequence[Row[Any]]) -> Meeting:
    mine = [one for one in attending if one.meeting == row.number]
    return Meeting(
        row.group_id,
        row.number,
        row.day,
        row.at,
        row.place,
        row.topic,
        row.notes,
        {one.member: one.comes for one in mine if one.comes is not None},
        {one.member: Attendance(one.attended) for one in mine if one.attended is not None},
        row.invited_at is not None,
        row.called_off_at is not None,
    )
