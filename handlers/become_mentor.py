"""A mentor's first message: the code she was given makes this chat hers."""

from __future__ import annotations

from bot.domain.changes import MentorJoined
from bot.talk import Turn, ask, dialogue, text

_LONGEST_CODE = 20


@dialogue(says=("start m_", "mentor"))
async def become_mentor(turn: Turn) -> MentorJoined | None:
    """``/start m_CODE``; the code works once."""
    code = await ask("code", text(_LONGEST_CODE), already=turn.opening)
    name = turn.books.mentor_invited(code)
    if name is None:
        turn.say("already" if turn.books.is_mentor(turn.me) else "wrong_code")
        return None
    turn.say("welcome", name=name, offers=("kelompok baru", "bantuan"))
    return MentorJoined(turn.me, code)
