"""Reading people, groups, claims and entries within a transaction."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Hashable, Sequence
from datetime import date, datetime
from typing import Any, TypeVar

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

_group_columns = [
    group.c[name].label(f"group_{name}")
    for name in ("id", "name", "place", "zone", "ends_on", "code", "holder", "open", "teaches")
]
_group = select(*_group_columns)
_a_group = _group.where(group.c.id == bindparam("id"))
_by_code = _group.where(group.c.code == bindparam("code"))
_led = (
    _group.join(group_mentor, group_mentor.c.group_id == group.c.id)
    .where(group_mentor.c.person == bindparam("id"), group.c.open)
    .order_by(group.c.name, group.c.id)
)
_led_home = (
    select(group.c.zone)
    .join(group_mentor, group_mentor.c.group_id == group.c.id)
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
    select(*_member_columns, *_group_columns[1:])
    .join(person, person.c.id == member.c.person)
    .join(group, group.c.id == member.c.group_id)
    .where(member.c.person == bindparam("id"))
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

T = TypeVar("T")

#: Above every entry number.
_NEWEST = 2**31 - 1


def hashed(code: str) -> str:
    """What is kept of a secret code, so that looking it up tells nothing by its timing."""
    return hashlib.sha256(code.strip().upper().encode()).hexdigest()


class Reading:
    """Fulfils ``bot.domain.books.Books``.

    People and groups are read once for a message: they are remembered until ``forget``.
    """

    def __init__(self, db: Connection, now: datetime, codes: Callable[[int], str]) -> None:
        self.db, self.now, self.codes = db, now, codes
        self._known: dict[Hashable, Any] = {}

    def forget(self) -> None:
        """Drop what was remembered: it may be otherwise now."""
        self._known.clear()

    def forget_one(self, what: Hashable) -> None:
        """Drop one thing that was remembered."""
        self._known.pop(what, None)

    def once(self, what: Hashable, read: Callable[[], T]) -> T:
        """What is remembered under a name, else read now and remembered."""
        if what not in self._known:
            self._known[what] = read()
        known: T = self._known[what]
        return known

    def remember(self, what: Hashable, known: object) -> None:
        """Keep what was learned while something else was read."""
        self._known[what] = known

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
        home = next((group for mine, group in places if mine.active), None)
        if home or places:
            return (home or places[0][1]).zone
        row = self.maybe(_led_home, id=person.id)
        return Zone(row.zone) if row else Zone.WIB

    def _places(self, person: Person) -> Sequence[tuple[Member, Group]]:
        """Everywhere she is or was a member, each with its group."""
        return self.once(("places", person.id), lambda: self._read_places(person))

    def _read_places(self, person: Person) -> Sequence[tuple[Member, Group]]:
        rows = self.all(_places, id=person.id)
        places = [(self._as_member(row), _as_group(row)) for row in rows]
        for _, theirs in places:
            self.remember(("group", theirs.id), theirs)
        return places

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
        return self.once(
            ("mentors", group),
            lambda: [_as_person(row) for row in self.all(_mentors, group=group)],
        )

    def group(self, group: int) -> Group:
        """One group."""
        return self.once(("group", group), lambda: _as_group(self.one(_a_group, id=group)))

    def group_by_code(self, code: str) -> Group | None:
        """The group a join code belongs to."""
        row = self.maybe(_by_code, code=code.strip().upper())
        return _as_group(row) if row else None

    def memberships(self, person: Person) -> Sequence[Member]:
        """Where she is an active member of an open group."""
        return [mine for mine, group in self._places(person) if mine.active and group.open]

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
        self.remember(("member", she.group, she.number), she)
        self.remember(("person", she.person.id), she.person)
        return she

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
    )


def _as_group(row: Row[Any]) -> Group:
    return Group(
        row.group_id,
        row.group_name,
        row.group_place,
        Zone(row.group_zone),
        row.group_ends_on,
        row.group_code,
        row.group_holder,
        row.group_open,
        row.group_teaches,
    )


def _as_entry(row: Row[Any]) -> Entry:
    return Entry(
        row.group_id, row.number, EntryKind(row.kind), row.day, row.member, Money(row.rupiah)
    )
