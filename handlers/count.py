"""Counting the box before a witness, who is drawn and not chosen."""

from __future__ import annotations

from bot.domain.cash import CashKind
from bot.domain.ledger_changes import CashReported, CountAsked
from bot.talk import Turn, dialogue
from handlers.box import counted, drawn_witness, held_group, tell_off, tell_unanswered
from handlers.who import led_group, only_leads


@dialogue(says=("hitung kas", "hitung"), keepers=True)
async def count_cash(turn: Turn) -> CashReported | None:
    """``hitung kas 150rb``; who looks on is drawn, not chosen."""
    if only_leads(turn):
        await _for_mentor(turn)
        return None
    held = await held_group(turn)
    if held is None:
        return None
    group, me = held
    if tell_unanswered(turn, group, CashKind.COUNT):
        turn.say("then_count", offers=("hitung kas",))
        return None
    amount = await counted(turn, "amount")
    witness = drawn_witness(turn, group, me)
    if witness is None:
        turn.say("nobody_to_witness", mentor=turn.books.mentors(group.id)[0])
        return None
    turn.say("asked", witness=witness, amount=amount)
    return CashReported(CashKind.COUNT, group, me, amount, witness)


async def _for_mentor(turn: Turn) -> None:
    """She counts nothing herself: what the last count found, or whose it is to count."""
    group = await led_group(turn)
    if group is not None and not tell_off(turn, group):
        turn.say("holder_counts", group=group)


@dialogue(
    follows=CountAsked,
    to=lambda change, books: [
        one.person for one in books.members(change.group.id) if one.number == change.group.holder
    ],
    kind="question",
)
async def please_count(turn: Turn) -> None:
    """To the holder, on a day that was drawn."""
    turn.say("please_count", offers=("hitung kas",))
