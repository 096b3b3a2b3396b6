"""The menu, which depends on who asks, and the answer to a greeting."""

from __future__ import annotations

from bot.talk import Turn, dialogue

_MEMBER = ("setor", "saldo", "riwayat", "profil", "pendamping")
_HOLDER = ("setor", "saldo", "catat", "siapa", "pendamping")
_MENTOR = ("kelompok baru", "undang", "pemegang", "anggota baru", "siapa")


@dialogue(wishes=("bantuan",), says=("bantuan", "menu", "start", "help"))
async def menu(turn: Turn) -> None:
    """What can be done here."""
    _menu(turn)


@dialogue(wishes=("sapaan",))
async def greet(turn: Turn) -> None:
    """A greeting for a greeting, then the menu."""
    words = turn.opening.lower()
    turn.say("salam" if "salam" in words or "kum" in words else "hello", me=turn.me)
    _menu(turn)


def _menu(turn: Turn) -> None:
    mine = turn.books.memberships(turn.me)
    if any(turn.books.group(one.group).holder == one.number for one in mine):
        turn.say("holder", offers=_HOLDER)
    elif mine:
        turn.say("member", offers=_MEMBER)
    if turn.books.is_mentor(turn.me):
        turn.say("mentor", offers=_MENTOR)
    elif not mine:
        turn.say("stranger")
