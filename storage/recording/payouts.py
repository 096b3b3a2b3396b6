"""Writing down money on its way back to a member, before the end and at it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import bindparam, insert, update

from bot.domain import ledger_changes as changes
from bot.domain import payout_changes
from bot.domain.calendar import local_day
from bot.domain.handing_out import left_for
from bot.domain.ledger import (
    share_out,
    withdrawal,
)
from bot.domain.money import NOTHING
from bot.domain.payouts import Payout, PayoutKind, PayoutState
from bot.domain.people import Person
from bot.domain.share_out import hindrances
from bot.ports import Conflict, Happened
from storage.ledger import (
    append,
    chain_of,
    holder_of,
    next_number,
    next_while_saving,
)
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

_lessen = (
    update(payout)
    .where(_this_payout, payout.c.state == PayoutState.AGREED)
    .values(rupiah=bindparam("less"))
)

#: Nobody hands out what the box does not hold in the books.
_SHORT = "the box holds less"

#: Both have said yes, and the money is on its way from hand to hand.
_AGREED = (PayoutState.AGREED, PayoutState.PAID)

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
def _(change: payout_changes.PayoutAsked, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    number = next_while_saving(books, she.group, group.c.next_payout)
    if books.saved(she) < books.held(she) + change.amount:
        raise Conflict("more than she has")
    mentor_yes, holder_yes = _asking_says(books, change)
    row = {
        "group_id": she.group,
        "number": number,
        "member": she.number,
        "kind": PayoutKind.WITHDRAWAL,
        "rupiah": change.amount.rupiah,
        "reason": change.reason,
        "mentor_yes": mentor_yes,
        "holder_yes": holder_yes,
        "state": PayoutState.ASKED,
        "made_at": books.now,
    }
    books.db.execute(insert(payout), row)
    happened = Happened(change, {"group": she.group, "payout": number, "by": change.asker.id})
    return [happened, *_agree_when_both(books, books.payout(she.group, number))]


def _asking_says(books: WordsReading, change: payout_changes.PayoutAsked) -> tuple[bool, bool]:
    """Whether asking is the mentor's yes, and the holder's; a witness sees the money later.

    One who is both says only the holder's, and her own mentor is another, where there is another.
    """
    she, by = change.member, change.asker
    number = books.group(she.group).holder
    holds = number is not None and books.member(she.group, number).person.id == by.id
    others = [one for one in books.mentors(she.group) if one.id != by.id]
    leads = len(others) < len(books.mentors(she.group))
    own = by.id == she.person.id
    return leads and (not others or not (holds or own)), holds


def _agree_when_both(books: WordsReading, it: Payout) -> Sequence[Happened]:
    if not (it.mentor_yes and it.holder_yes):
        return []
    _move(books, it, PayoutState.AGREED, PayoutState.ASKED)
    return [Happened(payout_changes.PayoutAgreed(it), numbered(it, "payout"))]


@record.register
def _(change: payout_changes.PayoutApproved, books: WordsReading) -> Sequence[Happened]:
    it = change.payout
    which = {"in_group": it.group, "this": it.number}
    says = {"mentor_says": change.as_mentor, "holder_says": change.as_holder}
    once(books, _approved, **which, **says)
    agreed = _agree_when_both(books, books.payout(it.group, it.number))
    return agreed or [Happened(change, {**numbered(it, "payout"), "by": change.by.id})]


@record.register
def _(change: payout_changes.PayoutRefused, books: WordsReading) -> Sequence[Happened]:
    _settle(books, change.payout, PayoutState.REFUSED, PayoutState.ASKED)
    return [Happened(change, {**numbered(change.payout, "payout"), "by": change.by.id})]


@record.register
def _(change: payout_changes.PayoutTakenBack, books: WordsReading) -> Sequence[Happened]:
    _settle(books, change.payout, PayoutState.WITHDRAWN, PayoutState.ASKED, PayoutState.AGREED)
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register
def _(change: payout_changes.PayoutPaid, books: WordsReading) -> Sequence[Happened]:
    it = change.payout
    chain_of(books, it.group)  # nobody else hands out, or counts, until we are done
    _not_the_holder(books, it.group, change.receiver)
    if left_for(books, books.group(it.group), it) < it.amount:
        raise Conflict(_SHORT)
    _move(books, it, PayoutState.PAID, *_AGREED)
    return [Happened(change, numbered(it, "payout"))]


@record.register
def _(change: payout_changes.PayoutNotArrived, books: WordsReading) -> Sequence[Happened]:
    _move(books, change.payout, PayoutState.AGREED, *_AGREED)
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register(payout_changes.PayoutToldOf)
@record.register(payout_changes.PayoutShort)
def _(
    change: payout_changes.PayoutToldOf | payout_changes.PayoutShort, _books: WordsReading
) -> Sequence[Happened]:
    return [Happened(change, numbered(change.payout, "payout"))]


@record.register(payout_changes.PayoutPartly)
@record.register(payout_changes.PayoutLessAsked)
def _(
    change: payout_changes.PayoutPartly | payout_changes.PayoutLessAsked, books: WordsReading
) -> Sequence[Happened]:
    _move(books, change.payout, PayoutState.AGREED, *_AGREED)
    facts = {**numbered(change.payout, "payout"), "by": change.by.id}
    return [Happened(change, {**facts, "given": change.given.rupiah})]


@record.register
def _(change: payout_changes.PayoutLessened, books: WordsReading) -> Sequence[Happened]:
    it = change.payout
    if it.kind is not PayoutKind.WITHDRAWAL or not NOTHING < change.given < it.amount:
        raise Conflict("not less of what she may leave in the celengan")
    chain_of(books, it.group)
    which = {"in_group": it.group, "this": it.number}
    once(books, _lessen, **which, less=change.given.rupiah)
    booked = _book(books, replace(it, amount=change.given), change.by, PayoutState.AGREED)
    facts = {**numbered(it, "payout"), "was": it.amount.rupiah}
    return [Happened(change, facts), *booked]


@record.register
def _(change: payout_changes.PayoutReceived, books: WordsReading) -> Sequence[Happened]:
    return _book(books, change.payout, change.by, PayoutState.PAID)


def _book(books: WordsReading, it: Payout, by: Person, was: PayoutState) -> Sequence[Happened]:
    """It leaves the box on the receiver's word."""
    chain = chain_of(books, it.group)
    _not_the_holder(books, it.group, by)
    where = books.group(it.group)
    if books.in_box(where) < it.amount:
        raise Conflict(_SHORT)
    back = share_out if it.kind is PayoutKind.SHARE_OUT else withdrawal
    day = local_day(books.now, where.zone)
    (booked,) = append(books, chain, by, [back(it.member.number, holder_of(chain), it.amount, day)])
    _settle(books, it, PayoutState.RECEIVED, was, booked=booked.number)
    facts = {**numbered(it, "payout"), "entry": booked.number}
    return [
        Happened(payout_changes.PayoutBooked(it, booked), facts),
        *close_when_done(books, it.group),
    ]


def _not_the_holder(books: WordsReading, group_id: int, receiver: Person) -> None:
    """Whoever pays never says that it arrived, be she a mentor as well. Raises Conflict."""
    number = books.group(group_id).holder
    if number is not None and books.member(group_id, number).person.id == receiver.id:
        raise Conflict("the holder would say herself that it arrived")


def _move(books: WordsReading, it: Payout, now_is: PayoutState, *was: PayoutState) -> None:
    which = {"in_group": it.group, "this": it.number}
    once(books, _move_payout, **which, was=list(was), now_is=now_is)


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


# The share-out


@record.register
def _(change: changes.ShareOutBegun, books: WordsReading) -> Sequence[Happened]:
    once(books, _share, this=change.group.id, at=books.now)
    # Now that nobody else writes to the group: what came in meanwhile must not be shared over.
    where = books.group(change.group.id)
    in_the_way = list(hindrances(books, where, local_day(books.now, where.zone)))
    if in_the_way or tuple(books.all_savings(where.id)) != change.shares:
        raise Conflict(f"the books changed while they were being looked at: {in_the_way}")
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


def close_when_done(books: WordsReading, group_id: int) -> Sequence[Happened]:
    """Close the books of a share-out once everybody has hers and nothing is disputed."""
    if not chain_of(books, group_id).sharing or books.open_disputes(group_id):
        return []
    where = books.group(group_id)
    if where.closed or any(books.balances(group_id).values()):
        return []
    once(books, _close, this=group_id, at=books.now)
    return [Happened(changes.BooksClosed(where), {"group": group_id})]
