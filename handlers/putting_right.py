"""Whether an entry can be put right as she says, as things stand."""

from __future__ import annotations

from bot.domain.correcting import correction
from bot.domain.ledger import BANK, Entry, EntryKind
from bot.domain.money import NOTHING, Money
from bot.talk import Turn


def fits(turn: Turn, entry: Entry, right: Money) -> bool:
    """Whether it changes anything, and leaves nothing below zero; says so when not."""
    if right == entry.amount:
        turn.say("same", was=entry.amount)
        return False
    group = turn.books.group(entry.group)
    member = turn.books.member(group.id, entry.member)
    stands, more = turn.books.balances(group.id), right - entry.amount
    if entry.saved < NOTHING:
        more = -more
    if entry.saved and turn.books.saved(member) + more < turn.books.held(member):
        turn.say("below_zero", member=member)
        return False
    if correction(entry, right, group.holder or 0, turn.today, stands) is None:
        box, bank = turn.books.in_box(group), stands.get(BANK, NOTHING)
        of_bank = entry.kind is EntryKind.TO_BANK
        turn.say("bank_too_small" if of_bank else "box_too_small", box=box, bank=bank)
        return False
    return True
