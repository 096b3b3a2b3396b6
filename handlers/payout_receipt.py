"""What stands in the books of money that is back in a member's hand."""

from __future__ import annotations

from collections.abc import Iterable

from bot.domain.books import Books
from bot.domain.payout_changes import (
    PayoutBooked,
)
from bot.domain.payouts import PayoutKind
from bot.domain.people import Person
from bot.talk import Turn, dialogue
from handlers.box import at_bank
from handlers.withdraw import told


def _both(change: PayoutBooked, books: Books) -> Iterable[Person]:
    holder = books.group(change.payout.group).holder
    people = [change.payout.member.person]
    if holder is not None and holder != change.payout.member.number:
        people.append(books.member(change.payout.group, holder).person)
    return people


@dialogue(follows=PayoutBooked, to=_both, kind="receipt")
async def payout_receipt(turn: Turn) -> None:
    """To the member, and to the holder whose box it left."""
    payout = turn.books.payout(turn.facts["group"], turn.facts["payout"])
    entry = turn.books.entry(payout.group, turn.facts["entry"])
    if entry is None:
        return
    whose = "yours" if payout.member.person.id == turn.me.id else "hers"
    group = turn.books.group(payout.group)
    turn.say(
        f"{whose}.{payout.kind}",
        offers=(f"bukan segitu {entry.number}",) if payout.kind is PayoutKind.WITHDRAWAL else (),
        saved=turn.books.saved(payout.member),
        box=turn.books.in_box(group),
        number=entry.number,
        code=entry.code,
        **told(payout),
    )
    if whose == "hers" and (bank := at_bank(turn, group)):
        turn.say("beside_the_box", bank=bank, both=turn.books.in_box(group) + bank)
