"""Reading people, groups, claims and entries within a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Connection,
    Row,
    Select,
    bindparam,
    exists,
    func,
    select,
)

from bot.domain.books import Question
from bot.domain.calendar import Zone
from bot.domain.claims import Claim, ClaimState
from bot.domain.habits import Habit, Quiet, Rhythm, from_bits
from bot.domain.ledger import AccountKind, Entry, EntryKind, savings
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person
from storage.tables import (
    balance,
    claim,
    contact,
    entry,
    group,
    group_mentor,
    member,
    mentor,
    mentor_invite,
    person,
    question,
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

_member = select(
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
).join(person, person.c.id == member.c.person)
_a_member = _member.where(
    member.c.group_id == bindparam("group"), member.c.number == bindparam("number")
)
_members = _member.where(member.c.group_id == bindparam("group"), member.c.active).order_by(
    member.c.number
)
_memberships = (
    _member.join(group, group.c.id == member.c.group_id)
    .where(member.c.person == bindparam("id"), member.c.active, group.c.open)
    .order_by(member.c.group_id)
)

_balance = select(balance.c.rupiah).where(
    balance.c.group_id == bindparam("group"),
    balance.c.account == bindparam("account"),
    balance.c.member == bindparam("member"),
)
_entry = select(
    entry.c.group_id, entry.c.number, entry.c.kind, entry.c.day, entry.c.member, entry.c.rupiah
)
_an_entry = _entry.where(
    entry.c.group_id == bindparam("group"), entry.c.number == bindparam("number")
)
_her_entries = (
    _entry.where(
        entry.c.group_id == bindparam("group"),
        entry.c.member == bindparam("member"),
        entry.c.kind != EntryKind.HAND_OVER,
        entry.c.number < bindparam("before"),
    )
    .order_by(entry.c.number.desc())
    .limit(bindparam("most"))
)
#: Her usual amounts are read from this many of her newest deposits.
_RECENT = 20
_recent = (
    select(entry.c.rupiah)
    .where(
        entry.c.group_id == bindparam("group"),
        entry.c.member == bindparam("member"),
        entry.c.kind == EntryKind.DEPOSIT,
    )
    .order_by(entry.c.number.desc())
    .limit(_RECENT)
    .subquery()
)
_usual = (
    select(_recent.c.rupiah)
    .group_by(_recent.c.rupiah)
    .order_by(func.count().desc(), _recent.c.rupiah)
    .limit(3)
)
_deposits_on = (
    select(entry.c.member, func.sum(entry.c.rupiah).label("rupiah"))
    .where(
        entry.c.group_id == bindparam("group"),
        entry.c.day == bindparam("day"),
        entry.c.kind == EntryKind.DEPOSIT,
    )
    .group_by(entry.c.member)
)

_claim = select(claim)
_a_claim = _claim.where(
    claim.c.group_id == bindparam("group"), claim.c.number == bindparam("number")
)
_waiting = _claim.where(
    claim.c.group_id == bindparam("group"),
    claim.c.member == bindparam("member"),
    claim.c.state == "waiting",
).order_by(claim.c.number)
_to_confirm = _claim.where(
    claim.c.confirmer == bindparam("id"), claim.c.state == "waiting"
).order_by(claim.c.made_at, claim.c.group_id, claim.c.number)
_question = select(question).where(question.c.id == bindparam("id"))

#: Above every entry number.
_NEWEST = 2**31 - 1


def hashed(code: str) -> str:
    """What is kept of a secret code, so that looking it up tells nothing by its timing."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


class Reading:
    """Fulfils ``bot.domain.books.Books``."""

    def __init__(self, db: Connection, now: datetime, codes: Callable[[int], str]) -> None:
        self.db, self.now, self.codes = db, now, codes
        self._homes: dict[int, Group | None] = {}

    def forget(self) -> None:
        """Drop what was remembered within the transaction."""
        self._homes.clear()

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
        return _as_person(self.one(_a_person, id=person_id))

    def zone_of(self, person: Person) -> Zone:
        """The zone of a group of hers, as a member or a mentor; WIB while she has none."""
        home = self.home(person)
        return home.zone if home else Zone.WIB

    def home(self, person: Person) -> Group | None:
        """A group of hers, as a member or else as a mentor."""
        if person.id not in self._homes:
            row = self.maybe(_home, id=person.id) or self.maybe(_led_home, id=person.id)
            self._homes[person.id] = _as_group(row) if row else None
        return self._homes[person.id]

    def mentor_invited(self, code: str) -> str | None:
        """The name a mentor was invited by."""
        row = self.maybe(_invited, hash=hashed(code))
        return row.name if row else None

    def is_mentor(self, person: Person) -> bool:
        """Whether she ever used a mentor's code."""
        return self.maybe(_is_mentor, id=person.id) is not None

    def groups_led(self, mentor: Person) -> Sequence[Group]:
        """The open groups a mentor leads."""
        return [_as_group(row) for row in self.all(_led, id=mentor.id)]

    def mentors(self, group: int) -> Sequence[Person]:
        """Who leads a group."""
        return [_as_person(row) for row in self.all(_mentors, group=group)]

    def group(self, group: int) -> Group:
        """One group."""
        return _as_group(self.one(_a_group, id=group))

    def group_by_code(self, code: str) -> Group | None:
        """The group a join code belongs to."""
        row = self.maybe(_by_code, code=code.strip().upper())
        return _as_group(row) if row else None

    def memberships(self, person: Person) -> Sequence[Member]:
        """Where she is an active member of an open group."""
        return [_as_member(row) for row in self.all(_memberships, id=person.id)]

    def members(self, group: int) -> Sequence[Member]:
        """The active members of a group."""
        return [_as_member(row) for row in self.all(_members, group=group)]

    def member(self, group: int, number: int) -> Member:
        """One member, active or not."""
        return _as_member(self.one(_a_member, group=group, number=number))

    # Money

    def saved(self, member: Member) -> Money:
        """What she has in the celengan."""
        return savings(self._balance(member.group, AccountKind.SAVINGS, member.number))

    def in_box(self, group: Group) -> Money:
        """The cash its holder should have."""
        if group.holder is None:
            return NOTHING
        return self._balance(group.id, AccountKind.CASH, group.holder)

    def _balance(self, group: int, account: AccountKind, number: int) -> Money:
        row = self.maybe(_balance, group=group, account=account, member=number)
        return Money(row.rupiah) if row else NOTHING

    def usual_amounts(self, member: Member) -> Sequence[Money]:
        """Up to three amounts she gives most, else her own word at joining."""
        rows = self.all(_usual, group=member.group, member=member.number)
        amounts = sorted(Money(row.rupiah) for row in rows)
        return amounts or ([member.usual] if member.usual else [])

    def entries(self, member: Member, before: int | None, limit: int) -> Sequence[Entry]:
        """The newest entries about her savings."""
        asked = {"group": member.group, "member": member.number}
        rows = self.all(_her_entries, **asked, before=before or _NEWEST, most=limit)
        return [_as_entry(row) for row in rows]

    def entry(self, group: int, number: int) -> Entry | None:
        """One entry."""
        row = self.maybe(_an_entry, group=group, number=number)
        return _as_entry(row) if row else None

    def claim(self, group: int, number: int) -> Claim:
        """One claim."""
        return self._as_claim(self.one(_a_claim, group=group, number=number))

    def waiting_claims(self, member: Member) -> Sequence[Claim]:
        """Her claims nobody has confirmed yet."""
        rows = self.all(_waiting, group=member.group, member=member.number)
        return [self._as_claim(row) for row in rows]

    def claims_to_confirm(self, person: Person) -> Sequence[Claim]:
        """The claims that wait for this person's word."""
        return [self._as_claim(row) for row in self.all(_to_confirm, id=person.id)]

    def deposits_on(self, group: Group, day: date) -> Sequence[tuple[Member, Money]]:
        """Who put in how much on a day, by name."""
        rows = self.all(_deposits_on, group=group.id, day=day)
        found = [(self.member(group.id, row.member), Money(int(row.rupiah))) for row in rows]
        return sorted(found, key=lambda pair: pair[0].person.name)

    def question(self, number: int) -> Question | None:
        """Words that were passed to the mentors."""
        row = self.maybe(_question, id=number)
        if row is None:
            return None
        return Question(
            row.id,
            self.group(row.group_id),
            self.person(row.asker),
            row.words,
            row.media,
            None if row.answered_by is None else self.person(row.answered_by),
        )

    def _as_claim(self, row: Row[Any]) -> Claim:
        return Claim(
            row.group_id,
            row.number,
            self.member(row.group_id, row.member),
            Money(row.rupiah),
            row.day,
            self.person(row.confirmer),
            ClaimState(row.state),
            row.made_at,
            None if row.entry is None else self.entry(row.group_id, row.entry),
        )


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


def _as_group(row: Row[Any]) -> Group:
    return Group(
        row.id,
        row.name,
        row.place,
        Zone(row.zone),
        row.ends_on,
        row.code,
        row.holder,
        row.open,
        row.teaches,
        quiet=Quiet(row.quiet_from, row.quiet_until),
    )


def _as_entry(row: Row[Any]) -> Entry:
    return Entry(
        row.group_id, row.number, EntryKind(row.kind), row.day, row.member, Money(row.rupiah)
    )
