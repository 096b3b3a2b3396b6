"""When the savings may be shared out: everything is counted, settled and answered."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.domain.calendar import local_day
from bot.domain.cash import COUNT_HOLDS
from bot.domain.ledger import BANK
from bot.domain.ledger_books import LedgerBooks
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group


def hindrances(books: LedgerBooks, group: Group, today: date) -> Iterator[str]:
    """What stands in the way of a share-out, by name; nothing when it may begin."""
    if group.holder is None:
        yield "no_holder"
        return
    if books.claims_waiting_in(group.id):
        yield "claims_wait"
    if books.payouts_waiting(group.id):
        yield "payouts_wait"
    if books.cash_waiting(group.id):
        yield "cash_waits"
    if books.open_disputes(group.id):
        yield "disputes_open"
    if books.balances(group.id).get(BANK, NOTHING):
        yield "in_bank"
    count = books.last_count(group.id)
    counted_on = local_day(count.made_at, group.zone) if count else None
    if count is None or counted_on is None or today - counted_on > COUNT_HOLDS:
        yield "not_counted"
    elif count.amount != books.in_box(group):
        yield "counted_before"
    if total(books, group) != books.in_box(group) + books.balances(group.id).get(BANK, NOTHING):
        yield "box_is_off"


def total(books: LedgerBooks, group: Group) -> Money:
    """All that is owed to the members."""
    return Money(sum(money.rupiah for _, money in books.all_savings(group.id)))
