"""An answer that is either one of a few words, on buttons, or whatever she wants to tell a human."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.talk.answers import Answer, Choice, Got, Note, anything, one_of


def word_or_note(
    names: Mapping[str, Sequence[str]], longest: int, more: Sequence[Choice] = ()
) -> Answer[str | Note]:
    """One of some named choices, or else words, a photo, a voice note; ``more`` are further buttons.

    A note is at most ``longest`` signs.
    """
    word, note = one_of(names), anything(longest)

    def read(words: str) -> Got[str | Note] | None:
        found: Any = word.read(words) or note.read(words)
        return found if isinstance(found, Got) else None

    def recall(kept: str) -> Got[str | Note] | None:
        found: Any = word.recall(kept) or note.recall(kept)
        return found if isinstance(found, Got) else None

    def keep(value: str | Note) -> str:
        return value if isinstance(value, str) else note.keep(value)

    return Answer(
        read, keep, recall, (*word.choices, *more), media=note.media, free=True, counted=False
    )
