"""What somebody says is not right: seen by the mentors until it is settled."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.disputes import Dispute, DisputeState, voice_of
from bot.domain.ledger_changes import DisputeAskedAgain, DisputeDropped, DisputeRaised
from bot.domain.people import Person
from bot.talk import Turn, among, ask, dialogue, yes_or_no
from handlers.correct import told
from handlers.who import led_group


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
async def differences(turn: Turn) -> DisputeAskedAgain | None:
    """For mentors: all that is open, and whether she who raised it sees it otherwise by now."""
    group = await led_group(turn)
    if group is None:
        return None
    silent = [one for one in turn.books.statements_unanswered(group.id) if one.person.reachable]
    if silent:
        turn.say("silent", members=silent)
    found = turn.books.open_disputes(group.id)
    if not found:
        turn.say("none_open", group=group)
        return None
    for one in found:
        _say(turn, one)
    named = among(found, lambda one: f"{one.member.called} ({one.number})", lambda one: one.number)
    chosen = await ask("ask_again", named)
    voice = voice_of(chosen.member, turn.books.mentors(group.id))
    turn.say("asked", who=voice)
    return DisputeAskedAgain(chosen, turn.me)


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
    by = turn.books.person(turn.facts["by"])
    if not await ask("is_it", yes_or_no("it_is", "it_is_not"), saved=saved, by=by):
        turn.say("stays_open", by=by, offers=("koreksi", "pendamping"))
        return None
    turn.say("thanks", saved=saved)
    return DisputeDropped(dispute, turn.me)


@dialogue(
    follows=DisputeDropped,
    to=lambda change, books: [
        one for one in books.mentors(change.dispute.group) if one.id != change.by.id
    ],
)
async def difference_over(turn: Turn) -> None:
    """To the mentors."""
    dispute = turn.books.dispute(turn.facts["group"], turn.facts["dispute"])
    turn.say("over", member=dispute.member)
