"""Loose ends: words we could not place, and things sent without words."""

from __future__ import annotations

from bot.domain.changes import WordsPassed
from bot.talk import Turn, ask, dialogue, yes_or_no

#: The words that begin what each wish is about.
_SAID = {
    "setor": "setor",
    "saldo": "saldo",
    "riwayat": "riwayat",
    "profil": "profil",
    "jadwal": "ingatkan",
    "batal": "batal",
    "berhenti": "berhenti",
    "bantuan": "bantuan",
}


@dialogue(wishes=("lainnya",))
async def unclear(turn: Turn) -> None:
    """The likeliest wishes as buttons, and always the human."""
    likely = [_SAID[wish] for wish in turn.facts.get("wishes", "").split() if wish in _SAID]
    if not turn.books.memberships(turn.me):
        turn.say(
            "not_known" if not turn.books.is_mentor(turn.me) else "mentor", offers=("bantuan",)
        )
        return
    offers = (*dict.fromkeys(likely), "pendamping")
    turn.say("which" if likely else "not_understood", offers=(*offers, "bantuan")[:4])


@dialogue(wishes=("kiriman",))
async def sent_something(turn: Turn) -> WordsPassed | None:
    """A photo, a voice note, a place: offered to the mentor. A sticker is just a smile."""
    media = str(turn.facts["media"])
    mine = turn.books.memberships(turn.me)
    if media.startswith("sticker") or not mine:
        turn.say("smile", offers=("bantuan",))
        return None
    group, mentor = turn.books.group(mine[0].group), turn.books.mentors(mine[0].group)[0]
    kind = turn.wording(f"kinds.{media.split(':', maxsplit=1)[0]}")
    if not await ask("pass_on", yes_or_no("send", "do_not"), kind=kind, mentor=mentor):
        turn.say("let_go")
        return None
    turn.say("passed_on", mentor=mentor)
    return WordsPassed(turn.me, group, "", media)
