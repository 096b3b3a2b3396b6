"""Who is speaking: her place in a group, or the group she leads."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.people import Group, Member, Person
from bot.talk import Silence, Turn, among, ask

#: What somebody may still read of a group that has ended.
_TO_READ = ("saldo", "riwayat", "buku", "rencana", "hasil evaluasi")


async def membership(turn: Turn) -> Member | None:
    """Her place in her group; asks which when there are several; says so when there is none."""
    mine = turn.books.memberships(turn.me)
    if not mine:
        outside(turn)
        return None
    if len(mine) == 1:
        return mine[0]
    groups = {one.group: turn.books.group(one.group) for one in mine}
    by_name = among(mine, lambda one: groups[one.group].name, lambda one: one.group)
    return await ask("which_group", by_name, already=turn.opening)


def only_member(turn: Turn) -> bool:
    """Whether she belongs to a group and leads none: what mentors decide, she may see."""
    return bool(turn.books.memberships(turn.me)) and not turn.books.groups_led(turn.me)


def only_leads(turn: Turn) -> bool:
    """Whether she is a mentor and a member nowhere: there is no human for her to turn to."""
    return turn.books.is_mentor(turn.me) and not turn.books.memberships(turn.me)


def outside(turn: Turn) -> None:
    """To somebody in no group: how to come into one, or what may still be read of hers that is over."""
    ended = ended_place(turn)
    if ended is not None:
        group, known = turn.books.group(ended.group), turn.books.ending(ended.group)
        until = known.readable_until(group.zone) if known else None
        turn.say("group_is_over", group=group, until=until, offers=_TO_READ)
    else:
        turn.say("only_members" if turn.books.is_mentor(turn.me) else "not_a_member")


def ended_place(turn: Turn) -> Member | None:
    """Where she was to the end, as long as it may be read; the last of several."""
    if turn.books.memberships(turn.me):
        return None
    return next((one for one in reversed(turn.books.places(turn.me)) if _readable(turn, one)), None)


def _readable(turn: Turn, place: Member) -> bool:
    known = turn.books.ending(place.group) if place.active else None
    until = known.readable_until(turn.books.group(place.group).zone) if known else None
    return until is not None and turn.today <= until


async def reading_place(turn: Turn) -> Member | None:
    """Where she may read: her place in her group, in the one that has ended, or where money of hers is."""
    return ended_place(turn) or await savings_place(turn)


async def savings_place(turn: Turn) -> Member | None:
    """Her place in her group, or the one she has left while money of hers is still there."""
    if not turn.books.memberships(turn.me):
        places = turn.books.places(turn.me)
        left = [one for one in places if turn.books.saved(one) or turn.books.waiting_claims(one)]
        if len(left) == 1:
            return left[0]
        if left:
            named = among(left, lambda one: turn.books.group(one.group).name, lambda one: one.group)
            return await ask("which_group", named, already=turn.opening)
    return await membership(turn)


async def led_group(turn: Turn) -> Group | None:
    """The group a mentor means; asks which when she leads several; says so when there is none."""
    led = turn.books.groups_led(turn.me)
    if not led:
        turn.say("no_group_yet" if turn.books.is_mentor(turn.me) else "only_mentors")
        return None
    return await _which(turn, led)


async def ever_led_group(turn: Turn) -> Group | None:
    """As ``led_group``, with the groups that have ended."""
    led = turn.books.groups_ever_led(turn.me)
    return await _which(turn, led) if led else await led_group(turn)


def held_groups(turn: Turn) -> list[Group]:
    """The groups whose celengan she holds."""
    return [
        group
        for mine in turn.books.memberships(turn.me)
        if (group := turn.books.group(mine.group)).holder == mine.number
    ]


async def kept_group(turn: Turn) -> Group | None:
    """The group in which she may write for others: one she leads, or whose celengan she holds."""
    groups = {one.id: one for one in [*turn.books.groups_led(turn.me), *held_groups(turn)]}
    if not groups:
        turn.say("only_keepers")
        return None
    return await _which(turn, list(groups.values()))


async def my_group(turn: Turn) -> Group | None:
    """The group she is a member of or leads; asks which; says so when there is none."""
    mine = [turn.books.group(one.group) for one in turn.books.memberships(turn.me)]
    groups = {group.id: group for group in [*mine, *turn.books.groups_led(turn.me)]}
    if not groups:
        outside(turn)
        return None
    return await _which(turn, list(groups.values()))


async def reading_group(turn: Turn) -> Group | None:
    """As ``my_group``, with the one that has ended as long as it may be read."""
    ended = None if turn.books.groups_led(turn.me) else ended_place(turn)
    return turn.books.group(ended.group) if ended else await my_group(turn)


async def _which(turn: Turn, groups: Sequence[Group]) -> Group:
    if len(groups) == 1:
        return groups[0]
    by_name = among(groups, lambda group: group.name, lambda group: group.id)
    return await ask("which_group", by_name, already=turn.opening)


def holder_of(turn: Turn, group: Group) -> Member | None:
    """The member who keeps a group's cash."""
    return None if group.holder is None else turn.books.member(group.id, group.holder)


def holder_person(turn: Turn, group: Group) -> Person | None:
    """Who keeps a group's cash."""
    holder = holder_of(turn, group)
    return holder.person if holder else None


def keepers(group: int, books: Books, *, but: Person | None = None) -> list[Person]:
    """The mentors and the holder of a group, each once, without the one who knows already."""
    holder = books.group(group).holder
    held = [] if holder is None else [books.member(group, holder).person]
    found = {one.id: one for one in [*books.mentors(group), *held]}
    return [one for one in found.values() if but is None or one.id != but.id]


def members_of(group: int, books: Books) -> list[Person]:
    """Every member of a group."""
    return [one.person for one in books.members(group)]


def everybody(group: int, books: Books, *, but: Person | None = None) -> list[Person]:
    """The mentors and every member of a group, each once, without the one who knows already."""
    found = {one.id: one for one in [*books.mentors(group), *members_of(group, books)]}
    return [one for one in found.values() if but is None or one.id != but.id]


def leads(turn: Turn, group: int) -> bool:
    """Whether she is one of a group's mentors."""
    return any(one.id == turn.me.id for one in turn.books.mentors(group))


def whose(key: str, *, own: bool) -> str:
    """The text for her own money, or the one of that name under ``hers`` for somebody else's."""
    return key if own else f"hers.{key}"


def silence(
    turn: Turn,
    mentor: Person,
    nudge_after: timedelta,
    tell_after: timedelta,
    says: tuple[str, str] = ("nudge", "left_alone"),
) -> tuple[Silence, ...]:
    """Asked again after a while; then ``mentor`` hears of it. ``says`` names the text for each.

    A mentor who is silent herself is only asked again.
    """
    asked, told = says
    nudge = Silence(nudge_after, asked)
    return (nudge,) if mentor.id == turn.me.id else (nudge, Silence(tell_after, told, mentor))
