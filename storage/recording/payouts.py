"""Writing down money on its way back to a member, before the end and at it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import ledger_changes as changes
from bot.domain.calendar import local_day
from bot.domain.ledger import (
    share_out,
    withdrawal,
)
from bot.domain.payouts import Payout, PayoutKind, PayoutState
from bot.domain.people import Person
from bot.ports import Conflict, Happened
from storage.ledger import append, chain_of, holder_of, next_number
from storage.ledger_tables import payout
from storage.reading.words import WordsReading
from storage.recording.base import numbered, once, record
from storage.tables import group

_this_payout = (payout.c.group_id == bindparam("in_group")) & (payout.c.number == bindparam("this"))
_move_payout = (
    update(payout)
    .where(_this_payout, payout.c.state.in_(bindparam("was", expanding=True)))
    .values(state=bindparam("now_is"))
)
_settle_payout = _move_payout.values(settled_at=bindparam("at"), entry=bindparam("booked"))
_approve = update(payout).where(_this_payout, payout.c.state == PayoutState.ASKED)
_approved = _approve.values(
    mentor_yes=payout.c.mentor_yes | bindparam("mentor_says"),
    holder_yes=payout.c.holder_yes | bindparam("holder_says"),
)

_share = (
    update(group)
    .where(group.c.id == bindparam("this"), group.c.sharing_since.is_(None))
    .values(sharing_since=bindparam("at"))
)
_close = (
    update(group)
    .where(group.c.id == bindparam("this"), group.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"))
)


@record.register
def _(change: changes.PayoutAsked, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    number = next_number(books, she.group, group.c.next_payout)
    if books.saved(she) < books.held(she) + change.amount:
        raise Conflict("more than she has")
    row = {
        "group_id": she.group,
        "number": number,
        "member": she.number,
        "kind": PayoutKind.WITHDRAWAL,
        "rupiah": change.amount.rupiah,
        "reason": change.reason,
        "mentor_yes": False,
        # The holder's own asking is her yes; a witness sees the money later.
        "holder_yes": books.group(she.group).holder == she.number,
        "state": PayoutState.ASKED,
        "made_at": books.now,
    }
    books.db.execute(insert(payout), row)
    return [Happened(change, {"group": she.group, "payout": number})]


@record.register
def _(change: changes.PayoutApproved, books: WordsReading) -> Sequence[Happened]:
    it = change.payout
    which = {"in_group": it.group, "this": it.number}
    says = {"mentor_says": change.as_mentor, "holder_says": change.as_holder}
    once(books, _approved, **which, **says)
    now = books.payout(it.group, it.number)
    facts = numbered(it, "payout")
    if not (now.mentor_yes and now.holder_yes):
        return [Happened(change, {**facts, "by": change.by.id})]
    _move(books, it, PayoutState.AGREED, PayoutState.ASKED)
    return [Happened(changes.PayoutAgreed(now), facts)]


@record.register
def _(change: changes.PayoutRefused, books: WordsReading) -> Sequence[Happened]:
    _settle(books, change.payout, PayoutState.REFUSED, PayoutState.ASKED)
    return [Happened(change, {**numbered(change.payout, "payout"), "by": change.by.id})]


@record.register
def _(change: changes.PayoutTakenBack, books: WordsReading) -> Sequence[Happened]:
    _settle(books, change.payout, PayoutState.WITHDRAWN, PayoutState.ASKED, PayoutState.AGREED)
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register
def _(change: changes.PayoutPaid, books: WordsReading) -> Sequence[Happened]:
    _not_the_holder(books, change.payout.group, change.receiver)
    _move(books, change.payout, PayoutState.PAID, PayoutState.AGREED)
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register
def _(change: changes.PayoutNotArrived, books: WordsReading) -> Sequence[Happened]:
    _move(books, change.payout, PayoutState.AGREED, PayoutState.PAID)
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register
def _(change: changes.PayoutReceived, books: WordsReading) -> Sequence[Happened]:
    it = change.payout
    chain = chain_of(books, it.group)
    _not_the_holder(books, it.group, change.by)
    where = books.group(it.group)
    back = share_out if it.kind is PayoutKind.SHARE_OUT else withdrawal
    draft = back(it.member.number, holder_of(chain), it.amount, local_day(books.now, where.zone))
    (booked,) = append(books, chain, change.by, [draft])
    _settle(books, it, PayoutState.RECEIVED, PayoutState.PAID, booked=booked.number)
    facts = {**numbered(it, "payout"), "entry": booked.number}
    happened = [Happened(changes.PayoutBooked(it, booked), facts)]
    if where.sharing and not any(money for money in books.balances(it.group).values()):
        once(books, _close, this=it.group, at=books.now)
        happened.append(Happened(changes.BooksClosed(where), {"group": it.group}))
    return happened


def _not_the_holder(books: WordsReading, group_id: int, receiver: Person) -> None:
    """Whoever pays never says that it arrived, be she a mentor as well. Raises Conflict."""
    number = books.group(group_id).holder
    if number is not None and books.member(group_id, number).person.id == receiver.id:
        raise Conflict("the holder would say herself that it arrived")


def _move(books: WordsReading, it: Payout, now_is: PayoutState, was: PayoutState) -> None:
    which = {"in_group": it.group, "this": it.number}
    once(books, _move_payout, **which, was=[was], now_is=now_is)


def _settle(
    books: WordsReading,
    it: Payout,
    now_is: PayoutState,
    *was: PayoutState,
    booked: int | None = None,
) -> None:
    which = {"in_group": it.group, "this": it.number}
    settled = {"now_is": now_is, "at": books.now, "booked": booked}
    once(books, _settle_payout, **which, was=list(was), **settled)


@record.register
def _(change: changes.ShareOutBegun, books: WordsReading) -> Sequence[Happened]:
    once(books, _share, this=change.group.id, at=books.now)
    if tuple(books.all_savings(change.group.id)) != change.shares:
        raise Conflict("the books changed while they were being looked at")
    for she, amount in change.shares:
        row = {
            "group_id": she.group,
            "number": next_number(books, she.group, group.c.next_payout),
            "member": she.number,
            "kind": PayoutKind.SHARE_OUT,
            "rupiah": amount.rupiah,
            "mentor_yes": True,
            "holder_yes": True,
            "state": PayoutState.AGREED,
            "made_at": books.now,
        }
        books.db.execute(insert(payout), row)
    return [Happened(change, {"group": change.group.id})]
