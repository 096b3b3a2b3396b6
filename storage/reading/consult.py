"""Reading consultations, a mentor's inbox and what has waited too long."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, case, func, or_, select

from bot.domain.calendar import Zone, local_day
from bot.domain.consultations import (
    CLOSES_AFTER,
    HANDED_ON_AFTER,
    NUDGED_AFTER,
    Canned,
    Consultation,
    InboxSize,
    Part,
    PartKind,
    State,
    Topic,
)
from bot.domain.people import Person
from storage.consult_tables import canned, consultation, part
from storage.reading.words import WordsReading
from storage.tables import group, group_mentor, mentor, person

_a_consultation = select(consultation).where(consultation.c.id == bindparam("id"))
_open = consultation.c.state != State.DONE
_newest = (
    select(consultation)
    .where(consultation.c.asker == bindparam("asker"), _open)
    .order_by(consultation.c.last_at.desc(), consultation.c.id.desc())
    .limit(1)
)
_asked_by = (
    select(consultation)
    .where(consultation.c.asker == bindparam("asker"))
    .order_by(consultation.c.last_at.desc(), consultation.c.id.desc())
    .limit(bindparam("most"))
)
_parts = (
    select(part)
    .where(part.c.consultation == bindparam("of"))
    .order_by(part.c.number.desc())
    .limit(bindparam("most"))
)
_a_part = select(part).where(
    part.c.consultation == bindparam("of"), part.c.number == bindparam("number")
)

# A mentor's inbox: of the groups she leads what nobody else has taken, and what was handed to her.
_led = select(group_mentor.c.group_id).where(group_mentor.c.person == bindparam("me"))
_hers = and_(
    _open,
    or_(
        consultation.c.mentor == bindparam("me"),
        and_(
            consultation.c.group_id.in_(_led),
            or_(consultation.c.mentor.is_(None), consultation.c.answered_at.is_(None)),
        ),
    ),
)
_put_off = and_(consultation.c.state == State.NEW, consultation.c.later_on > bindparam("today"))
_rank = case((_put_off, 1), (consultation.c.state == State.NEW, 0), else_=2)
_inbox = (
    select(consultation)
    .where(_hers)
    .order_by(
        _rank, func.coalesce(consultation.c.waits_since, consultation.c.last_at), consultation.c.id
    )
    .offset(bindparam("skip"))
    .limit(bindparam("most"))
)
_ranks = select(_rank.label("rank")).where(_hers).subquery()
_size = select(_ranks.c.rank, func.count().label("many")).group_by(_ranks.c.rank)

_mentors = (
    select(mentor.c.person)
    .join(person, person.c.id == mentor.c.person)
    .where(mentor.c.person != bindparam("me"))
    .order_by(person.c.name, person.c.id)
    .limit(bindparam("most"))
)
_waiting_for = (
    select(consultation.c.mentor, func.count().label("many"))
    .where(consultation.c.state == State.NEW, consultation.c.mentor.is_not(None))
    .group_by(consultation.c.mentor)
)
_canned = select(canned).where(canned.c.mentor == bindparam("mentor")).order_by(canned.c.title)

# What has waited too long, in one zone.
_there = (
    select(consultation)
    .join(group, group.c.id == consultation.c.group_id)
    .where(group.c.zone == bindparam("zone"), group.c.open)
    .limit(bindparam("most"))
)
_waits = _there.where(
    consultation.c.waits_since.is_not(None),
    consultation.c.asked_at <= bindparam("before"),
).order_by(consultation.c.waits_since)
_to_nudge = _waits.where(consultation.c.nudged_at.is_(None))
_to_hand_on = _waits.where(consultation.c.handed_at.is_(None))
_to_close = _there.where(
    consultation.c.state.in_((State.ANSWERED, State.WAITING)),
    consultation.c.last_at <= bindparam("before"),
).order_by(consultation.c.last_at)

#: Mentors looked through for one to hand a question to.
_MOST_MENTORS = 500


class ConsultReading(WordsReading):
    """Consultations, of ``bot.domain.books.Books`` and of the rounds."""

    def consultation(self, number: int) -> Consultation | None:
        """One consultation."""
        row = self.maybe(_a_consultation, id=number)
        return self._as_consultation(row) if row else None

    def parts(self, number: int, most: int) -> Sequence[Part]:
        """Its newest parts, the oldest of them first."""
        rows = self.all(_parts, of=number, most=most)
        return [self._as_part(row) for row in reversed(rows)]

    def part(self, number: int, part: int) -> Part | None:
        """One part."""
        row = self.maybe(_a_part, of=number, number=part)
        return self._as_part(row) if row else None

    def open_consultation(self, person: Person) -> Consultation | None:
        """Her newest that is not closed."""
        row = self.maybe(_newest, asker=person.id)
        return self._as_consultation(row) if row else None

    def going_on(self, person: Person) -> Consultation | None:
        """The same, if what she says now still belongs to it."""
        found = self.open_consultation(person)
        return found if found and found.goes_on(self.now) else None

    def consultations_of(self, person: Person, most: int) -> Sequence[Consultation]:
        """Her newest, closed ones too."""
        rows = self.all(_asked_by, asker=person.id, most=most)
        return [self._as_consultation(row) for row in rows]

    def inbox(self, mentor: Person, skip: int, most: int) -> Sequence[Consultation]:
        """What is a mentor's to answer, and what she has answered."""
        asked = {"me": mentor.id, "today": self._today(mentor), "skip": skip, "most": most}
        return [self._as_consultation(row) for row in self.all(_inbox, **asked)]

    def inbox_size(self, mentor: Person) -> InboxSize:
        """How many there are."""
        rows = self.all(_size, me=mentor.id, today=self._today(mentor))
        many = {row.rank: row.many for row in rows}
        return InboxSize(many.get(0, 0), many.get(1, 0), many.get(2, 0))

    def other_mentors(self, me: Person, group: int) -> Sequence[Person]:
        """Those of the group, then all others, as far as they can be reached."""
        rows = self.all(_mentors, me=me.id, most=_MOST_MENTORS)
        ours = {one.id for one in self.mentors(group)}
        found = [one for one in (self.person(row.person) for row in rows) if one.reachable]
        return sorted(found, key=lambda one: one.id not in ours)

    def canned(self, mentor: Person) -> Sequence[Canned]:
        """The answers she keeps ready."""
        return [
            Canned(row.number, row.title, row.words) for row in self.all(_canned, mentor=mentor.id)
        ]

    # What waits too long

    def to_nudge(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Questions of which the mentors should be reminded."""
        return self._late(_to_nudge, zone, most, self.now - NUDGED_AFTER)

    def to_hand_on(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Questions another mentor should have."""
        return self._late(_to_hand_on, zone, most, self.now - HANDED_ON_AFTER)

    def to_close(self, zone: Zone, most: int) -> Sequence[Consultation]:
        """Consultations nobody has added to for long."""
        rows = self.all(_to_close, zone=zone, most=most, before=self.now - CLOSES_AFTER)
        return [self._as_consultation(row) for row in rows]

    def next_mentor(self, it: Consultation) -> Person | None:
        """Who else may answer: a mentor who was not asked yet, of the group before all others, then
        with the fewest questions handed to her, then who has been here longest.
        """
        ours = {one.id for one in self.mentors(it.group.id)}
        asked = {it.mentor.id} if it.mentor else ours
        load = {row.mentor: row.many for row in self.all(_waiting_for)}
        others = [one for one in self.other_mentors(it.asker, it.group.id) if one.id not in asked]
        return min(
            others, key=lambda one: (one.id not in ours, load.get(one.id, 0), one.id), default=None
        )

    def _late(
        self, statement: Select[Any], zone: Zone, most: int, before: datetime
    ) -> Sequence[Consultation]:
        rows = self.all(statement, zone=zone, most=most, before=before)
        return [self._as_consultation(row) for row in rows]

    def _today(self, person: Person) -> date:
        return local_day(self.now, self.zone_of(person))

    def _as_consultation(self, row: Row[Any]) -> Consultation:
        return Consultation(
            row.id,
            self.group(row.group_id),
            self.person(row.asker),
            State(row.state),
            row.opened_at,
            row.last_at,
            Topic(row.topic) if row.topic else None,
            None if row.mentor is None else self.person(row.mentor),
            row.answered_at is not None,
            row.waits_since,
            row.later_on,
            tuple(row.offered),
            row.good,
            row.remark,
        )

    def _as_part(self, row: Row[Any]) -> Part:
        writer = self.person(row.writer)
        return Part(row.number, PartKind(row.kind), writer, row.words, row.media, row.at)
