"""Writing down what is counted, handed over and taken to the bank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, insert, text, update

from bot.domain import ledger_changes as changes
from bot.domain.calendar import local_day
from bot.domain.cash import CashKind, CashState, count_is_due
from bot.domain.changes import HolderAccepted
from bot.domain.ledger import (
    Draft,
    difference,
    from_bank,
    hand_over,
    to_bank,
)
from bot.ports import Happened
from storage.ledger import append, chain_of, holder_of, next_number, next_while_saving
from storage.ledger_tables import cash_report, round_
from storage.reading.words import WordsReading
from storage.recording.base import numbered, once, record
from storage.recording.people import take_hold
from storage.tables import group

_settle_report = (
    update(cash_report)
    .where(
        cash_report.c.group_id == bindparam("in_group"),
        cash_report.c.number == bindparam("this"),
        cash_report.c.state == CashState.WAITING,
    )
    .values(state=bindparam("now_is"), settled_at=bindparam("at"))
)
_set_cap = update(group).where(group.c.id == bindparam("this")).values(cap_rupiah=bindparam("cap"))
_once_a_day = text(
    "INSERT INTO round (group_id, kind, day) VALUES (:group_id, :kind, :day) ON CONFLICT DO NOTHING"
).bindparams(bindparam("day", type_=round_.c.day.type))


def once_a_day(books: WordsReading, group_id: int, kind: str, day: date) -> bool:
    """Whether this is the first time today that a group hears of ``kind``; it is noted."""
    row = {"group_id": group_id, "kind": kind, "day": day}
    return books.db.execute(_once_a_day, row).rowcount == 1


@record.register
def _(change: changes.CashReported, books: WordsReading) -> Sequence[Happened]:
    take = next_while_saving if change.kind is CashKind.TO_BANK else next_number
    number = take(books, change.group.id, group.c.next_report)
    row = {
        "group_id": change.group.id,
        "number": number,
        "member": change.member.number,
        "kind": change.kind,
        "rupiah": change.amount.rupiah,
        "booked_rupiah": books.in_box(books.group(change.group.id)).rupiah,
        "checker": change.checker.id,
        "media": change.media,
        "state": CashState.WAITING,
        "made_at": books.now,
    }
    books.db.execute(insert(cash_report), row)
    return [Happened(change, {"group": change.group.id, "report": number})]


@record.register
def _(change: changes.CashConfirmed, books: WordsReading) -> Sequence[Happened]:
    it = change.report
    which = {"in_group": it.group, "this": it.number}
    once(books, _settle_report, **which, now_is=CashState.CONFIRMED, at=books.now)
    chain = chain_of(books, it.group)
    holder = holder_of(chain)
    where = books.group(it.group)
    day = local_day(books.now, where.zone)
    drafts: list[Draft | None]
    if it.kind is CashKind.TO_BANK:
        drafts = [to_bank(holder, it.amount, day)]
    elif it.kind is CashKind.FROM_BANK:
        drafts = [from_bank(holder, it.amount, day)]
    else:
        drafts = [difference(holder, it.booked, it.amount, day)]
    happened = [Happened(change, numbered(it, "report"))]
    if it.kind is CashKind.HAND_OVER:
        box = books.in_box(where) + it.off
        if box and it.member.number != holder:
            drafts.append(hand_over(holder, it.member.number, box, day))
        happened.append(take_hold(HolderAccepted(where, it.member), books))
    booked = [one for one in drafts if one is not None]
    if booked:
        append(books, chain, change.by, booked)
    return happened


@record.register
def _(change: changes.CashDeclined, books: WordsReading) -> Sequence[Happened]:
    it = change.report
    which = {"in_group": it.group, "this": it.number}
    once(books, _settle_report, **which, now_is=CashState.DECLINED, at=books.now)
    return [Happened(change, numbered(it, "report"))]


@record.register
def _(change: changes.CapChanged, books: WordsReading) -> Sequence[Happened]:
    books.db.execute(_set_cap, {"this": change.group.id, "cap": change.cap.rupiah})
    return [Happened(change, {"group": change.group.id, "by": change.by.id})]


@record.register
def _(change: changes.DayBegun, books: WordsReading) -> Sequence[Happened]:
    it, day = change.group, change.day
    if not once_a_day(books, it.id, "day", day):
        return []
    box = books.in_box(it)
    happened = []
    if count_is_due(it, box, day):
        happened.append(Happened(changes.CountAsked(it, day), {"group": it.id}))
    if box > it.cap:
        happened.append(Happened(changes.BoxTooFull(it, day), {"group": it.id}))
    return happened
