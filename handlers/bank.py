"""Cash that goes to the bank and comes back, with a slip that somebody else sees; and the box's cap."""

from __future__ import annotations

import re
from typing import Any

from bot.domain.cash import CashKind
from bot.domain.disputes import Dispute
from bot.domain.ledger import Entry, EntryKind
from bot.domain.ledger_changes import BoxTooFull, CapChanged, CashReported
from bot.talk import Turn, ask, dialogue, money, photo
from handlers.box import at_bank, drawn_witness, held_group, tell_unanswered
from handlers.photos import picture_of
from handlers.who import holder_of, keepers, led_group

#: Speaks of a slip, and of one by which money was taken out.
_SLIP = re.compile(r"\bslip(?:nya)?\b|\b(?:bukti|struk|resi)(?: \w+)? bank\b")
_OUT = re.compile(r"\b(?:ambil|tarik|narik|penarikan|pengambilan|keluar)\b")


def slip_sent(words: str) -> str:
    """What words beside a photo of a slip ask for, as it would be typed; "" when they are about no slip."""
    said = words.lower()
    if not _SLIP.search(said):
        return ""
    return f"{'ambil' if _OUT.search(said) else 'setor'} bank {words}"


@dialogue(says=("setor bank", "setor ke bank", "bawa ke bank"), keepers=True)
async def to_bank(turn: Turn) -> CashReported | None:
    """``setor bank 100rb``, with a photo of the slip, or after it."""
    held = await held_group(turn)
    if held is None:
        return None
    group, me = held
    if group.sharing:
        turn.say("sharing", group=group)
        return None
    if tell_unanswered(turn, group, CashKind.TO_BANK):
        return None
    box = turn.books.in_box(group)
    amount = await ask("amount", money(), already=turn.opening)
    if amount > box:
        turn.say("more_than_box", box=box)
        return None
    return await _moved(turn, CashReported(CashKind.TO_BANK, group, me, amount, me.person))


@dialogue(
    says=("ambil bank", "ambil dari bank", "ambil uang dari bank", "tarik bank", "tarik dari bank"),
    keepers=True,
)
async def from_bank(turn: Turn) -> CashReported | None:
    """``ambil bank 100rb``, with a photo of the slip."""
    held = await held_group(turn)
    if held is None:
        return None
    group, me = held
    if tell_unanswered(turn, group, CashKind.FROM_BANK):
        return None
    there = at_bank(turn, group)
    amount = await ask("amount", money(), already=turn.opening)
    if amount > there:
        turn.say("more_than_bank", there=there)
        return None
    return await _moved(turn, CashReported(CashKind.FROM_BANK, group, me, amount, me.person))


async def _moved(turn: Turn, said: CashReported) -> CashReported | None:
    slip = picture_of(turn) or await ask("slip", photo(), amount=said.amount)
    mentors = turn.books.mentors(said.group.id)
    others = (one for one in mentors if one.id != turn.me.id)
    checker = next(others, None) or drawn_witness(turn, said.group, said.member)
    if checker is None:
        turn.say("nobody_to_witness", mentor=turn.me)
        return None
    turn.say("asked", witness=checker, amount=said.amount)
    return CashReported(said.kind, said.group, said.member, said.amount, checker, slip)


def bank_put_right(turn: Turn, dispute: Dispute, now: Entry) -> bool:
    """Say of an entry about the bank that it was put right; whether it is one."""
    was, group = dispute.entry, turn.books.group(dispute.group)
    if was is None or was.kind not in (EntryKind.TO_BANK, EntryKind.FROM_BANK):
        return False
    turn.say(
        "bank.corrected" if dispute.right else "bank.undone",
        number=was.number,
        was=was.amount,
        right=dispute.right,
        bank=at_bank(turn, group),
        box=turn.books.in_box(group),
        now=now.number,
        code=now.code,
    )
    return True


@dialogue(says=("batas",), keepers=True)
async def cap(turn: Turn) -> CapChanged | None:
    """``batas 3jt``: the mentor writes down what the group agreed on."""
    group = await led_group(turn)
    if group is None:
        return None
    agreed = await ask("amount", money(), already=turn.opening, cap=group.cap, group=group)
    turn.say("kept", cap=agreed, group=group)
    return CapChanged(group, agreed, turn.me)


@dialogue(
    follows=CapChanged, to=lambda change, books: keepers(change.group.id, books, but=change.by)
)
async def cap_changed(turn: Turn) -> None:
    """To the holder and the other mentors."""
    group = turn.books.group(turn.facts["group"])
    turn.say("cap_is", cap=group.cap, group=group, by=turn.books.person(turn.facts["by"]))


@dialogue(
    follows=BoxTooFull, to=lambda change, books: keepers(change.group.id, books), kind="reminder"
)
async def box_too_full(turn: Turn) -> None:
    """To the holder and the mentors, once a day."""
    group = turn.books.group(turn.facts["group"])
    holder = holder_of(turn, group)
    hers = holder is not None and holder.person.id == turn.me.id
    facts: dict[str, Any] = {"group": group, "box": turn.books.in_box(group), "cap": group.cap}
    if hers:
        turn.say("yours", offers=("setor bank",), **facts)
    else:
        turn.say("hers", holder=holder, **facts)
