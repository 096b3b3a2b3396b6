"""What a mentor means in her own words, found among her commands as an answer is among articles."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

from bot.talk import Instead, Turn, dialogue
from bot.talk.knowledge import Article, Found, Library, asks, read_elsewhere
from handlers.inbox import NO_ANSWER, in_the_box
from handlers.shelf import library

_FILE = Path(__file__).parent / "knowledge" / "mentor" / "id.txt"

#: How a line begins that is about something no command does.
_NONE = "-"

#: Offering a command that does not fit costs a glance; not offering the right one, a search.
_FLOOR = 0.06


def meant_by_mentor(turn: Turn) -> Instead | None:
    """One of her commands, something about a member's question, or something she wants to read."""
    found = likely(turn.opening)
    if found.alone:
        return Instead("", found.answers[0].id)
    asked = asks(turn.opening)
    answered = library(turn.books.articles()).find(turn.opening).alone
    boxed = in_the_box(turn, turn.opening)
    if boxed and not (asked and answered):
        return boxed
    if asked or answered:
        return Instead("cari jawaban", turn.opening)
    _offer(turn, found)
    return None


@dialogue(wishes=(NO_ANSWER,))
async def which_command(turn: Turn) -> None:
    """What she may have meant, where we took her words for an answer to a member."""
    _offer(turn, likely(turn.opening))


def _offer(turn: Turn, found: Found) -> None:
    if found.answers:
        commands_ = ((one.id, one.title) for one in found.answers)
        turn.say("which_command", offers=(*commands_, "bantuan"))
    else:
        turn.say("mentor", offers=("bantuan",))


def likely(words: str) -> Found:
    """What a mentor can say instead: ``id`` is the command, ``title`` what its button shows."""
    return commands().find(words, _FLOOR)


@cache
def commands() -> Library:
    """The commands, indexed once by the ways to say them."""
    said = read_elsewhere(_FILE.read_text("utf-8"))
    named = [_as_article(name, ways) for name, ways in said.items() if not name.startswith(_NONE)]
    return Library(named, {name: ways for name, ways in said.items() if name.startswith(_NONE)})


def _as_article(command: str, ways: tuple[str, ...]) -> Article:
    return Article(command.lower(), command, (), ways, "", date.min, "", "")
