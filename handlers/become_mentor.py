"""A mentor's first message: the code she was given makes this chat hers."""

from __future__ import annotations

from bot.domain.changes import MentorJoined
from bot.talk import Instead, Turn, ask, dialogue, text

_LONGEST_CODE = 20


@dialogue(says=("start m_", "mentor"))
async def become_mentor(turn: Turn) -> MentorJoined | Instead | None:
    """``/start m_CODE``; the code works once. "mentor, saya mau tanya" is no code."""
    known = turn.books.is_mentor(turn.me)
    words = turn.opening.strip(" ,.:;!?")
    if len(words.split()) > 1 or (not words and (known or turn.books.memberships(turn.me))):
        return Instead("bantuan" if known else "mentor", words)
    code = await ask("code", text(_LONGEST_CODE), already=words)
    name = turn.books.mentor_invited(code)
    if name is None:
        turn.say("already" if known else "wrong_code")
        return None
    turn.say("welcome", name=name, offers=("kelompok baru", "bantuan"))
    return MentorJoined(turn.me, code)
