"""Her private notebook: ``jual 150rb``, ``belanja 80rb``, and what is left today and this week."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain.changes import Jotted, JottingStruck, WordsPassed
from bot.domain.consultations import Topic
from bot.domain.money import NOTHING
from bot.domain.notebook import Jotting, NoteKind, takings, week_of
from bot.talk import Instead, Turn, ask, dialogue, money, yes_or_no
from bot.talk.knowledge import asks
from bot.talk.understand import read_amount
from handlers.who import membership


@dialogue(says=("jual", "terjual", "laku"))
async def sold(turn: Turn) -> Jotted | Instead | None:
    """``jual 150rb``."""
    return await _jot(turn, NoteKind.SOLD, "jual")


@dialogue(says=("belanja", "belanja bahan"))
async def bought(turn: Turn) -> Jotted | Instead | None:
    """``belanja 80rb``."""
    return await _jot(turn, NoteKind.BOUGHT, "belanja")


@dialogue(says=("jualan hari ini", "buku jualan", "catatan jualan", "catat jualan"))
async def takings_now(turn: Turn) -> None:
    """What came in, went out and is left, today and this week."""
    if await membership(turn) is None:
        return
    lines = turn.books.jottings(turn.me, week_of(turn.today))
    if not lines:
        turn.say("nothing_yet", offers=("jual", "belanja"))
        return
    turn.say("only_you", offers=("bagikan jualan",))
    _tell(turn, lines)


@dialogue(says=("coret",))
async def strike(turn: Turn) -> JottingStruck | None:
    """``coret``: the last line of this week goes, if she says so."""
    if await membership(turn) is None:
        return None
    lines = turn.books.jottings(turn.me, week_of(turn.today))
    if not lines:
        turn.say("nothing_to_strike")
        return None
    last = lines[-1]
    kind = turn.wording(f"kinds.{last.kind}")
    if not await ask("sure", yes_or_no("strike", "keep"), kind=kind, amount=last.amount):
        turn.say("stays")
        return None
    turn.say("struck", kind=kind, amount=last.amount, offers=("buku jualan",))
    return JottingStruck(turn.me, last.number)


@dialogue(says=("bagikan buku jualan", "bagikan jualan"))
async def share_takings(turn: Turn) -> WordsPassed | None:
    """``bagikan buku jualan``: this week's sums to her mentor, only with her yes, and no line of it."""
    me = await membership(turn)
    if me is None:
        return None
    lines = turn.books.jottings(turn.me, week_of(turn.today))
    if not lines:
        turn.say("nothing_yet", offers=("jual", "belanja"))
        return None
    sums, mentor = takings(lines), turn.books.mentors(me.group)[0]
    told = turn.wording("told", came_in=sums.came_in, went_out=sums.went_out)
    if not await ask("sure", yes_or_no("send", "keep"), mentor=mentor, words=told):
        turn.say("stays")
        return None
    turn.say("passed_on", mentor=mentor)
    group = turn.books.group(me.group)
    return WordsPassed(turn.me, group, told, anew=True, topic=Topic.MONEY)


async def _jot(turn: Turn, kind: NoteKind, word: str) -> Jotted | Instead | None:
    if await membership(turn) is None:
        return None
    if turn.opening and (asks(turn.opening) or not read_amount(turn.opening).candidates):
        return Instead("konsultasi", f"{word} {turn.opening}")
    amount = await ask("amount", money(), already=turn.opening)
    turn.say("written", amount=amount)
    lines = turn.books.jottings(turn.me, week_of(turn.today))
    _tell(turn, [*lines, Jotting(0, kind, amount, turn.today)])
    turn.say("undo", offers=("coret",))
    return Jotted(turn.me, kind, amount, turn.today)


def _tell(turn: Turn, lines: Sequence[Jotting]) -> None:
    over = {"today": [one for one in lines if one.day == turn.today], "week": lines}
    for name, some in over.items():
        sums = takings(some)
        short = "_short" if sums.left < NOTHING else ""
        left = -sums.left if short else sums.left
        turn.say(f"takings_{name}{short}", came_in=sums.came_in, went_out=sums.went_out, left=left)
