"""Writing down what is counted, handed over and taken to the bank."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import bindparam, insert, text, update

from bot.domain import ledger_changes as changes
from bot.domain.calendar import local_day
from bot.domain.cash import (
    TELL_MENTOR_AFTER,
    CashKind,
    CashReport,
    CashState,
    Dropped,
    count_is_due,
    witness_of,
)
from bot.domain.changes import HolderAccepted
from bot.domain.counting import still_fits, unanswered
from bot.domain.ledger import (
    Draft,
    difference,
    from_bank,
    hand_over,
    to_bank,
)
from bot.domain.money import Money
from bot.ports import Conflict, Happened
from storage.ledger import append, chain_of, holder_of, next_number, next_while_saving
from storage.ledger_tables import cash_report, round_
from storage.reading.ending import EndingReading
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
    if unanswered(books, change.group, change.kind):
        raise Conflict("what moves the box is answered first")
    counted_again = drop_counts(books, change.group.id, Dropped.COUNTED_AGAIN)
    booked = books.in_box(books.group(change.group.id))
    return [*counted_again, _told(books, change, number, booked, books.now)]


def _told(
    books: WordsReading, change: changes.CashReported, number: int, booked: Money, at: datetime
) -> Happened:
    row = {
        "group_id": change.group.id,
        "number": number,
        "member": change.member.number,
        "kind": change.kind,
        "rupiah": change.amount.rupiah,
        "booked_rupiah": booked.rupiah,
        "checker": change.checker.id,
        "media": change.media,
        "state": CashState.WAITING,
        "made_at": at,
    }
    books.db.execute(insert(cash_report), row)
    return Happened(change, {"group": change.group.id, "report": number})


@record.register
def _pass_on(change: changes.NotWitnessed, books: WordsReading) -> Sequence[Happened]:
    it = change.report
    number = next_number(books, it.group, group.c.next_report)
    where = books.group(it.group)
    day = local_day(it.made_at, where.zone)
    witness = witness_of(
        it.member,
        books.members(it.group),
        {one.number for one, _ in books.deposits_on(where, day)},
        books.mentors(it.group),
        where.head,
        day,
        but=books.witnesses(it),
    )
    if witness is None:
        return _drop(changes.CashDropped(it, Dropped.NOBODY_SAW), books)
    _settle(books, it, CashState.DECLINED)
    asked = changes.CashReported(it.kind, where, it.member, it.amount, witness)
    told = _told(books, asked, number, it.booked, it.made_at)
    asked_before = {"before": it.checker.id, "silent": change.silent}
    return [Happened(change, {**told.facts, **asked_before}), told]


def drop_counts(books: WordsReading, group_id: int, why: Dropped) -> list[Happened]:
    """Let go of a count that waits: what it was told of is no longer so."""
    counts = [one for one in books.cash_waiting(group_id) if one.kind is CashKind.COUNT]
    return [happened for one in counts for happened in _drop(changes.CashDropped(one, why), books)]


@record.register
def _(change: changes.CashConfirmed, books: WordsReading) -> Sequence[Happened]:
    it = change.report
    chain = chain_of(books, it.group)
    holder = holder_of(chain)
    where = books.group(it.group)
    if not still_fits(books, where, it):
        raise Conflict("the box has moved since it was told")
    _settle(books, it, CashState.CONFIRMED)
    drafts = _drafts(it, holder, books.in_box(where), local_day(books.now, where.zone))
    entries = append(books, chain, change.by, drafts)
    facts = {**numbered(it, "report"), "entry": entries[0].number if entries else 0}
    happened = [Happened(change, facts)]
    if it.kind is CashKind.HAND_OVER:
        happened.append(take_hold(HolderAccepted(where, it.member), books))
    return happened


def _drafts(it: CashReport, holder: int, box: Money, day: date) -> list[Draft]:
    """What is booked when a report is confirmed while the books have ``box`` with the ``holder``."""
    if it.kind is CashKind.TO_BANK:
        return [to_bank(holder, it.amount, day)]
    if it.kind is CashKind.FROM_BANK:
        return [from_bank(holder, it.amount, day)]
    off, left = difference(holder, it.booked, it.amount, day), box + it.off
    drafts = [off] if off else []
    if it.kind is CashKind.HAND_OVER and left and it.member.number != holder:
        drafts.append(hand_over(holder, it.member.number, left, day))
    return drafts


@record.register
def _(change: changes.CashDeclined, books: WordsReading) -> Sequence[Happened]:
    _settle(books, change.report, CashState.DECLINED)
    return [Happened(change, numbered(change.report, "report"))]


@record.register
def _drop(change: changes.CashDropped, books: WordsReading) -> list[Happened]:
    _settle(books, change.report, CashState.DECLINED)
    return [Happened(change, {**numbered(change.report, "report"), "why": change.why})]


def _settle(books: WordsReading, it: CashReport, state: CashState) -> None:
    which = {"in_group": it.group, "this": it.number}
    once(books, _settle_report, **which, now_is=state, at=books.now)


@record.register
def _(change: changes.CapChanged, books: WordsReading) -> Sequence[Happened]:
    books.db.execute(_set_cap, {"this": change.group.id, "cap": change.cap.rupiah})
    return [Happened(change, {"group": change.group.id, "by": change.by.id})]


@record.register
def _(change: changes.DayBegun, books: EndingReading) -> Sequence[Happened]:
    it, day = change.group, change.day
    if not once_a_day(books, it.id, "day", day):
        return []
    box = books.in_box(it)
    happened = []
    ending = books.ending(it.id)
    if count_is_due(it, box, day, ending.last_day if ending else it.ends_on):
        happened.append(Happened(changes.CountAsked(it, day), {"group": it.id}))
    if box > it.cap:
        happened.append(Happened(changes.BoxTooFull(it, day), {"group": it.id}))
    for one in books.cash_waiting(it.id):
        if one.kind is CashKind.COUNT and books.now - one.made_at >= TELL_MENTOR_AFTER:
            happened += _pass_on(changes.NotWitnessed(one, silent=True), books)
    return happened
