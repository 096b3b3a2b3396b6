"""Opening a group: its name, its place and clock, and the day it ends."""

from __future__ import annotations

from bot.domain.calendar import Zone
from bot.domain.changes import GroupOpened
from bot.talk import Turn, ask, day_ahead, dialogue, one_of, optional, text
from handlers.invite import invitation

_LONGEST = 40
_TWO_YEARS = 731
_ZONES: dict[str, tuple[str, ...]] = {
    Zone.WIB: ("barat", "jakarta", "medan", "sumatra", "jawa"),
    Zone.WITA: ("tengah", "makassar", "bali", "kalimantan", "sulawesi"),
    Zone.WIT: ("timur", "jayapura", "papua", "maluku"),
}


@dialogue(says=("kelompok baru",), keepers=True)
async def open_group(turn: Turn) -> GroupOpened | None:
    """For mentors."""
    if not turn.books.is_mentor(turn.me):
        turn.say("only_mentors")
        return None
    name = await ask("name", text(_LONGEST), already=turn.opening)
    place = await ask("place", text(_LONGEST), name=name)
    zone = Zone(await ask("zone", one_of(_ZONES)))
    ends_on = await ask("ends_on", optional(day_ahead(turn.today, most=_TWO_YEARS)))
    return GroupOpened(turn.me, name, place, zone, ends_on)


@dialogue(follows=GroupOpened, to=lambda change, _: [change.mentor])
async def group_opened(turn: Turn) -> None:
    """The invitation, as soon as the group has its code."""
    group = turn.books.group(turn.facts["group"])
    turn.say("opened", group=group)
    invitation(turn, group)
    turn.say("next", offers=("pemegang", "anggota baru", "bantuan"))
