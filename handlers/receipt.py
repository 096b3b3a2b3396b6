"""The receipt: what stands in the books now, in digits and in words."""

from __future__ import annotations

from bot.domain.changes import DepositBooked
from bot.domain.habits import milestone
from bot.domain.ledger import Entry
from bot.domain.people import Member
from bot.talk import Turn, dialogue
from handlers.goal import goal_drawn


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
    _milestone(turn, me, entry)


def _milestone(turn: Turn, me: Member, entry: Entry) -> None:
    """A quarter, half, three quarters or all of her goal, in a picture, when this took her there."""
    goal, saved = turn.books.goal(me), turn.books.saved(me)
    reached = goal and milestone(goal, saved - entry.amount, saved)
    if goal is None or reached is None:
        return
    key = "goal_there" if reached == 100 else "milestone"  # noqa: PLR2004 - percent
    turn.say(key, goal=goal.name, percent=goal.percent(saved), media=goal_drawn(goal, saved))
