"""Reading people, groups and their words within a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from typing import Any, NamedTuple, TypeVar

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    select,
)

from bot.domain.calendar import Zone
from bot.domain.habits import Habit, Quiet, Rhythm, from_bits
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person
from storage.tables import (
    contact,
    group,
    group_mentor,
    member,
    mentor,
    mentor_invite,
    person,
)

_reachable = (
    exists()
    .where(contact.c.person == person.c.id, ~contact.c.gone)
    .correlate(person)
    .label("reachable")
)
_person = (person.c.id, person.c.name, person.c.sapaan, _reachable)
_a_person = select(*_person).where(person.c.id == bindparam("id"))
_mentors = (
    select(*_person)
    .join(group_mentor, group_mentor.c.person == person.c.id)
    .where(group_mentor.c.group_id == bindparam("group"))
    .order_by(person.c.id)
)
_is_mentor = select(mentor.c.person).where(mentor.c.person == bindparam("id"))
_invited = select(mentor_invite.c.name).where(
    mentor_invite.c.code_hash == bindparam("hash"), mentor_invite.c.used_by.is_(None)
)

_group = select(group)
_a_group = _group.where(group.c.id == bindparam("id"))
_by_code = _group.where(group.c.code == bindparam("code"))
_led = (
    _group.join(group_mentor, group_mentor.c.group_id == group.c.id)
    .where(group_mentor.c.person == bindparam("id"), group.c.open)
    .order_by(group.c.name, group.c.id)
)
_home = (
    _group.join(member, member.c.group_id == group.c.id)
    .where(member.c.person == bindparam("id"))
    .order_by(member.c.active.desc(), group.c.id)
    .limit(1)
)
_led_home = (
    _group.join(group_mentor, group_mentor.c.group_id == group.c.id)
    .where(group_mentor.c.person == bindparam("id"))
    .order_by(group.c.id)
    .limit(1)
)

_member_columns = (
    member.c.group_id,
    member.c.number,
    member.c.business,
    member.c.usual_rupiah,
    member.c.remind_at,
    member.c.active,
    member.c.rhythm,
    member.c.weekly_on,
    member.c.rest_until,
    member.c.rest_days,
    member.c.remind_in_ramadan,
    *_person,
)
_member = select(*_member_columns).join(person, person.c.id == member.c.person)
_a_member = _member.where(
    member.c.group_id == bindparam("group"), member.c.number == bindparam("number")
)
_members = _member.where(member.c.group_id == bindparam("group"), member.c.active).order_by(
    member.c.number
)
_places = (
    select(*_member_columns, group.c.open.label("group_open"), group.c.zone)
    .join(person, person.c.id == member.c.person)
    .join(group, group.c.id == member.c.group_id)
    .where(member.c.person == bindparam("id"))
    .order_by(member.c.group_id)
)

T = TypeVar("T")


def hashed(code: str) -> str:
    """What is kept of a secret code, so that looking it up tells nothing by its timing."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


class _Place(NamedTuple):
    """Where somebody is or was a member."""

    mine: Member
    open: bool
    zone: Zone


class Reading:
    """Fulfils ``bot.domain.books.Books``, but for the money.

    People and groups are read once for a message: they are remembered until ``forget``.
    """

    def __init__(self, db: Connection, now: datetime, codes: Callable[[int], str]) -> None:
        self.db, self.now, self.codes = db, now, codes
        self._known: dict[tuple[object, ...], Any] = {}

    def forget(self, *, but: Collection[str] = ()) -> None:
        """Drop what was remembered, ``but`` for these kinds: it may be otherwise now."""
        self._known = {what: known for what, known in self._known.items() if what[0] in but}

    def once(self, what: tuple[object, ...], read: Callable[[], T]) -> T:
        """What is remembered under a name (its kind first), else read now and remembered."""
        if what not in self._known:
            self._known[what] = read()
        known: T = self._known[what]
        return known

    def remembered(self, what: tuple[object, ...]) -> Any:
        """What is remembered under a name; None when nothing is."""
        return self._known.get(what)

    def one(self, statement: Select[Any], **values: object) -> Row[Any]:
        """The row that must be there."""
        return self.db.execute(statement, values).one()

    def maybe(self, statement: Select[Any], **values: object) -> Row[Any] | None:
        """The row, if it is there."""
        return self.db.execute(statement, values).one_or_none()

    def all(self, statement: Select[Any], **values: object) -> Sequence[Row[Any]]:
        """Every row."""
        return self.db.execute(statement, values).all()

    # People

    def person(self, person_id: int) -> Person:
        """Someone we know."""
        return self.once(
            ("person", person_id), lambda: _as_person(self.one(_a_person, id=person_id))
        )

    def zone_of(self, person: Person) -> Zone:
        """The zone of a group of hers, as a member or a mentor; WIB while she has none."""
        return self.once(("zone", person.id), lambda: self._zone_of(person))

    def _zone_of(self, person: Person) -> Zone:
        places = self._places(person)
        if places:
            return next((one.zone for one in places if one.mine.active), places[0].zone)
        row = self.maybe(_led_home, id=person.id)
        return Zone(row.zone) if row else Zone.WIB

    def _places(self, person: Person) -> Sequence[_Place]:
        return self.once(
            ("places", person.id),
            lambda: [
                _Place(self._as_member(row), row.group_open, Zone(row.zone))
                for row in self.all(_places, id=person.id)
            ],
        )

    def home(self, person: Person) -> Group | None:
        """A group of hers, as a member or else as a mentor."""
        return self.once(("home", person.id), lambda: self._home_of(person))

    def _home_of(self, person: Person) -> Group | None:
        row = self.maybe(_home, id=person.id) or self.maybe(_led_home, id=person.id)
        return as_group(row) if row else None

    def mentor_invited(self, code: str) -> str | None:
        """The name a mentor was invited by."""
        row = self.maybe(_invited, hash=hashed(code))
        return row.name if row else None

    def is_mentor(self, person: Person) -> bool:
        """Whether she ever used a mentor's code."""
        return self.maybe(_is_mentor, id=person.id) is not None

    def groups_led(self, mentor: Person) -> Sequence[Group]:
        """The open groups a mentor leads."""
        return [as_group(row) for row in self.all(_led, id=mentor.id)]

    def mentors(self, group: int) -> Sequence[Person]:
        """Who leads a group."""
        return self.once(
            ("mentors", group),
            lambda: [_as_person(row) for row in self.all(_mentors, group=group)],
        )

    def group(self, group: int) -> Group:
        """One group."""
        return self.once(("group", group), lambda: as_group(self.one(_a_group, id=group)))

    def group_by_code(self, code: str) -> Group | None:
        """The group a join code belongs to."""
        row = self.maybe(_by_code, code=code.strip().upper())
        return as_group(row) if row else None

    def memberships(self, person: Person) -> Sequence[Member]:
        """Where she is an active member of an open group."""
        return [one.mine for one in self._places(person) if one.mine.active and one.open]

    def places(self, person: Person) -> Sequence[Member]:
        """Wherever she is or was a member."""
        return [one.mine for one in self._places(person)]

    def members(self, group: int) -> Sequence[Member]:
        """The active members of a group."""
        return self.once(
            ("members", group),
            lambda: [self._as_member(row) for row in self.all(_members, group=group)],
        )

    def member(self, group: int, number: int) -> Member:
        """One member, active or not."""
        return self.once(
            ("member", group, number),
            lambda: self._as_member(self.one(_a_member, group=group, number=number)),
        )

    def _as_member(self, row: Row[Any]) -> Member:
        she = _as_member(row)
        self._known["member", she.group, she.number] = she
        self._known["person", she.person.id] = she.person
        return she


def _as_person(row: Row[Any]) -> Person:
    return Person(row.id, row.name, row.sapaan, bool(row.reachable))


def _as_member(row: Row[Any]) -> Member:
    usual = None if row.usual_rupiah is None else Money(row.usual_rupiah)
    return Member(
        row.group_id,
        row.number,
        _as_person(row),
        row.business,
        usual,
        row.remind_at,
        row.active,
        Habit(
            Rhythm(row.rhythm),
            row.weekly_on,
            row.rest_until,
            from_bits(row.rest_days),
            row.remind_in_ramadan,
        ),
    )


def as_group(row: Row[Any]) -> Group:
    """A row of groups as a group."""
    return Group(
        row.id,
        row.name,
        row.place,
        Zone(row.zone),
        row.ends_on,
        row.code,
        row.holder,
        row.open,
        Money(row.cap_rupiah),
        row.head,
        row.next_entry - 1,
        row.sharing_since is not None,
        row.closed_at is not None,
        row.teaches,
        quiet=Quiet(row.quiet_from, row.quiet_until),
    )
