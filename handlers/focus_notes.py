"""A focus group in person: the bot writes down, the mentor watches that everybody is heard."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.focus import LONGEST_ANSWER, Focus, FocusNoted
from bot.domain.people import Member, Person
from bot.talk import Turn, ask, dialogue
from bot.talk.answers import Answer, Choice, Got
from bot.talk.understand import match_name
from handlers.focus import open_focus
from handlers.focus_guide import theme

_LINE = re.compile(r"\s*(?P<name>[^:\n]{2,40}):\s*(?P<words>[^\n]+)")
_GO_ON = {
    "next_question": ("lanjut", "berikutnya", "next"),
    "enough": ("selesai", "cukup", "sudah"),
}

#: Lines written down at once.
_MOST_LINES = 30

#: Who said what, by number; or only one of the words above.
Spoken = tuple[str, tuple[tuple[int, str], ...]]


@dialogue(says=("catat fgd",), keepers=True)
async def take_notes(turn: Turn) -> FocusNoted | None:
    """``Sari: modal saya kecil``, a line each, under the question that is being talked about."""
    now = await open_focus(turn)
    return None if now is None else await _noted(turn, now)


def _by(change: FocusNoted, _: Books) -> Iterable[Person]:
    return [change.by]


@dialogue(follows=FocusNoted, to=_by, lasts=timedelta(hours=6))
async def notes_go_on(turn: Turn) -> FocusNoted | None:
    """To the note-taker, until she has enough."""
    now = turn.books.focus(turn.facts["group"])
    if now is None or now.closed:
        return None
    return await _noted(turn, now)


async def _noted(turn: Turn, now: Focus) -> FocusNoted | None:
    members = turn.books.members(now.group)
    spoke = {one.member for one in turn.books.said_in(now)}
    silent = [one for one in members if one.number not in spoke]
    if silent:
        turn.say("not_heard_yet", members=silent)
    word, lines = await ask(
        "notes", _spoken(members), number=now.at + 1, of=len(now.guide), question=now.guide[now.at]
    )
    if word == "enough" or (word and now.at + 1 == len(now.guide)):
        turn.say("enough_for_now", offers=("fgd tutup", "tema"))
        return None
    at = now.at + 1 if word else now.at
    kept = [(who, words, theme(words)) for who, words in lines]
    return FocusNoted(now, now.at, kept, at, turn.me)


def _spoken(members: Sequence[Member]) -> Answer[Spoken]:
    """Lines with a name before them, or that it goes on."""
    called = [one.called for one in members]

    def read(words: str) -> Got[Spoken] | None:
        plain = words.strip().lower()
        word = next((one for one, ways in _GO_ON.items() if plain in ways), None)
        if word is not None:
            return Got((word, ()))
        lines = [one for one in words.splitlines() if one.strip()][:_MOST_LINES]
        found = []
        for line in lines:
            spoken = _LINE.fullmatch(line)
            fits = match_name(spoken["name"], called) if spoken else []
            if spoken is None or len(fits) != 1:
                return None
            found.append((members[fits[0]].number, spoken["words"].strip()[:LONGEST_ANSWER]))
        return Got(("", tuple(found))) if found else None

    def recall(kept: str) -> Got[Spoken] | None:
        if kept in _GO_ON:
            return Got((kept, ()))
        try:
            return Got(("", tuple((int(who), str(words)) for who, words in json.loads(kept))))
        except (TypeError, ValueError):
            return None

    return Answer(
        read,
        lambda spoken: spoken[0] or json.dumps(spoken[1]),
        recall,
        choices=tuple(Choice(one) for one in _GO_ON),
        free=True,
    )
