"""Reading what waits for a second person's word: payouts, disputes, cash reports, statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import BindParameter, Row, bindparam, exists, func, select

from bot.domain.calendar import Zone
from bot.domain.cash import CashKind, CashReport, CashState
from bot.domain.disputes import Dispute, DisputeState
from bot.domain.ledger import AccountKind, Entry, EntryKind
from bot.domain.money import Money
from bot.domain.payouts import WAITING, Payout, PayoutKind, PayoutState
from bot.domain.people import Group, Member, Person
from bot.domain.statements import Statement
from storage.ledger_tables import cash_report, dispute, entry, payout, posting, round_, statement
from storage.reading.base import as_group
from storage.reading.ledger import LedgerReading
from storage.tables import group

_group: BindParameter[int] = bindparam("group")
_number: BindParameter[int] = bindparam("number")
_a_payout = select(payout).where(payout.c.group_id == _group, payout.c.number == _number)
_payouts_waiting = (
    select(payout)
    .where(payout.c.group_id == _group, payout.c.state.in_(WAITING))
    .order_by(payout.c.number)
)
_held = select(func.coalesce(func.sum(payout.c.rupiah), 0)).where(
    payout.c.group_id == _group,
    payout.c.member == bindparam("member"),
    payout.c.state.in_(WAITING),
)
_a_dispute = select(dispute).where(dispute.c.group_id == _group, dispute.c.number == _number)
_open_disputes = (
    select(dispute)
    .where(dispute.c.group_id == _group, dispute.c.state == DisputeState.OPEN)
    .order_by(dispute.c.number)
)
_instead = select(dispute.c.instead).where(
    dispute.c.group_id == _group,
    dispute.c.entry == _number,
    dispute.c.state == DisputeState.CORRECTED,
)
_a_report = select(cash_report).where(
    cash_report.c.group_id == _group, cash_report.c.number == _number
)
_last_count = (
    select(cash_report)
    .where(
        cash_report.c.group_id == _group,
        cash_report.c.kind == CashKind.COUNT,
        cash_report.c.state == CashState.CONFIRMED,
    )
    .order_by(cash_report.c.number.desc())
    .limit(1)
)
_reports_waiting = (
    select(cash_report)
    .where(cash_report.c.group_id == _group, cash_report.c.state == CashState.WAITING)
    .order_by(cash_report.c.number)
)
#: One count, told to one witness after the other, is one row for each, at the time it was counted.
_witnesses = (
    select(cash_report.c.checker)
    .where(
        cash_report.c.group_id == _group,
        cash_report.c.kind == CashKind.COUNT,
        cash_report.c.made_at == bindparam("made_at"),
    )
    .order_by(cash_report.c.number)
)
_statements = select(statement).where(
    statement.c.group_id == _group, statement.c.member == bindparam("member")
)
_a_statement = _statements.where(statement.c.day == bindparam("day"))
_statement_before = (
    _statements.where(statement.c.day < bindparam("day")).order_by(statement.c.day.desc()).limit(1)
)
_newest_day = (
    select(func.max(statement.c.day)).where(statement.c.group_id == _group).scalar_subquery()
)
_unanswered = (
    select(statement.c.member)
    .where(
        statement.c.group_id == _group,
        statement.c.day == _newest_day,
        statement.c.answer.is_(None),
    )
    .order_by(statement.c.member)
)
_differences = (
    select(-posting.c.rupiah)
    .join(entry, (entry.c.group_id == posting.c.group_id) & (entry.c.number == posting.c.entry))
    .where(
        posting.c.group_id == _group,
        posting.c.account == AccountKind.DIFFERENCE,
        entry.c.kind == EntryKind.DIFFERENCE,
        posting.c.entry > bindparam("after"),
    )
    .order_by(posting.c.entry)
)

_unheard = (
    select(group)
    .where(
        group.c.open,
        group.c.closed_at.is_(None),
        group.c.holder.is_not(None),
        group.c.zone == bindparam("zone"),
        ~exists().where(
            round_.c.group_id == group.c.id,
            round_.c.kind == bindparam("kind"),
            round_.c.day == bindparam("day"),
        ),
    )
    .order_by(group.c.id)
    .limit(bindparam("most"))
)

#: Entries of one member between two statements that are shown one by one.
_MOST = 200


class WordsReading(LedgerReading):
    """What waits, of ``bot.domain.books.Books``."""

    def held(self, member: Member) -> Money:
        """What of her savings is on its way back to her."""
        asked = {"group": member.group, "member": member.number}
        return Money(int(self.db.execute(_held, asked).scalar_one()))

    def payout(self, group: int, number: int) -> Payout:
        """Money on its way back."""
        return self._as_payout(self.one(_a_payout, group=group, number=number))

    def payouts_waiting(self, group: int) -> Sequence[Payout]:
        """All that is on its way back in a group."""
        return [self._as_payout(row) for row in self.all(_payouts_waiting, group=group)]

    def dispute(self, group: int, number: int) -> Dispute:
        """One dispute."""
        return self._as_dispute(self.one(_a_dispute, group=group, number=number))

    def booked_instead(self, entry: Entry) -> int | None:
        """The number of the entry in its place, if any."""
        row = self.maybe(_instead, group=entry.group, number=entry.number)
        return row.instead if row else None

    def open_disputes(self, group: int) -> Sequence[Dispute]:
        """What is not settled."""
        return [self._as_dispute(row) for row in self.all(_open_disputes, group=group)]

    def cash_report(self, group: int, number: int) -> CashReport:
        """One report about the cash."""
        return self._as_report(self.one(_a_report, group=group, number=number))

    def last_count(self, group: int) -> CashReport | None:
        """The newest count that was confirmed."""
        row = self.maybe(_last_count, group=group)
        return self._as_report(row) if row else None

    def cash_waiting(self, group: int) -> Sequence[CashReport]:
        """Reports that wait for the checker's word."""
        return [self._as_report(row) for row in self.all(_reports_waiting, group=group)]

    def witnesses(self, count: CashReport) -> Sequence[Person]:
        """Who has been asked whether she saw a count."""
        rows = self.all(_witnesses, group=count.group, made_at=count.made_at)
        return [self.person(row.checker) for row in rows]

    def statement(self, member: Member, day: date) -> Statement:
        """Her statement of a day, with what came since; what stood there then is kept in its row."""
        asked = {"group": member.group, "member": member.number, "day": day}
        it = self.one(_a_statement, **asked)
        before = self.maybe(_statement_before, **asked)
        after = before.last_entry if before else 0
        entries = [one for one in self.entries(member, None, _MOST) if one.number > after]
        found = self.db.execute(_differences, {"group": member.group, "after": after}).scalars()
        differences = [Money(int(rupiah)) for rupiah in found]
        return Statement(member, day, self.saved(member), entries[::-1], differences, it.answer)

    def statements_unanswered(self, group: int) -> Sequence[Member]:
        """Who has not answered the newest statements."""
        return [self.member(group, row.member) for row in self.all(_unanswered, group=group)]

    def groups_unheard(self, kind: str, zone: Zone, day: date, most: int) -> Sequence[Group]:
        """Groups with open books that have not heard of ``kind`` on ``day``."""
        return [
            as_group(row) for row in self.all(_unheard, kind=kind, zone=zone, day=day, most=most)
        ]

    def _as_payout(self, row: Row[Any]) -> Payout:
        return Payout(
            row.group_id,
            row.number,
            PayoutKind(row.kind),
            self.member(row.group_id, row.member),
            Money(row.rupiah),
            row.reason,
            row.mentor_yes,
            row.holder_yes,
            PayoutState(row.state),
            row.made_at,
            row.entry,
        )

    def _as_dispute(self, row: Row[Any]) -> Dispute:
        return Dispute(
            row.group_id,
            row.number,
            self.member(row.group_id, row.member),
            None if row.entry is None else self.entry(row.group_id, row.entry),
            row.words,
            None if row.right_rupiah is None else Money(row.right_rupiah),
            self.person(row.raised_by),
            None if row.other is None else self.person(row.other),
            row.member_yes,
            row.other_yes,
            DisputeState(row.state),
            row.made_at,
        )

    def _as_report(self, row: Row[Any]) -> CashReport:
        return CashReport(
            row.group_id,
            row.number,
            CashKind(row.kind),
            self.member(row.group_id, row.member),
            Money(row.rupiah),
            Money(row.booked_rupiah),
            self.person(row.checker),
            row.media,
            CashState(row.state),
            row.made_at,
        )
