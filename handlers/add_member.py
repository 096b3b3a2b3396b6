"""A member without a phone is put on the list by the mentor or the holder."""

from __future__ import annotations

from bot.domain.changes import MemberAdded
from bot.domain.people import LARGEST_GROUP, how_called
from bot.talk import Turn, ask, dialogue, name, yes_or_no
from bot.talk.understand import match_name
from handlers.who import kept_group

_LONGEST = 40


@dialogue(says=("anggota baru", "tambah anggota"), keepers=True)
async def add_member(turn: Turn) -> MemberAdded | None:
    """``anggota baru Bu Tuti``."""
    group = await kept_group(turn)
    if group is None:
        return None
    members = turn.books.members(group.id)
    if len(members) >= LARGEST_GROUP:
        turn.say("full", group=group)
        return None
    sapaan, plain = how_called(await ask("name", name(_LONGEST), already=turn.opening))
    called = f"{sapaan} {plain}"
    if any(one.called == called for one in members):
        turn.say("same_name", called=called)
        return None
    alike = match_name(plain, [one.called for one in members])
    if alike and not await ask(
        "someone_else", yes_or_no("add", "do_not"), called=called, member=members[alike[0]]
    ):
        turn.say("let_go")
        return None
    turn.say("added", called=called, group=group)
    return MemberAdded(group, plain, sapaan, turn.me)
