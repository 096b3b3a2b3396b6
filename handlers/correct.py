"""Putting an entry right: she says what it should be, two agree, then it is reversed and booked anew."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import Any

from bot.domain.books import Books
from bot.domain.disputes import (
    CORRECTABLE,
    NUDGE_AFTER,
    TELL_MENTOR_AFTER,
    Dispute,
    DisputeState,
    other_of,
    voice_of,
)
from bot.domain.ledger import Entry, EntryKind
from bot.domain.ledger_changes import (
    CorrectionAgreed,
    CorrectionDeclined,
    DisputeRaised,
    EntryCorrected,
)
from bot.domain.money import NOTHING, Money
from bot.domain.people import Group, Member, Person
from bot.talk import Turn, among, ask, dialogue, money, optional, yes_or_no
from bot.talk.answers import Answer, Got, Reading
from handlers.who import holder_person, keepers, leads, my_group, silence

_SHOWN = 5
_NEVER = ("tidak ada", "tidak pernah", "tidak pernah ada", "hapus", "0", "nol", "kosong")


@dialogue(says=("koreksi", "bukan segitu"))
async def correct(turn: Turn) -> DisputeRaised | None:
    """Begun by the button under a receipt, which carries the entry's number, or by its name."""
    group = await my_group(turn)
    if group is None:
        return None
    if group.sharing:
        turn.say("sharing", mentor=turn.books.mentors(group.id)[0])
        return None
    entry = await _entry(turn, group)
    if entry is None or not _may_be_corrected(turn, entry):
        return None
    member = turn.books.member(group.id, entry.member)
    facts: dict[str, Any] = {"number": entry.number, "was": entry.amount, "day": entry.day}
    facts["member"] = member
    said = await ask("right", optional(money(), "never", _NEVER), **facts)
    right = said or NOTHING
    if not _fits(turn, group, entry, right):
        return None
    voice = voice_of(member, turn.books.mentors(group.id))
    recorder = turn.books.person(entry.recorded_by)
    holder, mentors = holder_person(turn, group), turn.books.mentors(group.id)
    other = other_of(recorder, voice, holder, mentors)
    if other is None:
        turn.say("nobody_to_agree", mentor=mentors[0])
        return None
    question = "sure" if right else "sure_never"
    if not await ask(question, yes_or_no("right", "let_it_be"), right=right, **facts):
        turn.say("let_go")
        return None
    asked = [one for one in (voice, other) if one.id != turn.me.id]
    turn.say("asked", asked=asked)
    return DisputeRaised(member, entry, "", right, turn.me, voice, other)


async def _entry(turn: Turn, group: Group) -> Entry | None:
    """The entry she means, if she may speak about it; says so when not."""
    number = turn.opening.strip().rpartition(" ")[2]
    mine = [one for one in turn.books.memberships(turn.me) if one.group == group.id]
    if number.isdecimal():
        entry = turn.books.entry(group.id, int(number))
    elif mine:
        newest = _newest(turn, group, mine[0])
        if not newest:
            turn.say("nothing_yet")
            return None
        entry = await ask("which", _one_of(turn, newest))
    else:
        turn.say("which_number")
        return None
    keeps = leads(turn, group.id) or any(one.number == group.holder for one in mine)
    if entry is not None and (keeps or any(one.number == entry.member for one in mine)):
        return entry
    turn.say("no_such_entry")
    return None


def _one_of(turn: Turn, newest: Sequence[Entry]) -> Answer[Entry]:
    """One of some entries; "nomor 2" is the entry of that number, not the second shown."""
    named = among(newest, lambda one: _named(turn, one), lambda one: one.number)

    def read(words: str) -> Reading[Entry]:
        number = words.strip().rpartition(" ")[2]
        numbered = next((one for one in newest if str(one.number) == number), None)
        return Got(numbered) if numbered else named.read(words)

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


def _may_be_corrected(turn: Turn, entry: Entry) -> bool:
    if entry.kind not in CORRECTABLE:
        turn.say("not_by_this")
        return False
    undone_by = turn.books.reversed_by(entry)
    if undone_by is not None:
        turn.say("corrected_already", number=entry.number, by=undone_by)
        return False
    same = [
        one
        for one in turn.books.open_disputes(entry.group)
        if one.entry is not None and one.entry.number == entry.number and one.right is not None
    ]
    if same:
        turn.say("open_already", number=entry.number)
    return not same


def _fits(turn: Turn, group: Group, entry: Entry, right: Money) -> bool:
    """Whether it changes anything, and leaves her savings and the box at nothing or above."""
    more = right - entry.amount
    if not more:
        turn.say("same", was=entry.amount)
        return False
    if entry.kind is EntryKind.WITHDRAWAL:
        more = -more
    member = turn.books.member(group.id, entry.member)
    if turn.books.saved(member) + more < turn.books.held(member):
        turn.say("below_zero", member=member)
        return False
    if turn.books.in_box(group) + more < NOTHING:
        turn.say("box_too_small", box=turn.books.in_box(group))
        return False
    return True


def _asked(change: DisputeRaised, _books: Books) -> Iterable[Person]:
    if change.right is None or change.other is None:
        return []
    found = {one.id: one for one in (change.voice, change.other)}
    return [one for one in found.values() if one.id != change.by.id]


@dialogue(follows=DisputeRaised, to=_asked, lasts=timedelta(days=60), kind="question")
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
    as_member = voice_of(dispute.member, mentors).id == turn.me.id
    as_other = dispute.other is not None and dispute.other.id == turn.me.id
    if not (as_member and not dispute.member_yes) and not (as_other and not dispute.other_yes):
        turn.say("you_agreed", **facts)
        return None
    agreed = await ask(
        "agree" if dispute.right else "agree_never",
        yes_or_no("agree", "refuse"),
        silence=silence(turn, mentors[0], NUDGE_AFTER, TELL_MENTOR_AFTER),
        who=turn.me,
        **facts,
    )
    if not agreed:
        turn.say("stays_open", **facts)
        return CorrectionDeclined(dispute, turn.me)
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
async def corrected(turn: Turn) -> None:
    """To the member, the holder and the mentors: what stood, what stands, and under which code."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    entry = turn.books.entry(dispute.group, turn.facts["entry"] or turn.facts["reversal"])
    if entry is None:
        return
    whose = "yours" if dispute.member.person.id == turn.me.id else "hers"
    outcome = "corrected" if dispute.right else "undone"
    turn.say(
        f"{whose}.{outcome}",
        saved=turn.books.saved(dispute.member),
        now=entry.number,
        code=entry.code,
        **told(dispute),
    )


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
