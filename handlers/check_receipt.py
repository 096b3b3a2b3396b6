"""Is an old receipt still true: its code against all the books."""

from __future__ import annotations

import re

from bot.talk import Turn, ask, dialogue, text
from handlers.who import leads, reading_group

#: A code as it is written, perhaps with a sign in its middle.
_CODE = re.compile(r"\b[0-9A-F]{4}[ .-]?[0-9A-F]{4}\b")
_NOT_CODE = re.compile(r"[^0-9A-F]")
_LONGEST = 40


def code_in(words: str) -> str:
    """The code of a receipt that words name, "" for none: "cek kode 5737ee38 bu"."""
    found = _CODE.search(words.upper())
    return _NOT_CODE.sub("", found[0]) if found else ""


def only_a_code(words: str) -> bool:
    """Whether words are the code of a receipt and nothing else; in digits alone it may be an amount."""
    return _CODE.fullmatch(words.strip().upper()) is not None and not words.strip().isdecimal()


@dialogue(says=("periksa", "cek kode", "periksa kode"))
async def check_receipt(turn: Turn) -> None:
    """``periksa 3F2A91BC``: anyone of the group may look."""
    group = await reading_group(turn)
    if group is None:
        return
    written = await ask("code", text(_LONGEST), already=turn.opening)
    code = code_in(written)
    if not code:
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
