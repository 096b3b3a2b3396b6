"""Each week every member is shown what stands there for her, and says whether it is so."""

from __future__ import annotations

from datetime import date, timedelta

from bot.domain.ledger_changes import StatementMade, StatementRight, StatementWrong
from bot.domain.money import NOTHING
from bot.talk import Turn, ask, dialogue, text, yes_or_no

_LONGEST = 300
_MOST_LINES = 10


@dialogue(
    follows=StatementMade,
    to=lambda change, _: [change.member.person],
    lasts=timedelta(days=7),
    kind="reminder",
)
async def weekly(turn: Turn) -> StatementRight | StatementWrong | None:
    """*Benar* or *Tidak*; one *Tidak* opens a dispute."""
    me = turn.books.member(turn.facts["group"], turn.facts["member"])
    day = date.fromisoformat(turn.facts["day"])
    it = turn.books.statement(me, day)
    if it.answer is not None:
        turn.say(f"already_{it.answer}", saved=it.saved)
        return None
    turn.say("saved", saved=it.saved, code=turn.books.group(me.group).head[:8].upper())
    if it.entries:
        rows = [
            {"what": turn.wording(str(one.kind)), "amount": one.saved, "day": one.day}
            for one in it.entries[-_MOST_LINES:]
        ]
        turn.say("entry", rows=rows)
    for off in it.differences:
        turn.say("box_more" if off > NOTHING else "box_less", off=off if off > NOTHING else -off)
    if await ask("is_it_so", yes_or_no("right", "wrong"), quietly=True):
        turn.say("thanks")
        return StatementRight(me, day)
    words = await ask("what", text(_LONGEST), saved=it.saved)
    turn.say("passed_on", mentor=turn.books.mentors(me.group)[0])
    return StatementWrong(me, day, words)
