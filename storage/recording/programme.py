"""Writing down how a group's programme goes: stages, meetings, contracts and surveys."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, delete, insert, update

from bot.domain import programme_changes as changes
from bot.domain.people import Group
from bot.domain.surveys import Round
from bot.ports import Conflict, Happened
from storage.programme_tables import (
    contract,
    contract_answer,
    meeting,
    meeting_member,
    stage_move,
    stage_tick,
    survey_answer,
    survey_round,
)
from storage.putting import in_turn, put
from storage.reading.programme import ProgrammeReading
from storage.recording.base import once, record

_untick = delete(stage_tick).where(
    stage_tick.c.group_id == bindparam("this"), stage_tick.c.name == bindparam("which")
)
_this = update(meeting).where(
    meeting.c.group_id == bindparam("in_group"),
    meeting.c.number == bindparam("this"),
    meeting.c.called_off_at.is_(None),
)
_hold = _this.values(held_at=bindparam("now"), notes=bindparam("kept"))
_invite = _this.where(meeting.c.invited_at.is_(None)).values(invited_at=bindparam("now"))
_not_held = _this.where(meeting.c.held_at.is_(None))
_move = _not_held.values(day=bindparam("to_day"), at=bindparam("to_hour"), place=bindparam("there"))
_call_off = _not_held.values(called_off_at=bindparam("now"))
_ask_anew = (
    update(meeting_member)
    .where(
        meeting_member.c.group_id == bindparam("in_group"),
        meeting_member.c.meeting == bindparam("this"),
    )
    .values(comes=None)
)
_share = (
    update(survey_round)
    .where(survey_round.c.group_id == bindparam("this"), survey_round.c.round == str(Round.AFTER))
    .values(shared_at=bindparam("now"))
)


@record.register
def _(change: changes.StageMoved, books: ProgrammeReading) -> Sequence[Happened]:
    in_turn(books, change.group.id)
    row = {
        "group_id": change.group.id,
        "number": len(books.moves(change.group.id)) + 1,
        "stage": int(change.stage),
        "by": change.by.id,
        "moved_at": books.now,
    }
    books.db.execute(insert(stage_move), row)
    return [Happened(change, {"group": change.group.id})]


@record.register
def _(change: changes.StepTicked, books: ProgrammeReading) -> Sequence[Happened]:
    if change.done:
        row = {"group_id": change.group.id, "name": change.name, "by": change.by.id}
        put(books, stage_tick, {**row, "ticked_at": books.now})
    else:
        books.db.execute(_untick, {"this": change.group.id, "which": change.name})
    return [Happened(change, {"group": change.group.id})]


def meetings_tomorrow(books: ProgrammeReading, it: Group) -> Sequence[Happened]:
    """The meetings whose eve it is."""
    tomorrow = books.today_of(it) + timedelta(days=1)
    return [
        Happened(changes.MeetingNear(one), {"group": it.id, "meeting": one.number})
        for one in books.meetings(it.id)
        if one.day == tomorrow and not one.held
    ]


@record.register
def _(change: changes.MeetingPlanned, books: ProgrammeReading) -> Sequence[Happened]:
    in_turn(books, change.group.id)
    number = books.last_meeting(change.group.id) + 1
    row = {
        "group_id": change.group.id,
        "number": number,
        "day": change.day,
        "at": change.at,
        "place": change.place,
        "topic": change.topic,
        "by": change.by.id,
        "planned_at": books.now,
    }
    books.db.execute(insert(meeting), row)
    planned = Happened(change, {"group": change.group.id, "meeting": number})
    if not change.invites:
        return [planned]
    invited = changes.MeetingInvited(books.meeting(change.group.id, number))
    return [planned, *record(invited, books)]


@record.register
def _(change: changes.MeetingInvited, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.meeting
    once(books, _invite, in_group=it.group, this=it.number, now=books.now)
    return [Happened(change, {"group": it.group, "meeting": it.number})]


@record.register
def _(change: changes.MeetingMoved, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.meeting
    which = {"in_group": it.group, "this": it.number}
    once(books, _move, **which, to_day=change.day, to_hour=change.at, there=change.place)
    books.db.execute(_ask_anew, which)
    return [Happened(change, {"group": it.group, "meeting": it.number})]


@record.register
def _(change: changes.MeetingCalledOff, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.meeting
    once(books, _call_off, in_group=it.group, this=it.number, now=books.now)
    return [Happened(change, {"group": it.group, "meeting": it.number})]


@record.register
def _(change: changes.MeetingAnswered, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.meeting
    which = {"group_id": it.group, "meeting": it.number, "member": change.member.number}
    put(books, meeting_member, {**which, "comes": change.comes})
    return [Happened(change, {"group": it.group, "meeting": it.number})]


@record.register
def _(change: changes.MeetingHeld, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.meeting
    which = {"in_group": it.group, "this": it.number}
    once(books, _hold, **which, now=books.now, kept=change.notes)
    for member, attended in change.attended.items():
        row: dict[str, object] = {"group_id": it.group, "meeting": it.number, "member": member}
        put(books, meeting_member, {**row, "attended": str(attended)})
    return [Happened(change, {"group": it.group, "meeting": it.number})]


@record.register
def _(change: changes.ContractOffered, books: ProgrammeReading) -> Sequence[Happened]:
    in_turn(books, change.group.id)
    newest = books.contract(change.group.id)
    version, terms = (newest.version if newest else 0) + 1, change.terms
    row = {
        "group_id": change.group.id,
        "version": version,
        "purpose": terms.purpose,
        "until": terms.until,
        "schedule": terms.schedule,
        "rules": terms.rules,
        "leaving": terms.leaving,
        "wording": change.wording,
        "by": change.by.id,
        "made_at": books.now,
    }
    books.db.execute(insert(contract), row)
    return [Happened(change, {"group": change.group.id, "version": version})]


@record.register
def _(change: changes.ContractAnswered, books: ProgrammeReading) -> Sequence[Happened]:
    it = change.contract
    newest = books.contract(it.group)
    if newest is None or newest.version != it.version:
        raise Conflict("another version is before the group by now")
    which = {"group_id": it.group, "version": it.version, "member": change.member.number}
    put(books, contract_answer, {**which, "agrees": change.agrees, "answered_at": books.now})
    facts: dict[str, int | str] = {"group": it.group, "member": change.member.number}
    return [Happened(change, {**facts, "agrees": int(change.agrees)})]


@record.register
def _(change: changes.SurveyAsked, books: ProgrammeReading) -> Sequence[Happened]:
    row = {"group_id": change.group.id, "round": str(change.round), "by": change.by.id}
    put(books, survey_round, {**row, "asked_at": books.now})
    return [Happened(change, {"group": change.group.id, "round": str(change.round)})]


@record.register
def _(change: changes.SurveyAnswered, books: ProgrammeReading) -> Sequence[Happened]:
    she = change.member
    row: dict[str, object] = {"group_id": she.group, "member": she.number}
    row |= {"round": str(change.round), "answers": dict(change.answers), "answered_at": books.now}
    put(books, survey_answer, row)
    return [Happened(change, {"group": she.group, "member": she.number})]


@record.register
def _(change: changes.ResultShared, books: ProgrammeReading) -> Sequence[Happened]:
    once(books, _share, this=change.group.id, now=books.now)
    return [Happened(change, {"group": change.group.id})]
