"""Her passbook as a picture to look at and a document to keep; the group's book for a mentor."""

from __future__ import annotations

from bot.files import document, picture
from bot.talk import Turn, dialogue
from handlers.who import led_group, reading_place


@dialogue(wishes=("buku",), says=("buku", "buku saya", "buku tabungan", "buku celengan"))
async def passbook(turn: Turn) -> None:
    """Her own book; who only leads gets the group's."""
    if not turn.books.places(turn.me) and turn.books.is_mentor(turn.me):
        await _whole(turn)
        return
    me = await reading_place(turn)
    if me is None:
        return
    if not turn.books.entries(me, None, 1):
        turn.say("nothing_yet", offers=("setor",) if turn.books.group(me.group).open else ())
        return
    turn.say("screen", media=picture("passbook", group=me.group, member=me.number))
    turn.say("paper", media=document("passbook printed", group=me.group, member=me.number))


@dialogue(wishes=("buku kelompok",), says=("buku kelompok",))
async def group_book(turn: Turn) -> None:
    """Every entry of a group, for its mentor."""
    await _whole(turn)


async def _whole(turn: Turn) -> None:
    group = await led_group(turn)
    if group is None:
        return
    turn.say("group", group=group.name, media=document("group book printed", group=group.id))
