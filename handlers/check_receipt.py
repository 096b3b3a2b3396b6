"""Is an old receipt still true: its code against all the books."""

from __future__ import annotations

import re

from bot.domain.ledger import CODE
from bot.talk import Turn, ask, dialogue, text
from handlers.who import reading_group

_NOT_CODE = re.compile(r"[^0-9A-F]")
_LONGEST = 40


@dialogue(says=("periksa",))
async def check_receipt(turn: Turn) -> None:
    """``periksa 3F2A91BC``: anyone of the group may look."""
    group = await reading_group(turn)
    if group is None:
        return
    written = await ask("code", text(_LONGEST), already=turn.opening)
    code = _NOT_CODE.sub("", written.upper())
    if len(code) != CODE:
        turn.say("no_code", offers=("periksa",))
        return
    mentor = turn.books.mentors(group.id)[0]
    checked = turn.books.check_chain(group.id, code)
    if checked.broken is not None:
        turn.say("broken", number=checked.broken, mentor=mentor, offers=("pendamping",))
    elif checked.entry is None:
        turn.say("unknown", code=code, mentor=mentor, offers=("periksa", "pendamping"))
    else:
        turn.say("true", number=checked.entry.number, day=checked.entry.day, code=code)
        turn.say("all_stand", count=checked.entries)
