"""A second person's word about the cash: who saw it counted, who hands it over, who has the slip."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.cash import NUDGE_AFTER, TELL_MENTOR_AFTER, CashKind, CashReport, CashState
from bot.domain.counting import still_fits
from bot.domain.ledger import BANK
from bot.domain.ledger_changes import (
    CashConfirmed,
    CashDeclined,
    CashDropped,
    CashReported,
    Dropped,
)
from bot.domain.money import NOTHING
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, yes_or_no
from handlers.who import keepers, silence


@dialogue(
    follows=CashReported,
    to=lambda change, _: [change.checker],
    lasts=timedelta(days=30),
    kind="question",
)
async def vouch(turn: Turn) -> CashConfirmed | CashDeclined | CashDropped | None:
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
    if not still_fits(turn.books, turn.books.group(report.group), report):
        turn.say("moved_since", **facts)
        return CashDropped(report, Dropped.BOX_MOVED, turn.me)
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


def _let_go(change: CashDropped, books: Books) -> Iterable[Person]:
    """Whom it concerns: who is waited for no longer, and who has to do it again."""
    it, mentors = change.report, books.mentors(change.report.group)
    told = {
        Dropped.TAKEN_BACK: [it.checker],
        Dropped.COUNTED_AGAIN: [it.checker],
        Dropped.BOX_MOVED: [it.member.person, it.checker, *mentors],
        Dropped.NOBODY_SAW: [it.member.person, *mentors],
    }
    return {one.id: one for one in told[change.why] if one != change.by}.values()


@dialogue(follows=CashDropped, to=_let_go)
async def cash_dropped(turn: Turn) -> None:
    """To those who wait for it: nothing is booked, and what to do instead."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    hers = report.member.person.id == turn.me.id
    counts = hers and report.kind is CashKind.COUNT
    whose = "yours" if hers else "theirs"
    turn.say(
        f"{report.kind}.{turn.facts['why']}.{whose}",
        offers=("hitung kas",) if counts else (),
        **_told(report),
    )


def _told(report: CashReport) -> dict[str, Any]:
    return {
        "holder": report.member,
        "amount": report.amount,
        "booked": report.booked,
        "checker": report.checker,
    }
