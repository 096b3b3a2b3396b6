"""Reading entries, balances and claims within a transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, FromClause, Row, Select, bindparam, exists, func, select

from bot.domain.claims import Claim, ClaimState
from bot.domain.ledger import OF_SAVINGS, Account, AccountKind, Entry, EntryKind, savings
from bot.domain.ledger_books import Checked
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person
from storage.ledger_tables import balance, claim, entry, posting
from storage.reading.base import Reading
from storage.verifying import verify

_balance = select(balance.c.rupiah).where(
    balance.c.group_id == bindparam("group"),
    balance.c.account == bindparam("account"),
    balance.c.member == bindparam("member"),
)
_in, _out = posting.alias("side_in"), posting.alias("side_out")


def _with_sides(of: FromClause) -> Select[Any]:
    """Entries with the accounts they moved money between."""

    def side(one: FromClause) -> ColumnElement[bool]:
        return (one.c.group_id == of.c.group_id) & (one.c.entry == of.c.number)

    return (
        select(
            of,
            _in.c.account.label("into_kind"),
            _in.c.member.label("into_member"),
            _out.c.account.label("out_kind"),
            _out.c.member.label("out_member"),
        )
        .join(_in, side(_in) & (_in.c.rupiah > 0))
        .join(_out, side(_out) & (_out.c.rupiah < 0))
    )


_entry = _with_sides(entry)
_an_entry = _entry.where(
    entry.c.group_id == bindparam("group"), entry.c.number == bindparam("number")
)
# Picked first and joined after: however many entries there are, ten are looked at.
_newest = (
    select(entry)
    .where(
        entry.c.group_id == bindparam("group"),
        entry.c.member == bindparam("member"),
        entry.c.kind.in_(OF_SAVINGS),
        entry.c.number < bindparam("before"),
    )
    .order_by(entry.c.number.desc())
    .limit(bindparam("most"))
    .subquery("newest")
)
_her_entries = _with_sides(_newest).order_by(_newest.c.number.desc())
_undone = entry.alias("undone")
_reversed_by = select(_undone.c.number).where(
    _undone.c.group_id == bindparam("group"), _undone.c.reverses == bindparam("number")
)
_stands = ~exists().where(
    _undone.c.group_id == entry.c.group_id, _undone.c.reverses == entry.c.number
)
#: Her usual amounts are read from this many of her newest deposits.
_RECENT = 20
_recent = (
    select(entry.c.rupiah)
    .where(
        entry.c.group_id == bindparam("group"),
        entry.c.member == bindparam("member"),
        entry.c.kind == EntryKind.DEPOSIT,
        _stands,
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
        _stands,
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
_claims_waiting = _claim.where(
    claim.c.group_id == bindparam("group"), claim.c.state == "waiting"
).order_by(claim.c.number)
_claims_waiting_in = (
    select(func.count())
    .select_from(claim)
    .where(claim.c.group_id == bindparam("group"), claim.c.state == "waiting")
)
_claimed = select(claim.c.number).where(
    claim.c.group_id == bindparam("group"), claim.c.entry == bindparam("number")
)
_balances = select(balance.c.account, balance.c.member, balance.c.rupiah).where(
    balance.c.group_id == bindparam("group")
)
_by_code = (
    _entry.where(entry.c.group_id == bindparam("group"), entry.c.seal.startswith(bindparam("code")))
    .order_by(entry.c.number)
    .limit(1)
)

#: Above every entry number.
_NEWEST = 2**31 - 1


class LedgerReading(Reading):
    """The money of ``bot.domain.books.Books``."""

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

    def claims_waiting(self, group: Group) -> Sequence[Claim]:
        """The group's claims nobody has confirmed yet."""
        return [self._as_claim(row) for row in self.all(_claims_waiting, group=group.id)]

    def claims_waiting_in(self, group: int) -> int:
        """How many claims of a group wait."""
        return int(self.db.execute(_claims_waiting_in, {"group": group}).scalar_one())

    def balances(self, group: int) -> Mapping[Account, Money]:
        """Every account of a group that was ever moved."""
        return {
            Account(AccountKind(row.account), row.member): Money(row.rupiah)
            for row in self.all(_balances, group=group)
        }

    def all_savings(self, group: int) -> Sequence[tuple[Member, Money]]:
        """Who has savings, by number."""
        found = [
            (account.member, savings(money))
            for account, money in self.balances(group).items()
            if account.kind is AccountKind.SAVINGS and money
        ]
        return [(self.member(group, number), money) for number, money in sorted(found)]

    def told_herself(self, entry: Entry) -> bool:
        """Whether a claim of hers was booked by it."""
        return self.maybe(_claimed, group=entry.group, number=entry.number) is not None

    def reversed_by(self, entry: Entry) -> int | None:
        """The number of the entry that undid this one."""
        row = self.maybe(_reversed_by, group=entry.group, number=entry.number)
        return row.number if row else None

    def check_chain(self, group: int, code: str) -> Checked:
        """Recompute a group's chain, and find the entry a code stands for."""
        found = verify(self.db, [group])
        row = self.maybe(_by_code, group=group, code=code.lower())
        broken = found.wrong[0].entry if found.wrong else None
        return Checked(_as_entry(row) if row else None, found.entries, broken)

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
            None if row.counted_rupiah is None else Money(row.counted_rupiah),
        )


def _as_entry(row: Row[Any]) -> Entry:
    return Entry(
        row.group_id,
        row.number,
        EntryKind(row.kind),
        row.day,
        row.member,
        Money(row.rupiah),
        Account(AccountKind(row.into_kind), row.into_member),
        Account(AccountKind(row.out_kind), row.out_member),
        row.recorded_by,
        row.reverses,
        row.seal,
    )
