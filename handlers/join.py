"""Joining a group: who we are, what we agree on, and who she is."""

from __future__ import annotations

from datetime import time, timedelta
from itertools import count

from bot.domain.changes import (
    Consent,
    ConsentRefused,
    MemberJoined,
    TakeoverAsked,
    TakeoverGranted,
    TakeoverRefused,
)
from bot.domain.money import Money
from bot.domain.people import LARGEST_GROUP, Group, Member, how_called
from bot.talk import Turn, ask, dialogue, hour, money, name, optional, text, yes_or_no
from bot.talk.understand import match_name

#: Raised whenever the words of the agreement change; each consent keeps the words themselves.
AGREEMENT = "2026-11-24"

#: What she reads before she says yes, each with its two buttons.
_SCREENS = (
    ("begin", "go_on", "not_now"),
    ("agreement", "go_on", "not_now"),
    ("consent", "agree", "refuse"),
)

_LONGEST_CODE, _LONGEST_NAME, _LONGEST_BUSINESS = 20, 40, 60
_USUAL = (Money(5_000), Money(10_000), Money(20_000))
_HOURS = (time(7), time(13), time(19))


@dialogue(says=("start g_", "gabung"), lasts=timedelta(days=7), behind="name")
async def join(turn: Turn) -> MemberJoined | TakeoverAsked | ConsentRefused | None:
    """``/start g_CODE`` or ``gabung CODE``."""
    group = await _group(turn)
    if group is None:
        return None
    mentor = turn.books.mentors(group.id)[0]
    turn.say("who_we_are", group=group, mentor=mentor)
    for screen, yes, no in _SCREENS:
        if not await ask(screen, yes_or_no(yes, no), group=group, mentor=mentor):
            turn.say("refused", mentor=mentor)
            return ConsentRefused(turn.me)
    wording = "\n\n".join(
        turn.wording(key, group=group, mentor=mentor) for key in ("agreement", "consent")
    )
    consent = Consent(AGREEMENT, wording)
    sapaan, called = await _name(turn, group)
    waiting = _without_phone(turn, group, called)
    if waiting is not None and await ask("is_it_you", yes_or_no(), member=waiting):
        turn.say("mentor_is_asked", mentor=mentor)
        return TakeoverAsked(turn.me, waiting, group, consent)
    business = await ask("business", optional(text(_LONGEST_BUSINESS)), called=f"{sapaan} {called}")
    usual = await ask("usual", optional(money(_USUAL)))
    remind_at = await ask("remind_at", optional(hour(_HOURS)))
    turn.say("welcome", group=group, called=f"{sapaan} {called}", offers=("setor", "bantuan"))
    return MemberJoined(turn.me, group, called, sapaan, business or "", usual, remind_at, consent)


async def _group(turn: Turn) -> Group | None:
    """The group the code is for, if she can join it."""
    code = await ask("code", text(_LONGEST_CODE), already=turn.opening)
    group = turn.books.group_by_code(code)
    if group is None:
        turn.say("wrong_code")
    elif not group.open:
        turn.say("closed", group=group)
    elif any(one.group == group.id for one in turn.books.memberships(turn.me)):
        turn.say("already_in", group=group, offers=("saldo", "bantuan"))
    elif len(turn.books.members(group.id)) >= LARGEST_GROUP:
        turn.say("full", group=group, mentor=turn.books.mentors(group.id)[0])
    else:
        return group
    return None


async def _name(turn: Turn, group: Group) -> tuple[str, str]:
    """What she wants to be called; two with the same name would take each other's money."""
    names = {one.called.lower() for one in turn.books.members(group.id) if one.person.reachable}
    sapaan, called = how_called(await ask("name", name(_LONGEST_NAME)))
    for time_asked in count(1):
        if f"{sapaan} {called}".lower() not in names:
            break
        again = name(_LONGEST_NAME)
        taken = f"{sapaan} {called}"
        sapaan, called = how_called(await ask("taken", again, about=time_asked, called=taken))
    return sapaan, called


def _without_phone(turn: Turn, group: Group, name: str) -> Member | None:
    """A member of that name who was put on the list without a phone."""
    listed = [one for one in turn.books.members(group.id) if not one.person.reachable]
    fits = match_name(name, [one.called for one in listed])
    return listed[fits[0]] if fits else None


@dialogue(follows=MemberJoined, to=lambda change, books: books.mentors(change.group.id))
async def joined(turn: Turn) -> None:
    """To the mentors."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    group = turn.books.group(member.group)
    count = len(turn.books.members(group.id))
    turn.say("joined", member=member, group=group, count=count)


@dialogue(
    follows=TakeoverAsked,
    to=lambda change, books: books.mentors(change.group.id)[:1],
    lasts=timedelta(days=14),
    kind="question",
)
async def take_over(turn: Turn) -> TakeoverGranted | TakeoverRefused | None:
    """The mentor knows who is who."""
    group = turn.books.group(turn.facts["group"])
    member = turn.books.member(group.id, turn.facts["member"])
    if member.person.reachable:
        turn.say("has_a_phone", member=member)
        return None
    someone = turn.books.person(turn.facts["person"])
    consent = Consent(turn.facts["version"], turn.facts["wording"])
    if await ask("is_it_she", yes_or_no("it_is", "it_is_not"), member=member, group=group):
        turn.say("granted", member=member)
        return TakeoverGranted(someone, member, group, consent)
    turn.say("not_granted", member=member)
    return TakeoverRefused(someone, member, group)


@dialogue(follows=TakeoverGranted, to=lambda change, books: [books.person(change.member.person.id)])
async def taken_over(turn: Turn) -> None:
    """To the member, on her own phone."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    group = turn.books.group(me.group)
    offers = ("setor", "bantuan")
    turn.say("welcome", group=group, member=me, saved=turn.books.saved(me), offers=offers)


@dialogue(follows=TakeoverRefused, to=lambda change, _: [change.person])
async def not_taken_over(turn: Turn) -> None:
    """To the one who asked."""
    turn.say("not_taken_over", group=turn.books.group(turn.facts["group"]))
