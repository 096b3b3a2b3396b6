"""The holder writes down what she was given: one name, or a list as in group chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.changes import ClaimReceived, DepositsRecorded
from bot.domain.claims import DAYS_BACK, Claim
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import LARGEST_GROUP, Member
from bot.talk import (
    Turn,
    Written,
    ask,
    day_back,
    dialogue,
    listing,
    member_of,
    mentions_day,
    money,
    optional,
    yes_or_no,
)
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import match_name, read_amount, read_yes_no
from handlers.who import membership

#: Words of the longest name.
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Line:
    member: Member
    amount: Money


@dialogue(says=("catat",))
async def write_down(turn: Turn) -> DepositsRecorded | ClaimReceived | None:
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
    day = await _day(turn)
    lines, told_before, own = await _sorted(turn, me, written, day)
    if not lines:
        return _what_she_told(turn, told_before)
    if own:
        turn.say("own")
    turn.say(
        "line", rows=[{"member": line.member, "amount": line.amount} for line in lines], again=True
    )
    total = Money(sum(line.amount.rupiah for line in lines))
    count = len({line.member.number for line in lines})
    question = "right" if day == turn.today else "right_that_day"
    if not await ask(question, yes_or_no("write", "change"), total=total, count=count, day=day):
        turn.say("let_go")
        return None
    turn.say("written", total=total, count=count)
    _say_waiting(turn, [claim for line in told_before for claim in _waiting(turn, line)[:1]])
    return DepositsRecorded(
        turn.books.group(me.group),
        me,
        day,
        tuple((line.member, line.amount) for line in lines),
    )


async def _day(turn: Turn) -> date:
    """The day the money came, when she named one."""
    if not mentions_day(turn.opening, turn.today):
        return turn.today
    return await ask("day", day_back(turn.today, most=DAYS_BACK), already=turn.opening)


async def _sorted(
    turn: Turn, me: Member, written: Sequence[Written], day: date
) -> tuple[list[_Line], list[_Line], bool]:
    """What is to be written down, what the members told us themselves, and whether she wrote of herself."""
    members = turn.books.members(me.group)
    lines: list[_Line] = []
    told_before: list[_Line] = []
    own = False
    for place, one in enumerate(written, start=1):
        who = await _who(place, one, me, members)
        if who is None or who.number == me.number:
            own = own or who is not None
            continue
        amount = await _amount(place, one, who)
        if amount is None:
            continue
        line = _Line(who, amount)
        known = await _same_money(turn, place, line, day)
        (told_before if known else lines).append(line)
    return lines, told_before, own


async def _who(
    place: int, written: Written, me: Member, members: Sequence[Member]
) -> Member | None:
    """Who is meant by one line; None when it is left out."""
    fits = [members[i] for i in match_name(written.name, [one.called for one in members])]
    if len(fits) == 1:
        return fits[0]
    question = "which_member" if fits else "unknown_member"
    known = fits or [one for one in members if one.number != me.number]
    return await ask(question, optional(_named(known)), about=place, name=written.name)


def _named(members: Sequence[Member]) -> Answer[Member]:
    """One of them by her name, and by nothing more: a sentence about one is no answer."""
    plain = member_of(members)

    def read(words: str) -> Reading[Member]:
        more = read_amount(words).candidates or len(words.split()) > _LONGEST_NAME
        return None if more else plain.read(words)

    return replace(plain, read=read)


async def _amount(place: int, written: Written, who: Member) -> Money | None:
    """How much one line says; None when it is left out."""
    amounts = written.amounts
    if written.sure:
        return amounts[0]
    if len(amounts) == 1:
        likely = amounts[0]
        return await ask("so_much", _that(likely), about=place, member=who, amount=likely)
    return await ask("how_much", optional(money(amounts)), about=place, member=who)


def _that(likely: Money) -> Answer[Money | None]:
    """The amount that was probably meant, which a yes makes sure, or another, or none."""
    plain = optional(money((likely,)))

    def read(words: str) -> Reading[Money | None]:
        return Got(likely) if read_yes_no(words) else plain.read(words)

    return replace(plain, read=read)


async def _same_money(turn: Turn, place: int, line: _Line, day: date) -> bool:
    """Whether it is what the member told us herself of that day, so that it is not booked twice."""
    booked = [
        one
        for one in turn.books.entries(line.member, None, LARGEST_GROUP)
        if one.day == day
        and one.amount == line.amount
        and one.kind is EntryKind.DEPOSIT
        and turn.books.reversed_by(one) is None
    ]
    if not booked and not _waiting(turn, line):
        return False
    return await ask(
        "same_money",
        yes_or_no("same", "other"),
        about=place,
        member=line.member,
        amount=line.amount,
    )


def _waiting(turn: Turn, line: _Line) -> list[Claim]:
    """Her claims which wait for the holder's word, of that amount, or counted as that."""
    claims = turn.books.waiting_claims(line.member)
    return [
        one
        for one in claims
        if line.amount in (one.amount, one.counted) and one.confirmer.id == turn.me.id
    ]


def _what_she_told(turn: Turn, told_before: list[_Line]) -> ClaimReceived | None:
    """Nothing is left to write down but what members told us themselves."""
    waiting = [claim for line in told_before for claim in _waiting(turn, line)[:1]]
    if not told_before:
        turn.say("nothing_left")
    elif not waiting:
        turn.say("booked_already")
    elif len(waiting) == 1 and waiting[0].counted is None:
        turn.say("received", member=waiting[0].member, amount=waiting[0].amount)
        return ClaimReceived(waiting[0], turn.me)
    else:
        _say_waiting(turn, waiting)
    return None


def _say_waiting(turn: Turn, claims: list[Claim]) -> None:
    """Whose word is next: the holder's, or hers where another amount was counted."""
    for one in claims:
        if one.counted is not None:
            turn.say("she_is_asked", member=one.member, amount=one.counted)
    mine = [one for one in claims if one.counted is None]
    if mine:
        turn.say("waits", rows=[{"member": one.member, "amount": one.amount} for one in mine])
