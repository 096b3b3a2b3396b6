"""A bare yes that comes late: something else was said since the question, and it may be about that."""

from __future__ import annotations

from bot.domain.kinds import Kind
from bot.ports import OpenSession
from bot.scene import Scene
from bot.talk.dialogue import Dialogue
from bot.talk.route import plainly

#: Says yes to whatever was said last, and nothing of what it is about.
_BARE = frozenset({"ya", "y", "iya", "ya bu", "iya bu", "ok", "oke", "baik", "siap", "setuju"})


def agrees_late(scene: Scene, here: Dialogue | None, kept: OpenSession, words: str) -> bool:
    """Whether this is such a yes to a question that others wait for; it is asked once more then."""
    if here is None or here.kind is not Kind.QUESTION or kept.asked_at is None:
        return False
    newest = scene.books.spoken(scene.me, kept.asked_at, 1) if plainly(words) in _BARE else ()
    return bool(newest) and newest[0][0] == Kind.ANSWER
