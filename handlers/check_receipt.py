"""Is an old receipt still true: its code against all the books."""

from __future__ import annotations

import re

from bot.domain.ledger import CODE
from bot.talk import Turn, ask, dialogue, text
from handlers.who import leads, reading_group

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
    checked = turn.books.check_chain(group.id, code)
    entry, broken = checked.entry, checked.broken
    mentor, lead = turn.books.mentors(group.id)[0], leads(turn, group.id)
    whom, offers = ("lead.", ()) if lead else ("", ("pendamping",))
    if broken is not None:
        hers = entry is not None and entry.number < broken
        if entry is not None and hers:
            turn.say("stands", number=entry.number, code=code)
        turn.say(whom + ("another" if hers else "broken"), number=broken)
        turn.say(whom + "show", mentor=mentor, offers=offers)
    elif entry is None:
        turn.say("unknown", code=code)
        turn.say(whom + "if_so", mentor=mentor, offers=("periksa", *offers))
    else:
        turn.say("true", number=entry.number, day=entry.day, code=code)
        turn.say("all_stand", count=checked.entries)
