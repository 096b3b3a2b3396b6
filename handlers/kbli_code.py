"""``kbli keripik pisang``: which codes may fit, in plain words; a code of 2020 is told as such."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from bot.talk import Turn, ask, dialogue, text
from bot.talk.kbli import LONGEST, Candidate, Kbli
from bot.talk.knowledge import spoken_to

FOLDER = Path(__file__).parent / "kbli" / "id"

#: Indexed once for each official list; there is never more than one.
_ready: dict[str, Kbli] = {}


@dialogue(says=("kbli", "kode kbli", "cek kode kbli"))
async def kbli(turn: Turn) -> None:
    """For anybody: nothing is written down."""
    said = turn.opening or await ask("what", text(LONGEST))
    index = _index(turn)
    code = index.written(said)
    if code is not None:
        _tell_code(turn, index, code)
        return
    found = index.find(said)
    if not found:
        turn.say("none", words=said, offers=("pendamping",))
        return
    turn.say("found", words=said)
    _list(turn, found)


def _index(turn: Turn) -> Kbli:
    stamp = turn.books.kbli_stamp()
    if stamp not in _ready:
        _ready.clear()
        _ready[stamp] = Kbli(FOLDER, turn.books.kbli_list() if stamp else ())
    return _ready[stamp]


def _tell_code(turn: Turn, index: Kbli, code: str) -> None:
    """What a code means now, and whether it is one of 2020."""
    now, old = index.code(code), index.old.get(code)
    if old is not None:
        if now is None:
            turn.say("old", code=code, meant=old.meant)
        else:
            turn.say("changed", code=code, meant=old.meant, title=now.title)
        _list(turn, [one for each in old.now if (one := index.code(each)) is not None])
    elif now is not None:
        _list(turn, [now])
    else:
        turn.say("unknown", code=code, offers=("pendamping",))


def _list(turn: Turn, found: Sequence[Candidate]) -> None:
    for one in found:
        key = "code" if one.when else "bare_code"
        turn.say(key, code=one.code, title=one.title, when=spoken_to(one.when, turn.me.you))
    turn.say("risk", offers=("oss", "pendamping"))
