"""A bare yes or no belongs to what she saw last, and to nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from bot.conversing import OpenSession
from bot.domain.kinds import Kind
from bot.scene import Scene
from bot.talk.answers import Reply
from bot.talk.dialogue import Dialogue
from bot.talk.route import plainly
from bot.talk.understand import (
    name_parts,
    nothing_off,
    read_amount,
    read_yes_no,
    says_done,
    tokens,
)

#: Two questions that reach her so soon after one another stand on her screen side by side.
TOGETHER = timedelta(minutes=10)

#: The newest message is looked for so far back from when the question was asked, or left alone.
_BACK = timedelta(days=3)

#: A quiet question is looked for on her screen so far back: the longest that one is kept.
_QUIET = timedelta(days=7)

#: Said to any question that takes them, whatever stands on its buttons.
_FOR_ANY = frozenset({"ya", "tidak", "bukan", "belum"})

#: That a picture is no identity card, or a bare no.
_NO_CARD = re.compile(r"(?:(?:ini|itu|iki|kuwi) )?(?:bukan|dudu)( ktp)?(?: (?:bu|kak|min|ya|kok))*")


def answers_another(scene: Scene, here: Dialogue, kept: OpenSession, words: str) -> bool:
    """Whether a bare yes, no or "no matter" may be about something else than the question ``kept`` asked.

    Something else was said to her since, or another question of that kind came with it and she
    answered neither. One that says whose or how much is about just that, whenever it comes.
    """
    if kept.asked_at is None or kept.state.get("free"):
        return False
    if read_yes_no(words) is None and not nothing_off(words):
        return False
    if read_amount(words).candidates:
        return False
    other = _other_shown(scene, here, kept, words)
    return other and not names_somebody(scene, words)  # names last: her groups may be many


def answered_quietly(scene: Scene, words: str) -> bool:
    """Whether the words plainly answered a quiet question, and went to it.

    It is the one on her screen. Where something else was said to her since, the words on one of its
    buttons have it asked once more. That something is done, or who, is said of something else.
    """
    quiet = [one for one in scene.books.sessions(scene.me) if one.state.get("quietly")]
    newest = scene.newest_shown(_QUIET) if quiet else ""
    for one in quiet:
        if one.id == newest and scene.understands(one, words) and not _tells(scene, words):
            return scene.resume(one, Reply(words))
    named = next((one for one in quiet if scene.stands_on_button(one, words)), None)
    if named is not None:
        scene.make_sure(named)
    return named is not None


def _tells(scene: Scene, words: str) -> bool:
    return says_done(words) or names_somebody(scene, words)


def whose_button(scene: Scene, asked: Sequence[OpenSession], words: str) -> list[OpenSession]:
    """The questions on one of whose buttons these words stand, when they are no word for any question.

    ``asked`` are all that are open, the one asked last at the end.
    """
    if plainly(words) in _FOR_ANY and scene.understands(asked[-1], words):
        return []
    theirs = [one for one in asked if scene.stands_on_button(one, words)]
    return [one for one in theirs if not scene.is_over(one)]


def denies_card(scene: Scene, words: str) -> bool:
    """Whether she says of the picture we hold back that it is no identity card.

    A bare no says so, too, where what she saw last asks nothing.
    """
    said = _NO_CARD.fullmatch(plainly(words))
    if said is None or not scene.books.held_back(scene.me):
        return False
    return said[1] is not None or not scene.asked_last()


def _other_shown(scene: Scene, here: Dialogue, kept: OpenSession, words: str) -> bool:
    """Whether the newest on her screen is something else, or came with another such question."""
    asked_at = kept.asked_at
    shown = scene.books.shown(scene.me, asked_at - _BACK, 2) if asked_at else ()
    if not shown or shown[0][0] != kept.id:
        return bool(shown)
    if kept.state.get("sure"):
        return False
    return here.kind is Kind.QUESTION and any(
        shown[0][1] - at <= TOGETHER and _asks_too(scene, session, kept, words)
        for session, at in shown[1:]
    )


def names_somebody(scene: Scene, words: str) -> bool:
    """Whether the words name a member of one of her groups."""
    said = set(tokens.words(words))
    groups = [one.group for one in scene.books.memberships(scene.me)]
    groups += [one.id for one in scene.books.groups_led(scene.me)]
    members = (one for group in groups for one in scene.books.members(group))
    return bool(said & name_parts(one.person.name for one in members))


def _asks_too(scene: Scene, session_id: str, kept: OpenSession, words: str) -> bool:
    """Whether in the conversation ``session_id`` another question is open which they answer, too."""
    other = scene.books.session(session_id) if session_id not in ("", kept.id) else None
    if other is None or other.closed or other.asked_at is None or scene.is_over(other):
        return False
    return other.dialogue == kept.dialogue or scene.understands(other, words)
