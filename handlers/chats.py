"""One member in two chats, several on one phone, and a member whose old phone is gone."""

from __future__ import annotations

from bot.domain.privacy_changes import ChatLinked, LinkAsked, PhoneLost, PhoneShared
from bot.domain.sharing import MOST
from bot.talk import Turn, ask, dialogue, member_of, text, yes_or_no
from handlers.who import led_group, membership

_LONGEST = 20


#: What a member says of her own phone.
_OTHER_PHONE = (
    "hp hilang",
    "hp saya hilang",
    "hp rusak",
    "hp saya rusak",
    "hp baru",
    "ganti hp",
    "nomor saya ganti",
    "nomor baru",
)


@dialogue(says=("sambung", "sambungkan chat"))
async def link(turn: Turn) -> LinkAsked | ChatLinked | None:
    """``sambung`` in the chat she has, ``sambung CODE`` in the one that becomes hers as well."""
    known = bool(turn.books.places(turn.me)) or turn.books.is_mentor(turn.me)
    if known and not turn.opening:
        return LinkAsked(turn.me)
    if known:
        turn.say("already_somebody")
        return None
    code = await ask("code", text(_LONGEST), already=turn.opening)
    found = turn.books.linking(code)
    if found is None:
        turn.say("wrong_code")
        return None
    if not await ask("is_it_you", yes_or_no("it_is_me", "it_is_not"), who=found):
        turn.say("let_go")
        return None
    return ChatLinked(found, turn.me, code, turn.wording("is_it_you", who=found))


@dialogue(follows=LinkAsked, to=lambda change, _: [change.person])
async def link_code(turn: Turn) -> None:
    """The code, in the chat where she asked."""
    turn.say("code_is", code=turn.facts["code"])


@dialogue(follows=ChatLinked, to=lambda change, _: [change.person])
async def linked(turn: Turn) -> None:
    """In the new chat, which she used last."""
    turn.say("linked", who=turn.me, offers=("saldo", "bantuan"))


@dialogue(says=("ganti nomor", "nomor hilang", *_OTHER_PHONE))
async def new_number(turn: Turn) -> PhoneLost | None:
    """``ganti nomor Sari``: a mentor who knows her says that the old chat is hers no longer.

    A member hears how she comes back with another phone.
    """
    mine = turn.books.memberships(turn.me)
    if mine and not turn.books.groups_led(turn.me):
        turn.say("your_own", mentor=turn.books.mentors(mine[0].group)[0])
        return None
    group = await led_group(turn)
    if group is None:
        return None
    reached = [one for one in turn.books.members(group.id) if one.person.reachable]
    if not reached:
        turn.say("nobody", group=group)
        return None
    member = await ask("who", member_of(reached), already=turn.opening, group=group)
    if group.holder == member.number and turn.books.in_box(group):
        turn.say("she_holds", member=member)
        return None
    if not await ask("sure", yes_or_no("change", "keep"), member=member):
        turn.say("stays")
        return None
    turn.say("done", member=member, code=group.code)
    return PhoneLost(member, turn.me)


@dialogue(says=("hp bersama", "hp berdua", "pakai bersama"))
async def share_phone(turn: Turn) -> PhoneShared | None:
    """Another woman of the group uses this phone, too."""
    me = await membership(turn)
    if me is None:
        return None
    shared = turn.books.sharing(turn.me)
    if shared is not None and len(shared.people) >= MOST:
        turn.say("full")
        return None
    if not await ask("sure", yes_or_no("share", "alone")):
        turn.say("stays")
        return None
    return PhoneShared(turn.me, turn.books.group(me.group))


@dialogue(follows=PhoneShared, to=lambda change, _: [change.other] if change.other else [])
async def phone_shared(turn: Turn) -> None:
    """To the other one: she joins as everybody does."""
    group = turn.books.group(turn.facts["group"])
    turn.say("your_turn", group=group, offers=((f"gabung {group.code}", group),))
