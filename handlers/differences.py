"""What somebody says is not right: seen by the mentors until it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from functools import partial

from bot.domain.books import Books
from bot.domain.changes import AmountAskedAgain
from bot.domain.claims import Claim
from bot.domain.disputes import Dispute, DisputeState, voice_of, yet_to_agree
from bot.domain.ledger_changes import (
    AgreementAsked,
    DisputeAskedAgain,
    DisputeDropped,
    DisputeRaised,
)
from bot.domain.people import Person
from bot.talk import Turn, among, ask, dialogue, one_of, yes_or_no
from handlers.box import tell_off
from handlers.correct import told
from handlers.refused import tell_differing
from handlers.who import led_group

AGREE, RIGHT_BY_NOW = "agree", "right_by_now"

#: What may be asked of those concerned, where it is known what would be right.
_WHAT = {AGREE: ("setuju",), RIGHT_BY_NOW: ("cocok", "sudah cocok")}


def _mentors(change: DisputeRaised, books: Books) -> Iterable[Person]:
    asked = {change.by.id, change.voice.id, change.other.id if change.other else 0}
    return [one for one in books.mentors(change.member.group) if one.id not in asked]


@dialogue(follows=DisputeRaised, to=_mentors)
async def difference_raised(turn: Turn) -> None:
    """To the mentors who are not asked anyway."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    _say(turn, dispute)
    turn.say("stays_visible", offers=("perbedaan",))


@dialogue(says=("perbedaan", "sengketa"), keepers=True)
async def differences(
    turn: Turn,
) -> DisputeAskedAgain | AgreementAsked | AmountAskedAgain | None:
    """For mentors: all that is open, and whether those concerned see it otherwise by now."""
    group = await led_group(turn)
    if group is None:
        return None
    silent = turn.books.statements_unanswered(group.id)
    if silent:
        turn.say("silent", members=silent)
    disputes, off = turn.books.open_disputes(group.id), tell_off(turn, group)
    claims = [one for one in turn.books.claims_waiting(group) if one.counted is not None]
    if not (disputes or claims or off):
        turn.say("none_open", group=group)
    if not (disputes or claims):
        return None
    for one in disputes:
        _say(turn, one)
    tell_differing(turn, claims)
    found: list[Dispute | Claim] = [*disputes, *claims]
    it = await ask("ask_again", among(found, partial(_named, turn), _key))
    if isinstance(it, Claim):
        turn.say("asked_amount", who=it.member, instead=it.counted)
        return AmountAskedAgain(it)
    mentors = turn.books.mentors(group.id)
    unsaid, voice = yet_to_agree(it, mentors), voice_of(it.member, mentors)
    if unsaid and await ask("what", one_of(_WHAT), who=unsaid, member=voice) == AGREE:
        turn.say("asked_to_agree", who=unsaid)
        return AgreementAsked(it)
    turn.say("asked", who=voice)
    return DisputeAskedAgain(it, turn.me)


def _named(turn: Turn, it: Dispute | Claim) -> str:
    if isinstance(it, Claim):
        return turn.wording("deposit", member=it.member, amount=it.amount)
    return f"{it.member.called} ({it.number})"


def _key(it: Dispute | Claim) -> str:
    return f"{'c' if isinstance(it, Claim) else ''}{it.number}"


def _say(turn: Turn, dispute: Dispute) -> None:
    if dispute.entry is None:
        turn.say("about_statement", member=dispute.member, words=dispute.words)
    else:
        turn.say("about_entry" if dispute.right else "about_entry_never", **told(dispute))


@dialogue(
    follows=DisputeAskedAgain,
    to=lambda change, books: [voice_of(change.dispute.member, books.mentors(change.dispute.group))],
    lasts=timedelta(days=30),
    kind="question",
)
async def right_by_now(turn: Turn) -> DisputeDropped | None:
    """To the member: whether it is right after all."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    saved = turn.books.saved(dispute.member)
    if dispute.state is not DisputeState.OPEN:
        turn.say("settled", saved=saved)
        return None
    by, it = turn.books.person(turn.facts["by"]), yes_or_no("it_is", "it_is_not")
    hers = dispute.member.person.id != turn.me.id
    question = "is_hers" if hers else "is_it"
    if not await ask(question, it, saved=saved, by=by, member=dispute.member):
        sharing = turn.books.group(dispute.group).sharing  # when nothing can be corrected any more
        mends = (() if sharing else ("koreksi",)) + (() if hers else ("pendamping",))
        turn.say("stays_open_to_the_end" if sharing else "stays_open", by=by, offers=mends)
        return None
    turn.say("hers" if hers else "thanks", saved=saved, member=dispute.member)
    return DisputeDropped(dispute, turn.me)


def _concerned(change: DisputeDropped, books: Books) -> Iterable[Person]:
    it = change.dispute
    people = (it.raised_by, *([it.other] if it.other else []), *books.mentors(it.group))
    return {one.id: one for one in people if one.id != change.by.id}.values()


@dialogue(follows=DisputeDropped, to=_concerned)
async def difference_over(turn: Turn) -> None:
    """To her who raised it, to who would have agreed, and to the mentors."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    turn.say("over", member=dispute.member)
