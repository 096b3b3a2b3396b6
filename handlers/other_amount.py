"""What is written differs from what she gave: "lho kok 20, saya kasih 25"."""

from __future__ import annotations

from bot.domain.ledger import EntryKind
from bot.domain.money import LARGEST, SMALLEST
from bot.talk import Instead, Turn, dialogue
from bot.talk.understand import read_amount

#: So many of her newest entries may be the one she means.
_NEWEST = 5


@dialogue(wishes=("beda catatan",))
async def other_amount(turn: Turn) -> Instead:
    """To take back what still waits, or to put right what is booked; where neither is known, she is asked."""
    said = [one for one in read_amount(turn.opening).candidates if SMALLEST <= one <= LARGEST]
    for me in turn.books.memberships(turn.me):
        for claim in turn.books.waiting_claims(me):
            if instead := _other(said, claim.amount.rupiah):
                return Instead("batal", f"salah, harusnya Rp{instead}")
        for entry in turn.books.entries(me, None, _NEWEST):
            deposit = entry.kind is EntryKind.DEPOSIT and turn.books.reversed_by(entry) is None
            if deposit and (instead := _other(said, entry.amount.rupiah)):
                return Instead("", f"koreksi {entry.number} jadi Rp{instead}")
    return Instead("lainnya", turn.opening, {"wishes": "setor"})


def _other(said: list[int], written: int) -> int | None:
    """The amount said behind the written one, where that is said first: "kok 20, saya kasih 25"."""
    return next(iter(said[said.index(written) + 1 :]), None) if written in said else None
