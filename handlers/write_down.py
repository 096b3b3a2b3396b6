"""The holder writes down what she was given: one name, or a list as in group chats."""

from __future__ import annotations

from dataclasses import dataclass

from bot.domain.changes import DepositsRecorded
from bot.domain.money import Money
from bot.domain.people import LARGEST_GROUP, Member
from bot.talk import Turn, Written, ask, dialogue, listing, member_of, money, optional, yes_or_no
from bot.talk.understand import match_name
from handlers.who import membership


@dataclass(frozen=True, slots=True)
class _Line:
    member: Member
    amount: Money


@dialogue(says=("catat",))
async def write_down(turn: Turn) -> DepositsRecorded | None:
    """A list of names and amounts, checked line by line, then one yes."""
    me = await membership(turn)
    if me is None:
        return None
    if turn.books.group(me.group).holder != me.number:
        turn.say("only_the_holder")
        return None
    if turn.books.group(me.group).sharing:
        turn.say("sharing", group=turn.books.group(me.group))
        return None
    written = await ask("lines", listing(LARGEST_GROUP), already=turn.opening)
    others = [one for one in turn.books.members(me.group) if one.number != me.number]
    lines = []
    for place, one in enumerate(written, start=1):
        line = await _settled(place, one, others)
        if line is not None:
            lines.append(line)
    if not lines:
        turn.say("nothing_left")
        return None
    turn.say("line", rows=[{"member": line.member, "amount": line.amount} for line in lines])
    total = Money(sum(line.amount.rupiah for line in lines))
    count = len({line.member.number for line in lines})
    if not await ask("right", yes_or_no("write", "change"), total=total, count=count):
        turn.say("let_go")
        return None
    turn.say("written", total=total, count=count)
    return DepositsRecorded(
        turn.books.group(me.group),
        me,
        turn.today,
        tuple((line.member, line.amount) for line in lines),
    )


async def _settled(place: int, written: Written, members: list[Member]) -> _Line | None:
    """One line made certain: who is meant, and how much; None when it is left out."""
    fits = [members[i] for i in match_name(written.name, [one.called for one in members])]
    if len(fits) == 1:
        who: Member | None = fits[0]
    else:
        question = "which_member" if fits else "unknown_member"
        who = await ask(
            question, optional(member_of(fits or members)), about=place, name=written.name
        )
    if who is None:
        return None
    if written.sure:
        return _Line(who, written.amounts[0])
    amount = await ask("how_much", money(written.amounts), about=place, member=who)
    return _Line(who, amount)
