"""Cash: counting the box before a witness, taking it to the bank and back; a second person says so."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.cash import (
    NUDGE_AFTER,
    TELL_MENTOR_AFTER,
    CashKind,
    CashReport,
    CashState,
    witness_of,
)
from bot.domain.ledger import BANK
from bot.domain.ledger_changes import (
    BoxTooFull,
    CapChanged,
    CashConfirmed,
    CashDeclined,
    CashReported,
    CountAsked,
)
from bot.domain.money import NOTHING
from bot.domain.people import Group, Member, Person
from bot.talk import Turn, ask, dialogue, money, optional, photo, yes_or_no
from handlers.who import holder_of, keepers, led_group, membership, silence

#: Words for a box with nothing in it.
EMPTY = ("kosong", "0", "nol", "rp0", "tidak ada")


@dialogue(says=("hitung kas", "hitung"), keepers=True)
async def count_cash(turn: Turn) -> CashReported | None:
    """``hitung kas 150rb``; who looks on is drawn, not chosen."""
    held = await _held(turn)
    if held is None:
        return None
    group, me = held
    counted = await ask("amount", optional(money(), "empty", EMPTY), already=turn.opening)
    present = [member.number for member, _ in turn.books.deposits_on(group, turn.today)]
    members, mentors = turn.books.members(group.id), turn.books.mentors(group.id)
    witness = witness_of(me, members, present, mentors, group.head, turn.today)
    if witness is None:
        turn.say("nobody_to_witness", mentor=mentors[0])
        return None
    turn.say("asked", witness=witness, amount=counted or NOTHING)
    return CashReported(CashKind.COUNT, group, me, counted or NOTHING, witness)


@dialogue(says=("setor bank",), keepers=True)
async def to_bank(turn: Turn) -> CashReported | None:
    """``setor bank 100rb``, with a photo of the slip."""
    held = await _held(turn)
    if held is None:
        return None
    group, me = held
    if group.sharing:
        turn.say("sharing", group=group)
        return None
    box = turn.books.in_box(group)
    amount = await ask("amount", money(), already=turn.opening)
    if amount > box:
        turn.say("more_than_box", box=box)
        return None
    return await _moved(turn, CashReported(CashKind.TO_BANK, group, me, amount, me.person))


@dialogue(says=("ambil bank",), keepers=True)
async def from_bank(turn: Turn) -> CashReported | None:
    """``ambil bank 100rb``, with a photo of the slip."""
    held = await _held(turn)
    if held is None:
        return None
    group, me = held
    there = turn.books.balances(group.id).get(BANK, NOTHING)
    amount = await ask("amount", money(), already=turn.opening)
    if amount > there:
        turn.say("more_than_bank", there=there)
        return None
    return await _moved(turn, CashReported(CashKind.FROM_BANK, group, me, amount, me.person))


async def _moved(turn: Turn, said: CashReported) -> CashReported | None:
    slip = await ask("slip", photo(), amount=said.amount)
    checker = next((one for one in turn.books.mentors(said.group.id) if one.id != turn.me.id), None)
    if checker is None:
        turn.say("nobody_to_witness", mentor=turn.me)
        return None
    turn.say("asked", witness=checker, amount=said.amount)
    return CashReported(said.kind, said.group, said.member, said.amount, checker, slip)


async def _held(turn: Turn) -> tuple[Group, Member] | None:
    """The group whose celengan she holds, and her place in it; says so when she holds none."""
    me = await membership(turn)
    if me is None:
        return None
    group = turn.books.group(me.group)
    if group.holder != me.number:
        turn.say("only_the_holder")
        return None
    return group, me


@dialogue(
    follows=CashReported,
    to=lambda change, _: [change.checker],
    lasts=timedelta(days=30),
    kind="question",
)
async def vouch(turn: Turn) -> CashConfirmed | CashDeclined | None:
    """To the witness, to who hands the box over, or to the mentor with the slip before her."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    facts = _told(report)
    if report.state is not CashState.WAITING:
        turn.say(f"already_{report.state}", **facts)
        return None
    if report.media:
        turn.say("slip", media=report.media, **facts)
    so = await ask(
        report.kind,
        yes_or_no("it_is_so", "it_is_not"),
        silence=silence(turn, turn.books.mentors(report.group)[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if not so:
        turn.say("not_so", **facts)
        return CashDeclined(report, turn.me)
    turn.say("thanks", **facts)
    return CashConfirmed(report, turn.me)


def _concerned(change: CashConfirmed | CashDeclined, books: Books) -> Iterable[Person]:
    """She who reported it, the holder and the mentors, each once; not who has just answered."""
    kept = keepers(change.report.group, books, but=change.by)
    return {one.id: one for one in [change.report.member.person, *kept]}.values()


@dialogue(
    follows=CashConfirmed,
    to=_concerned,
    kind="receipt",
)
async def cash_settled(turn: Turn) -> None:
    """To the holder and the mentors: what was counted or moved, and what was off, openly."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    group = turn.books.group(report.group)
    off = report.off
    outcome = "more" if off > NOTHING else "less" if off < NOTHING else "settled"
    turn.say(
        f"{report.kind}.{outcome}",
        off=off if off > NOTHING else -off,
        box=turn.books.in_box(group),
        bank=turn.books.balances(group.id).get(BANK, NOTHING),
        code=group.head[:8].upper(),
        **_told(report),
    )


@dialogue(follows=CashDeclined, to=_concerned)
async def cash_not_so(turn: Turn) -> None:
    """To her who reported it and the mentors: nothing was booked."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    turn.say("not_so", **_told(report))


def _told(report: CashReport) -> dict[str, Any]:
    return {
        "holder": report.member,
        "amount": report.amount,
        "booked": report.booked,
        "checker": report.checker,
    }


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
    follows=CountAsked,
    to=lambda change, books: [
        one.person for one in books.members(change.group.id) if one.number == change.group.holder
    ],
    kind="question",
)
async def please_count(turn: Turn) -> None:
    """To the holder, on a day that was drawn."""
    turn.say("please_count", offers=("hitung kas",))


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
