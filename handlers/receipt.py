"""The receipt: what stands in the books now, in digits and in words."""

from __future__ import annotations

from bot.domain.changes import DepositBooked
from bot.talk import Turn, dialogue


@dialogue(follows=DepositBooked, to=lambda change, _: [change.member.person], kind="receipt")
async def receipt(turn: Turn) -> None:
    """To the member whose money was booked."""
    entry = turn.books.entry(turn.facts["group"], turn.facts["entry"])
    if entry is None:
        return
    me = turn.books.member(entry.group, entry.member)
    turn.say(
        "received" if entry.day == turn.today else "received_for_day",
        offers=(f"bukan segitu {entry.number}",),
        who=turn.books.person(turn.facts["by"]),
        amount=entry.amount,
        day=entry.day,
        saved=turn.books.saved(me),
        number=entry.number,
        code=entry.code,
    )
