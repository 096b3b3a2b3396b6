"""The holder writes down what she was given: one name, or a list as in group chats."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count

from bot.domain.changes import ClaimReceived, DepositsRecorded
from bot.domain.claims import DAYS_BACK, Claim
from bot.domain.ledger import EntryKind
from bot.domain.money import Money
from bot.domain.people import LARGEST_GROUP, Member
from bot.talk import (
    Instead,
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
)
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import Moves, moves, read_amount, read_yes_no
from handlers.list_changes import CHANGE, WRITE, each_by_name, is_more, mended, named_in, right
from handlers.meaning import yes_to
from handlers.who import held_groups, membership

#: Words of the longest name.
_LONGEST_NAME = 4


@dataclass(frozen=True, slots=True)
class _Line:
    """``more``: beside what else is written of her, not instead of it."""

    member: Member
    amount: Money
    more: bool = False


@dialogue(says=("catat",))
async def write_down(turn: Turn) -> DepositsRecorded | ClaimReceived | Instead | None:
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
    if takes_out := _takes_out(turn, me, written):
        return takes_out
    coming = _coming_in(turn, me, written)
    if not coming:
        return None
    day = await _day(turn)
    lines, told_before, own = await _sorted(turn, me, coming, day)
    if not lines:
        return _what_she_told(turn, told_before)
    if own:
        turn.say("own")
    settled = await _settled(turn, me, lines, told_before, day)
    if settled is None or not (settled or told_before):
        turn.say("let_go")
        return None
    if not settled:
        return _what_she_told(turn, told_before)
    total, people = _sum(settled), len({line.member.number for line in settled})
    turn.say("written", total=total, count=people)
    _say_waiting(turn, [claim for line in told_before for claim in _waiting(turn, line)[:1]])
    group = turn.books.group(me.group)
    return DepositsRecorded(group, me, day, tuple((line.member, line.amount) for line in settled))


@dialogue(wishes=("semua setor",))
async def all_saved(turn: Turn) -> Instead:
    """``semua setor 10rb``: of the others where she holds the box, else of herself."""
    theirs = held_groups(turn)
    return Instead("", f"catat {turn.opening}") if theirs else Instead("setor", turn.opening)


def _takes_out(turn: Turn, me: Member, written: Sequence[Written]) -> Instead | None:
    """Where her words belong when they only tell of one who takes money out."""
    only = written[0]
    hers = named_in(only.name, turn.books.members(me.group))
    if len(written) > 1 or only.moves is not Moves.OUT or not hers:
        return None
    who = hers[0].called if len(hers) == 1 else only.name
    return Instead("tarik", f"tarik {who} {only.amounts[0].rupiah if only.amounts else ''}")


def _coming_in(turn: Turn, me: Member, written: Sequence[Written]) -> list[Written]:
    """The lines of money that came in, one for each member; she is told what is no deposit."""
    members = turn.books.members(me.group)

    def named(way: Moves) -> list[Member]:
        hers = [who for one in written if one.moves is way for who in named_in(one.name, members)]
        return list({who.number: who for who in hers}.values())

    if taking := named(Moves.OUT):
        turn.say("taking_out", members=taking)
    if owing := named(Moves.OWED):
        turn.say("no_deposit", members=owing)
    coming = each_by_name(written, members, [one for one in members if one.number != me.number])
    if not (coming or taking or owing):
        turn.say("nothing_left")
    return coming


async def _settled(
    turn: Turn, me: Member, lines: list[_Line], told_before: list[_Line], day: date
) -> list[_Line] | None:
    """The lines as she says they are right, None when she lets it be; each change is shown once more."""
    members = turn.books.members(me.group)
    question = "right" if day == turn.today else "right_that_day"
    for time in count():
        turn.say(
            "line", rows=[{"member": it.member, "amount": it.amount} for it in lines], again=True
        )
        on_it, total = list({it.member.number: it.member for it in lines}.values()), _sum(lines)
        answer = right(on_it, members, total)
        said = await ask(question, answer, about=time or "", total=total, count=len(on_it), day=day)
        if said in (WRITE, CHANGE):
            return lines if said == WRITE else None
        change = mended(said, on_it, members)
        if change is None:  # who was named has left meanwhile
            continue
        first = (time + 1) * LARGEST_GROUP + 1
        fresh, told, own = await _sorted(turn, me, change.put, day, first)
        told_before += told
        if own:
            turn.say("own")
        instead = [one.member for one in told if not one.more]
        lines = _with(lines, fresh, [one.number for one in (*change.out, *instead)])
        if not lines:
            return []
    return None


def _with(lines: list[_Line], fresh: list[_Line], out: Sequence[int]) -> list[_Line]:
    """``lines`` without those of members taken out, and with the ``fresh`` ones, in the old order."""
    over = {one.member.number for one in fresh if not one.more} | set(out)
    order = [one.member.number for one in lines]
    every = [*(one for one in lines if one.member.number not in over), *fresh]
    place = {number: order.index(number) for number in order}
    return sorted(every, key=lambda one: place.get(one.member.number, len(order)))


def _sum(lines: Sequence[_Line]) -> Money:
    return Money(sum(one.amount.rupiah for one in lines))


async def _day(turn: Turn) -> date:
    """The day the money came, when she named one."""
    if not mentions_day(turn.opening, turn.today):
        return turn.today
    return await ask("day", day_back(turn.today, most=DAYS_BACK), already=turn.opening)


async def _sorted(
    turn: Turn, me: Member, written: Sequence[Written], day: date, first: int = 1
) -> tuple[list[_Line], list[_Line], bool]:
    """What is to be written down, what the members told us themselves, and whether she wrote of herself.

    ``first`` numbers the first line, so that each is asked about by itself.
    """
    members = turn.books.members(me.group)
    lines: list[_Line] = []
    told_before: list[_Line] = []
    own = False
    for place, one in enumerate(written, start=first):
        who = await _who(place, one, me, members)
        if who is None or who.number == me.number:
            own = own or who is not None
            continue
        amount = await _amount(place, one, who)
        if amount is None:
            continue
        line = _Line(who, amount, is_more(one.name))
        known = await _same_money(turn, place, line, day)
        (told_before if known else lines).append(line)
    return lines, told_before, own


async def _who(
    place: int, written: Written, me: Member, members: Sequence[Member]
) -> Member | None:
    """Who is meant by one line; None when it is left out."""
    fits = named_in(written.name, members)
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
        return None if more or moves(words) is not Moves.IN else plain.read(words)

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
        another = likely.rupiah not in (read_amount(words).candidates or [likely.rupiah])
        return Got(likely) if read_yes_no(words) and not another else plain.read(words)

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
        yes_to(line.amount, "same", "other"),
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
