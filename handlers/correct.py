"""Putting an entry right: she says what it should be, two agree, then it is reversed and booked anew."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import count, islice
from typing import Any

from bot.domain.books import Books
from bot.domain.correcting import correction
from bot.domain.disputes import (
    CORRECTABLE,
    NUDGE_AFTER,
    TELL_MENTOR_AFTER,
    Dispute,
    DisputeState,
    agrees_for_her,
    other_of,
    voice_of,
    yet_to_agree,
)
from bot.domain.ledger import BANK, Entry, EntryKind
from bot.domain.ledger_changes import (
    AgreementAsked,
    CorrectionAgreed,
    CorrectionDeclined,
    DisputeRaised,
    EntryCorrected,
)
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person
from bot.talk import Instead, Turn, among, ask, dialogue, money, optional, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from bot.talk.understand import read_amount
from handlers.bank import bank_put_right
from handlers.meaning import right_or_new, yes_or_sum, yes_to
from handlers.who import holder_person, keepers, leads, my_group, silence

SO, NOT_SO = "right", "let_it_be"

_SHOWN = 5

#: An entry's number, among whatever else she says at the start: "koreksi nomor 3 jadi 12rb".
_NUMBER = re.compile(r"^(?:(?:catatan|yang|yg|nomor|nomer|no|nmr)\W+)*(\d+)(?!\S)", re.IGNORECASE)
_NEVER = ("tidak ada", "tidak pernah", "tidak pernah ada", "hapus", "0", "nol", "kosong")


@dialogue(says=("koreksi", "bukan segitu"))
async def correct(turn: Turn) -> DisputeRaised | AgreementAsked | None:
    """Begun by the button under a receipt, which carries the entry's number, or by its name."""
    group = await my_group(turn)
    if group is None:
        return None
    if group.sharing:
        turn.say("sharing", mentor=turn.books.mentors(group.id)[0])
        return None
    entry = await _entry(turn, group)
    standing = _standing(turn, entry) if entry else None
    if standing is None:
        return None
    talked_about = _talked_about(turn, standing)
    if talked_about is not None:
        return await _once_more(turn, talked_about)
    return await _put_right(turn, group, standing)


async def _put_right(turn: Turn, group: Group, entry: Entry) -> DisputeRaised | None:
    """What it should be, and whether she is sure; those who must agree are asked."""
    member = turn.books.member(group.id, entry.member)
    facts: dict[str, Any] = {"number": entry.number, "was": entry.amount, "day": entry.day}
    facts["member"] = member
    told = _NUMBER.sub("", turn.opening, count=1)
    already = told if read_amount(told).candidates else ""
    said = await ask("right", optional(money(), "never", _NEVER), already=already, **facts)
    right = said or NOTHING
    mentors = turn.books.mentors(group.id)
    voice, recorder = voice_of(member, mentors), turn.books.person(entry.recorded_by)
    for time in count():
        if not _fits(turn, entry, right):
            return None
        other = other_of(recorder, voice, holder_person(turn, group), mentors)
        if other is None:
            turn.say("nobody_to_agree", mentor=mentors[0])
            return None
        question = "sure" if right else "sure_never"
        answer = yes_or_sum(right, SO, NOT_SO)
        means = await ask(question, answer, about=time or "", right=right, **facts)
        if means == SO:
            turn.say("asked", asked=[one for one in (voice, other) if one.id != turn.me.id])
            return DisputeRaised(member, entry, "", right, turn.me, voice, other)
        if means == NOT_SO:
            turn.say("let_go")
            return None
        right = Money(int(means))
    return None


async def _entry(turn: Turn, group: Group) -> Entry | None:
    """The entry she means, if she may speak about it; says so when not."""
    number = _NUMBER.search(turn.opening)
    mine = [one for one in turn.books.memberships(turn.me) if one.group == group.id]
    if number:
        entry = turn.books.entry(group.id, int(number[1]))
    elif mine:
        newest = _newest(turn, group, mine[0])
        if not newest:
            turn.say("nothing_yet")
            return None
        entry = newest[0] if len(newest) == 1 else await ask("which", _one_of(turn, newest))
    else:
        turn.say("which_number")
        return None
    keeps = leads(turn, group.id) or any(one.number == group.holder for one in mine)
    if entry is not None and (keeps or any(one.number == entry.member for one in mine)):
        return entry
    turn.say("no_such_entry")
    return None


def _one_of(turn: Turn, newest: Sequence[Entry]) -> Answer[Entry]:
    """One of some entries, by its amount too; "nomor 2" is the entry of that number, not the second shown."""
    named = among(newest, lambda one: _named(turn, one), lambda one: one.number)

    def read(words: str) -> Reading[Entry]:
        number = words.strip().rpartition(" ")[2]
        numbered = next((one for one in newest if str(one.number) == number), None)
        amounts = read_amount(words).candidates
        fits = [one for one in newest if one.amount.rupiah in amounts]
        only = numbered or (fits[0] if len(fits) == 1 else None)
        return Got(only) if only else named.read(words)

    return replace(named, read=read, counted=False)


def _newest(turn: Turn, group: Group, me: Member) -> list[Entry]:
    """The newest that can be put right: her own, and for the holder everybody's."""
    whose = turn.books.members(group.id) if me.number == group.holder else [me]
    found = [entry for one in whose for entry in turn.books.entries(one, None, _SHOWN * 2)]
    found.sort(key=lambda one: -one.number)
    fits = (one for one in found if one.kind in CORRECTABLE and turn.books.reversed_by(one) is None)
    return list(islice(fits, _SHOWN))


def _named(turn: Turn, entry: Entry) -> str:
    facts = {"amount": entry.amount, "day": entry.day, "number": entry.number}
    member = turn.books.member(entry.group, entry.member)
    if member.person.id == turn.me.id:
        return turn.wording(str(entry.kind), **facts)
    return turn.wording("hers", member=member, **facts)


def _standing(turn: Turn, entry: Entry) -> Entry | None:
    """The entry, or what stands in its place by now; says so when nothing does."""
    asked = entry
    if entry.reverses:  # receipts of what was put right may carry the mirror's number
        entry = turn.books.entry(entry.group, entry.reverses) or entry
    if entry.kind not in CORRECTABLE:
        turn.say("not_by_this")
        return None
    undone_by = turn.books.reversed_by(entry)
    while undone_by is not None:
        instead = turn.books.booked_instead(entry)
        fresh = turn.books.entry(entry.group, instead) if instead else None
        if fresh is None:
            turn.say("corrected_already", number=asked.number, by=undone_by)
            return None
        entry, undone_by = fresh, turn.books.reversed_by(fresh)
    if entry is not asked:
        turn.say("corrected_to", number=asked.number, now=entry.number)
    return entry


def _talked_about(turn: Turn, entry: Entry) -> Dispute | None:
    """The open dispute in which it is said what an entry should be."""
    return next(
        (
            one
            for one in turn.books.open_disputes(entry.group)
            if one.entry is not None and one.entry.number == entry.number and one.right is not None
        ),
        None,
    )


async def _once_more(turn: Turn, it: Dispute) -> AgreementAsked | None:
    """Those who have not agreed are asked again: she herself at once, others if she wants it."""
    mentors = turn.books.mentors(it.group)
    missing = yet_to_agree(it, mentors)
    if not missing:
        turn.say("nobody_to_agree", mentor=mentors[0])
        return None
    if any(one.id == turn.me.id for one in missing):
        return AgreementAsked(it)
    question = "ask_again" if it.right else "ask_again_never"
    if not await ask(question, yes_or_no("ask_them", "let_it_be"), asked=missing, **told(it)):
        turn.say("stays_open")
        return None
    turn.say("asked_again", asked=missing)
    return AgreementAsked(it)


def _fits(turn: Turn, entry: Entry, right: Money) -> bool:
    """Whether it changes anything, and leaves nothing below zero; says so when not."""
    if right == entry.amount:
        turn.say("same", was=entry.amount)
        return False
    group = turn.books.group(entry.group)
    member = turn.books.member(group.id, entry.member)
    more = right - entry.amount if entry.saved > NOTHING else entry.amount - right
    if entry.saved and turn.books.saved(member) + more < turn.books.held(member):
        turn.say("below_zero", member=member)
        return False
    stands, holder = turn.books.balances(group.id), group.holder
    if holder and correction(entry, right, holder, turn.today, stands) is not None:
        return True
    box, bank = turn.books.in_box(group), stands.get(BANK, NOTHING)
    at_bank = {EntryKind.TO_BANK: right - entry.amount, EntryKind.FROM_BANK: entry.amount - right}
    if bank + at_bank.get(entry.kind, NOTHING) < NOTHING:
        turn.say("bank_too_small", bank=bank)
    else:
        fetched = entry.saved and box + bank + more >= NOTHING  # then fetching it helps
        turn.say("box_too_small_bank" if fetched else "box_too_small", box=box, bank=bank)
    return False


@dialogue(
    follows=AgreementAsked,
    to=lambda change, books: yet_to_agree(change.dispute, books.mentors(change.dispute.group)),
    lasts=timedelta(days=60),
    kind="question",
)
async def agree_correction(turn: Turn) -> CorrectionAgreed | CorrectionDeclined | None:
    """To the member it touches and to whoever recorded it, but for her who asked."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    if dispute.entry is None or dispute.right is None:
        return None
    facts = told(dispute)
    if dispute.state is not DisputeState.OPEN:
        turn.say(f"already_{dispute.state}", **facts)
        return None
    mentors = turn.books.mentors(dispute.group)
    voice = agrees_for_her(dispute, mentors)
    as_member = voice is not None and voice.id == turn.me.id
    as_other = dispute.other is not None and dispute.other.id == turn.me.id
    if not (as_member and not dispute.member_yes) and not (as_other and not dispute.other_yes):
        turn.say("you_agreed", **facts)
        return None
    agreed = await ask(
        "agree" if dispute.right else "agree_never",
        yes_to(dispute.right or dispute.entry.amount, "agree", "refuse"),
        silence=silence(turn, mentors[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if not agreed:
        turn.say("stays_open", **facts)
        return CorrectionDeclined(dispute, turn.me)
    if not _fits(turn, dispute.entry, dispute.right):  # money has moved since it was asked
        turn.say("not_yet", offers=("koreksi",), **facts)
        return None
    turn.say("thanks", **facts)
    return CorrectionAgreed(dispute, turn.me, as_member)


def told(dispute: Dispute) -> dict[str, Any]:
    """What is said of a dispute about an entry."""
    entry = dispute.entry
    return {
        "member": dispute.member,
        "asker": dispute.raised_by,
        "number": entry.number if entry else 0,
        "was": entry.amount if entry else NOTHING,
        "day": entry.day if entry else dispute.made_at.date(),
        "right": dispute.right or NOTHING,
    }


def _concerned(change: EntryCorrected, books: Books) -> Iterable[Person]:
    it = change.dispute
    both = [it.member.person, *([it.other] if it.other else [])]
    return {one.id: one for one in [*both, *keepers(it.group, books)]}.values()


@dialogue(follows=EntryCorrected, to=_concerned, kind="receipt")
async def corrected(turn: Turn) -> Instead | None:
    """To the member, the holder and the mentors: what stood, what stands, and under which code.

    It is the code of the last that was booked, which stands for all before it.
    """
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    entry = turn.books.entry(dispute.group, turn.facts["entry"])
    if entry is None:
        return None
    if bank_put_right(turn, dispute, entry):
        return None
    whose = "yours" if dispute.member.person.id == turn.me.id else "hers"
    outcome = "corrected" if dispute.right else "undone"
    turn.say(
        f"{whose}.{outcome}",
        saved=turn.books.saved(dispute.member),
        now=entry.number,
        code=entry.code,
        **told(dispute),
    )
    return await right_or_new() if whose == "yours" and dispute.right else None


def _told_of_no(change: CorrectionDeclined, books: Books) -> Iterable[Person]:
    found = {
        one.id: one for one in [change.dispute.raised_by, *books.mentors(change.dispute.group)]
    }
    return [one for one in found.values() if one.id != change.by.id]


@dialogue(follows=CorrectionDeclined, to=_told_of_no)
async def not_agreed(turn: Turn) -> None:
    """To her who asked and the mentors: it stays open until they have talked."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    by = turn.books.person(turn.facts["by"])
    offers = ("perbedaan",) if leads(turn, dispute.group) else ("pendamping",)
    turn.say("not_agreed", by=by, offers=offers, **told(dispute))
