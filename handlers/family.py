"""A member's family and what is around it, sketched by the mentor for herself, when the member allows it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.people import Person
from bot.domain.sketches import MOST_LINES, SketchAnswered, SketchAsked, SketchDrawn, figure
from bot.files import picture
from bot.talk import Turn, ask, dialogue, member_of, yes_or_no
from bot.talk.answers import Answer, Choice, Got
from handlers.who import leads, led_group, membership

_MONTH = timedelta(days=30)

#: Enough is drawn; what was drawn is begun anew.
_ENOUGH, _ANEW = "enough", "anew"


@dialogue(says=("genogram", "ecomap"), keepers=True)
async def family(turn: Turn) -> SketchAsked | SketchDrawn | None:
    """``genogram Sari``: asks her first, then takes short lines and shows the picture."""
    group = await led_group(turn)
    if group is None:
        return None
    member = await ask("who", member_of(turn.books.members(group.id)), already=turn.opening)
    now = turn.books.sketch(member)
    if now is None:
        turn.say("she_is_asked" if member.person.reachable else "no_chat", member=member)
        return SketchAsked(member, turn.me) if member.person.reachable else None
    if not now.allowed:
        turn.say("not_yet" if now.allowed is None else "rather_not", member=member)
        return None
    if now.lines:
        facts = {"group": member.group, "member": member.number}
        turn.say("so_far", member=member, media=picture("sketch", **facts))
    lines = await ask("lines", _lines(), member=member)
    if lines == (_ENOUGH,):
        turn.say("kept", member=member)
        return None
    kept = () if lines == (_ANEW,) else (*now.lines, *lines)[:MOST_LINES]
    return SketchDrawn(member, kept, turn.me)


def _lines() -> Answer[Sequence[str]]:
    """Lines of a sketch, each of which can be drawn."""

    def read(words: str) -> Got[Sequence[str]] | None:
        lines = tuple(
            part.strip() for part in words.replace(";", "\n").splitlines() if part.strip()
        )
        fine = bool(lines) and all(figure(one) is not None for one in lines)
        return Got(lines) if fine else None

    def recall(kept: str) -> Got[Sequence[str]] | None:
        if kept in (_ENOUGH, _ANEW):
            return Got((kept,))
        try:
            return Got(tuple(map(str, json.loads(kept))))
        except (TypeError, ValueError):
            return None

    choices = (Choice(_ENOUGH), Choice(_ANEW))
    return Answer(
        read, lambda lines: json.dumps(list(lines)), recall, choices=choices, counted=False
    )


def _her(change: SketchAsked, _: Books) -> Iterable[Person]:
    return [change.member.person]


@dialogue(follows=SketchAsked, to=_her, lasts=_MONTH, kind="question")
async def may_sketch(turn: Turn) -> SketchAnswered | None:
    """To the member, before anything is drawn."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    mentor = turn.books.person(turn.facts["by"])
    allows = await ask("may_we", yes_or_no("may", "may_not"), mentor=mentor)
    turn.say("thanks" if allows else "thats_fine", mentor=mentor)
    return SketchAnswered(me, allows)


@dialogue(says=("hapus gambar",), keepers=True)
async def erase_sketch(turn: Turn) -> SketchAnswered | None:
    """For members: takes back what she allowed, and with it what was drawn."""
    me = await membership(turn)
    if me is None:
        return None
    now = turn.books.sketch(me)
    if now is None or not now.allowed:
        turn.say("nothing_drawn")
        return None
    turn.say("erased", mentor=turn.books.mentors(me.group)[0])
    return SketchAnswered(me, allows=False)


def _mentors(change: SketchAnswered, books: Books) -> Iterable[Person]:
    return books.mentors(change.member.group)


@dialogue(follows=SketchAnswered, to=_mentors)
async def sketch_answered(turn: Turn) -> None:
    """To the mentors."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    now = turn.books.sketch(member)
    turn.say("may_draw" if now is not None and now.allowed else "rather_not", member=member)


def _by(change: SketchDrawn, _: Books) -> Iterable[Person]:
    return [change.by]


@dialogue(follows=SketchDrawn, to=_by)
async def sketch_drawn(turn: Turn) -> None:
    """To the mentor who drew: the picture."""
    member = turn.books.member(turn.facts["group"], turn.facts["member"])
    if not leads(turn, member.group):
        return
    now = turn.books.sketch(member)
    if now is None or not now.lines:
        turn.say("empty", member=member)
        return
    facts = {"group": member.group, "member": member.number}
    turn.say("drawn", member=member, media=picture("sketch", **facts))
