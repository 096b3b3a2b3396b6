"""A second person's word about the cash: who saw it counted, who hands it over, who has the slip."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.books import Books
from bot.domain.calendar import local_day
from bot.domain.cash import NUDGE_AFTER, TELL_MENTOR_AFTER, CashKind, CashReport, CashState, Dropped
from bot.domain.counting import still_fits
from bot.domain.ledger import BANK
from bot.domain.ledger_changes import (
    CashConfirmed,
    CashDeclined,
    CashDropped,
    CashReported,
    NotWitnessed,
)
from bot.domain.money import NOTHING
from bot.domain.people import Person
from bot.talk import Turn, ask, dialogue, one_of
from bot.talk.answers import Answer, Doubt, Got, Later, Reading
from bot.talk.understand import DENIES, read_yes_no
from handlers.meaning import is_by_now, is_later, says_off, sum_said
from handlers.who import keepers, silence

SO, NOT_SO, NOT_SEEN, NO = "it_is_so", "it_is_not", "not_seen", "no"

#: That she was not there, or did not look.
_NOT_THERE = re.compile(
    DENIES
    + r"\b(?: \w+)? (?:(?:me|nge?|ke)?li(?:h?at|hat)\w*|nampak|tengok|nengok|weruh|ndelok|delok|"
    r"tau|tahu|ngerti|hadir|ikut|saksi\w*|(?:di ?)(?:sana|situ|tempat|lokasi|rumah)|"
    r"ada(?= di| waktu| pas| bu\b|$))\b"
)


@dialogue(
    follows=CashReported,
    to=lambda change, _: [change.checker],
    lasts=timedelta(days=30),
    kind="question",
)
async def vouch(turn: Turn) -> CashConfirmed | CashDeclined | CashDropped | NotWitnessed | None:
    """To the witness, to who hands the box over, or to the mentor with the slip before her."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    facts = _told(report) | {"day": local_day(report.made_at, turn.zone)}
    if report.state is not CashState.WAITING:
        turn.say(f"already_{report.state}", **facts)
        return None
    if report.media:
        turn.say("slip", media=report.media, **facts)
    earlier = report.kind is CashKind.COUNT and facts["day"] != turn.today
    said = await ask(
        "count_that_day" if earlier else report.kind,
        word_about(report),
        silence=silence(turn, turn.books.mentors(report.group)[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if said == NO:
        said = await ask("how_so", _why_not(), **facts)
    if said == NOT_SEEN:
        turn.say("not_there", **facts)
        return NotWitnessed(report)
    if said == NOT_SO:
        turn.say("not_so", **facts)
        return CashDeclined(report, turn.me)
    if not still_fits(turn.books, turn.books.group(report.group), report):
        turn.say("moved_since", **facts)
        return CashDropped(report, Dropped.BOX_MOVED, turn.me)
    turn.say("thanks", **facts)
    return CashConfirmed(report, turn.me)


def word_about(report: CashReport) -> Answer[str]:
    """That it is so, that it is not, and of a count that she did not see it: that accuses nobody.

    A bare no to "did you see it" may be either. An amount is about this money, and no deposit.
    """
    counted = report.kind is CashKind.COUNT
    known = one_of(dict.fromkeys((SO, NOT_SEEN, NOT_SO) if counted else (SO, NOT_SO), ()))

    def read(words: str) -> Reading[str]:
        said, amounts = read_yes_no(words), sum_said(words, report.amount).candidates
        why = None if said else _why_not().read(words)
        if why is not None:
            return why if counted or why == Got(NOT_SO) else None
        if amounts and report.amount.rupiah not in amounts:
            return Got(NO) if counted else Doubt((NOT_SO,))
        if said or (amounts and said is None):
            return Got(SO) if is_by_now(words) else Later() if is_later(words) else None
        if said is None:
            return None
        return Got(NO if counted else NOT_SO)

    def recall(kept: str) -> Got[str] | None:
        return Got(NO) if counted and kept == NO else known.recall(kept)

    return replace(known, read=read, recall=recall, sums=True)


def _why_not() -> Answer[str]:
    """That she did not see it counted, or that it is another amount."""
    known = one_of({NOT_SEEN: (), NOT_SO: ()})

    def read(words: str) -> Reading[str]:
        if _NOT_THERE.search(words.lower()):
            return Got(NOT_SEEN)
        return Got(NOT_SO) if says_off(words) else None

    return replace(known, read=read, sums=True)


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
    if not group.entries:
        outcome = "unwritten"  # there is no code yet
    turn.say(
        f"{report.kind}.{outcome}",
        off=off if off > NOTHING else -off,
        box=turn.books.in_box(group),
        bank=turn.books.balances(group.id).get(BANK, NOTHING),
        number=turn.facts["entry"],
        code=group.head[:8].upper(),
        **_told(report),
    )


@dialogue(follows=CashDeclined, to=_concerned)
async def cash_not_so(turn: Turn) -> None:
    """To her who reported it and the mentors: nothing was booked."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    turn.say(str(report.kind), **_told(report))


@dialogue(follows=NotWitnessed, to=lambda change, _: [change.report.member.person])
async def another_witness(turn: Turn) -> None:
    """To the holder, who is not suspected of anything."""
    report = turn.books.cash_report(turn.facts["group"], turn.facts["report"])
    before = turn.books.person(turn.facts["before"])
    turn.say("was_silent" if turn.facts["silent"] else "was_away", before=before, **_told(report))


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
