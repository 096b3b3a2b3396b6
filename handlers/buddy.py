"""A saving buddy: someone she chose hears each week whether she kept at it; both say yes, either ends it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.domain.books import Books
from bot.domain.buddies import (
    MOST_HEARD,
    Buddy,
    BuddyAccepted,
    BuddyAmounts,
    BuddyAsked,
    BuddyEnded,
    BuddyHears,
    BuddyOffered,
    BuddyState,
)
from bot.domain.people import LONGEST_NAME, Member, Person, how_called
from bot.domain.statements import week_told
from bot.talk import (
    Turn,
    among,
    ask,
    dialogue,
    member_of,
    name,
    one_of,
    optional,
    text,
    yes_or_no,
)
from bot.talk.answers import Answer
from handlers.who import membership

_OUTSIDE = "luar"
_OUTSIDE_WORDS = frozenset({"luar", "orang luar", "orang lain", "dari luar", "bukan anggota"})
_MOST_SHOWN, _LONGEST_CODE = 9, 20
_LONG = timedelta(days=14)

#: What she may do about the buddy she has, with the words for it.
_DO = {
    "keep": ("tetap", "biarkan", "tidak"),
    "with_amounts": ("boleh jumlahnya", "jumlahnya juga"),
    "days_only": ("harinya saja", "hari saja"),
    "end": ("selesai", "cukup"),
}


@dialogue(says=("teman", "teman tabung"), behind="name")
async def buddy(turn: Turn) -> BuddyAsked | BuddyEnded | BuddyAmounts | None:
    """``teman`` asks somebody, or shows who it is; ``teman Ani`` asks her."""
    if not turn.books.memberships(turn.me) and turn.books.heard_by(turn.me):
        turn.say("only_hears", offers=("lepas teman",))
        return None
    me = await membership(turn)
    if me is None:
        return None
    hers = turn.books.buddy_of(me)
    return await _anew(turn, me) if hers is None else await _as_it_is(turn, hers)


async def _anew(turn: Turn, me: Member) -> BuddyAsked:
    members = turn.books.members(me.group)
    others = [one for one in members if one.number != me.number and one.person.reachable]
    chosen = await ask("who", _someone(others), already=turn.opening)
    may = await ask("amounts", yes_or_no("with_amounts", "days_only"))
    if chosen is not None:
        turn.say("asked", buddy=chosen)
    return BuddyAsked(me, chosen.person if chosen else None, may)


async def _as_it_is(turn: Turn, hers: Buddy) -> BuddyEnded | BuddyAmounts | None:
    if hers.state is BuddyState.ON:
        turn.say("hears_amounts" if hers.amounts else "hears_days", buddy=hers.person)
        other = "days_only" if hers.amounts else "with_amounts"
    else:
        other = ""
        if hers.person is None:
            _link(turn, hers)
        else:
            turn.say("still_asked", buddy=hers.person)
    able = {one: _DO[one] for one in ("keep", other, "end") if one}
    do = await ask("do", one_of(able))
    if do == "end":
        turn.say("ended")
        return BuddyEnded(hers, turn.me)
    turn.say("kept" if do == "keep" else do)
    return None if do == "keep" else BuddyAmounts(hers, do == "with_amounts")


def _someone(others: Sequence[Member]) -> Answer[Member | None]:
    """A member by name, or None for somebody from outside."""
    answer = optional(member_of(others), skip=_OUTSIDE, said=_OUTSIDE_WORDS)
    return replace(answer, choices=(*answer.choices[:-1][:_MOST_SHOWN], answer.choices[-1]))


@dialogue(
    follows=BuddyAsked,
    to=lambda change, _: [] if change.person else [change.member.person],
)
async def buddy_link(turn: Turn) -> None:
    """To the member: what to send on to somebody outside."""
    _link(turn, turn.books.buddy(turn.facts["buddy"]))


def _link(turn: Turn, hers: Buddy) -> None:
    links = list(turn.ways.to_buddy(hers.code).values())
    typed = f"/start t_{hers.code}"
    turn.say("send_on", qr=links[0] if links else typed)
    turn.say("link", rows=[{"link": one} for one in links or [typed]])


@dialogue(
    follows=BuddyAsked,
    to=lambda change, _: [change.person] if change.person else [],
    lasts=_LONG,
    kind="question",
)
async def be_buddy(turn: Turn) -> BuddyAccepted | BuddyEnded | None:
    """To the fellow member she asks."""
    hers = turn.books.buddy(turn.facts["buddy"])
    if not _waits_for(turn, hers):
        turn.say("no_longer", member=hers.member)
        return None
    key = "with_amounts" if hers.amounts else "days"
    if not await ask(key, yes_or_no("gladly", "rather_not"), member=hers.member):
        turn.say("not_now", member=hers.member)
        return BuddyEnded(hers, turn.me)
    if len(turn.books.heard_by(turn.me)) >= MOST_HEARD:
        turn.say("enough", member=hers.member)
        return BuddyEnded(hers, turn.me)
    turn.say("begins", member=hers.member)
    return BuddyAccepted(hers, turn.me)


def _waits_for(turn: Turn, hers: Buddy) -> bool:
    there = hers.person is not None and hers.person.id == turn.me.id
    return hers.state is BuddyState.ASKED and there and hers.member.active


@dialogue(says=("start t_",))
async def open_link(turn: Turn) -> BuddyOffered | None:
    """``/start t_CODE``: somebody opened a member's link; she reads what it is and what we keep."""
    code = await ask("code", text(_LONGEST_CODE), already=turn.opening)
    hers = turn.books.buddy_by_code(code)
    if hers is None or not hers.member.active:
        turn.say("link_over")
        return None
    if hers.member.person.id == turn.me.id:
        turn.say("your_own")
        return None
    if len(turn.books.heard_by(turn.me)) >= MOST_HEARD:
        turn.say("enough")
        return None
    member = hers.member
    key = "with_amounts" if hers.amounts else "days"
    turn.say(key, member=member)
    if not await ask("agree", yes_or_no("gladly", "rather_not"), member=member):
        turn.say("not_now", member=member)
        return None
    sapaan, called = turn.me.sapaan, turn.me.name
    if not called:
        sapaan, called = how_called(await ask("name", name(LONGEST_NAME)))
    turn.say("she_is_asked", member=member)
    wording = "\n\n".join(turn.wording(one, member=member) for one in (key, "agree"))
    return BuddyOffered(hers, turn.me, called, sapaan, wording)


@dialogue(
    follows=BuddyOffered,
    to=lambda change, _: [change.buddy.member.person],
    lasts=_LONG,
    kind="question",
)
async def is_it_her(turn: Turn) -> BuddyAccepted | BuddyEnded | None:
    """To the member: links are sent on, so she says that it is the one she meant."""
    hers = turn.books.buddy(turn.facts["buddy"])
    if hers.state is not BuddyState.ASKED or hers.person is None:
        turn.say("settled")
        return None
    if not await ask("is_it", yes_or_no("it_is", "it_is_not"), buddy=hers.person):
        turn.say("not_her")
        return BuddyEnded(hers, turn.me)
    turn.say("begins", buddy=hers.person)
    return BuddyAccepted(hers, turn.me)


def _the_other(change: BuddyAccepted | BuddyEnded, _: Books) -> Iterable[Person]:
    both = (change.buddy.member.person, change.buddy.person)
    return [one for one in both if one is not None and one.id != change.by.id]


@dialogue(follows=BuddyAccepted, to=_the_other)
async def buddy_agreed(turn: Turn) -> None:
    """To the one who said yes first."""
    hers = turn.books.buddy(turn.facts["buddy"])
    if hers.member.person.id == turn.me.id:
        turn.say("is_yours", buddy=hers.person, offers=("teman",))
    else:
        turn.say("you_hear", member=hers.member, offers=("lepas teman",))


@dialogue(follows=BuddyEnded, to=_the_other)
async def buddy_over(turn: Turn) -> None:
    """To the other one, with nobody at fault."""
    hers = turn.books.buddy(turn.facts["buddy"])
    who = turn.books.person(turn.facts["by"])
    if hers.member.person.id == turn.me.id:
        turn.say("over" if turn.facts["was_on"] else "cannot", who=who, offers=("teman",))
    else:
        turn.say("over" if turn.facts["was_on"] else "found_other", who=who)


@dialogue(says=("lepas teman",), behind="name")
async def let_go(turn: Turn) -> BuddyEnded | None:
    """Whoever hears of somebody ends it."""
    heard = turn.books.heard_by(turn.me)
    if not heard:
        turn.say("hears_nobody")
        return None
    chosen = heard[0]
    if len(heard) > 1:
        chosen = await ask(
            "which", among(heard, lambda one: one.member.called, lambda one: one.number)
        )
    turn.say("ended", member=chosen.member)
    return BuddyEnded(chosen, turn.me)


@dialogue(
    follows=BuddyHears,
    to=lambda change, _: [change.buddy.person] if change.buddy.person else [],
    kind="summary",
)
async def buddy_hears(turn: Turn) -> None:
    """To the buddy, once a week: the days, and the amount only where she allows it."""
    hers = turn.books.buddy(turn.facts["buddy"])
    first, last = week_told(date.fromisoformat(turn.facts["day"]))
    days = turn.books.days_saved(hers.member, first, last)
    if not days:
        turn.say("quiet_week", member=hers.member)
        return
    turn.say("kept_at_it", member=hers.member, days=days)
    if hers.amounts:
        turn.say("so_much", amount=turn.books.saved_between(hers.member, first, last))
