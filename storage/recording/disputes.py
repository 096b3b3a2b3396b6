"""Writing down what somebody says is wrong, what is agreed on, and the weekly statements."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import bindparam, insert, text, update

from bot.domain import ledger_changes as changes
from bot.domain.calendar import local_day
from bot.domain.cash import Dropped
from bot.domain.correcting import correction
from bot.domain.disputes import Dispute, DisputeState
from bot.domain.ledger import Entry, EntryKind
from bot.ports import Conflict, Happened
from storage.ledger import append, chain_of, holder_of, next_number, next_while_saving
from storage.ledger_tables import dispute, statement
from storage.reading.buddies import buddies_to_hear
from storage.reading.words import WordsReading
from storage.recording.base import numbered, once, record
from storage.recording.cash import drop_counts, once_a_day
from storage.recording.payouts import close_when_done
from storage.tables import group

_this_dispute = (dispute.c.group_id == bindparam("in_group")) & (
    dispute.c.number == bindparam("this")
)
_open_dispute = update(dispute).where(_this_dispute, dispute.c.state == DisputeState.OPEN)
_agree = _open_dispute.values(
    member_yes=dispute.c.member_yes | bindparam("member_says"),
    other_yes=dispute.c.other_yes | bindparam("other_says"),
)
_settle_dispute = _open_dispute.values(
    state=bindparam("now_is"),
    settled_at=bindparam("at"),
    reversal=bindparam("undone_by"),
    instead=bindparam("booked_anew"),
)

#: The round by which everybody's week is told.
STATEMENT = "statement"

_statements = text(
    "INSERT INTO statement (group_id, day, member, rupiah, last_entry)"
    " SELECT m.group_id, :day, m.number, -COALESCE(b.rupiah, 0), g.next_entry - 1"
    " FROM member m JOIN savings_group g ON g.id = m.group_id"
    " LEFT JOIN balance b ON b.group_id = m.group_id AND b.account = 'savings' AND b.member = m.number"
    " WHERE m.group_id = :group AND (m.active OR COALESCE(b.rupiah, 0) <> 0)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("day", type_=statement.c.day.type))
_answer = (
    update(statement)
    .where(
        statement.c.group_id == bindparam("in_group"),
        statement.c.day == bindparam("of_day"),
        statement.c.member == bindparam("whose"),
        statement.c.answer.is_(None),
    )
    .values(answer=bindparam("says"), answered_at=bindparam("at"))
)


@record.register
def _(change: changes.DisputeRaised, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    # That something is wrong is always heard; an entry is put right before the share-out only.
    take = next_number if change.right is None else next_while_saving
    number = take(books, she.group, group.c.next_dispute)
    row = {
        "group_id": she.group,
        "number": number,
        "member": she.number,
        "entry": change.entry.number if change.entry else None,
        "words": change.words,
        "right_rupiah": None if change.right is None else change.right.rupiah,
        "raised_by": change.by.id,
        "other": change.other.id if change.other else None,
        "member_yes": change.by.id == change.voice.id,
        "other_yes": change.other is not None and change.by.id == change.other.id,
        "state": DisputeState.OPEN,
        "made_at": books.now,
    }
    books.db.execute(insert(dispute), row)
    facts: dict[str, int | str] = {"group": she.group, "dispute": number}
    agreement = changes.AgreementAsked(books.dispute(she.group, number))
    return [Happened(agreement, facts), Happened(change, facts)]


@record.register
def _(change: changes.AgreementAsked, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, numbered(change.dispute, "dispute"))]


@record.register
def _(change: changes.CorrectionAgreed, books: WordsReading) -> Sequence[Happened]:
    it = change.dispute
    which = {"in_group": it.group, "this": it.number}
    as_other = it.other is not None and change.by.id == it.other.id
    if change.as_member and as_other:
        raise Conflict("nobody agrees for both")
    chain = chain_of(books, it.group)
    once(books, _agree, **which, member_says=change.as_member, other_says=as_other)
    now = books.dispute(it.group, it.number)
    facts = {**numbered(it, "dispute"), "by": change.by.id}
    if not (now.member_yes and now.other_yes):
        return [Happened(change, facts)]
    if now.entry is None or now.right is None:
        raise Conflict("nobody knows what would be right")
    day = local_day(books.now, books.group(it.group).zone)
    drafts = correction(now.entry, now.right, holder_of(chain), day, books.balances(it.group))
    if drafts is None:
        raise Conflict("it would leave less than nothing")
    entries = append(books, chain, change.by, drafts)
    booked = {one.kind: one for one in entries}
    undone, fresh = booked[EntryKind.REVERSAL], booked.get(now.entry.kind)
    _settle_open(books, it, DisputeState.CORRECTED, undone, fresh)
    if books.saved(it.member) < books.held(it.member):
        raise Conflict("what is on its way back to her would be more than she has")
    corrected = Happened(
        changes.EntryCorrected(now, undone, fresh), {**facts, "entry": entries[-1].number}
    )
    return [corrected, *drop_counts(books, it.group, Dropped.BOX_MOVED)]


@record.register
def _(change: changes.CorrectionDeclined, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, {**numbered(change.dispute, "dispute"), "by": change.by.id})]


@record.register
def _(change: changes.DisputeAskedAgain, _books: WordsReading) -> Sequence[Happened]:
    return [Happened(change, {**numbered(change.dispute, "dispute"), "by": change.by.id})]


@record.register
def _(change: changes.DisputeDropped, books: WordsReading) -> Sequence[Happened]:
    chain_of(books, change.dispute.group)
    _settle_open(books, change.dispute, DisputeState.DROPPED)
    dropped = Happened(change, {**numbered(change.dispute, "dispute"), "by": change.by.id})
    return [dropped, *close_when_done(books, change.dispute.group)]


def _settle_open(
    books: WordsReading,
    it: Dispute,
    now_is: DisputeState,
    undone: Entry | None = None,
    fresh: Entry | None = None,
) -> None:
    which = {"in_group": it.group, "this": it.number, "now_is": now_is, "at": books.now}
    by = {"undone_by": undone and undone.number, "booked_anew": fresh and fresh.number}
    once(books, _settle_dispute, **which, **by)


# Weekly statements and the share-out


@record.register
def _(change: changes.StatementsDue, books: WordsReading) -> Sequence[Happened]:
    if not once_a_day(books, change.group.id, STATEMENT, change.day):
        return []
    books.db.execute(_statements, {"group": change.group.id, "day": change.day})
    facts: dict[str, int | str] = {"group": change.group.id, "day": change.day.isoformat()}
    # First, so that her own week, which asks something, comes last in what she reads.
    others = buddies_to_hear(books, change.group.id, change.day)
    return [*others, *_to_show(books, change.group.id, change.day)] + [
        Happened(changes.StatementMade(one, change.day), {**facts, "member": one.number})
        for one in books.statements_unanswered(change.group.id)
    ]


def _to_show(books: WordsReading, group_id: int, day: date) -> Sequence[Happened]:
    """What a mentor is to show to those who have no phone, as long as there are any."""
    unanswered = books.statements_unanswered(group_id)
    if all(one.person.reachable for one in unanswered):
        return []
    shown = changes.StatementsToShow(books.group(group_id), books.mentors(group_id)[0], day)
    return [Happened(shown, {"group": group_id, "day": day.isoformat()})]


@record.register(changes.StatementRight)
@record.register(changes.StatementWrong)
def _(
    change: changes.StatementRight | changes.StatementWrong, books: WordsReading
) -> Sequence[Happened]:
    she = change.member
    right = isinstance(change, changes.StatementRight)
    says = {"says": "right" if right else "wrong", "at": books.now}
    which = {"in_group": she.group, "of_day": change.day, "whose": she.number}
    once(books, _answer, **which, **says)
    more = [] if she.person.reachable else _to_show(books, she.group, change.day)
    if isinstance(change, changes.StatementRight):
        return [Happened(change, {"group": she.group, "member": she.number}), *more]
    raised = changes.DisputeRaised(she, None, change.words, None, change.by, change.by, None)
    return [*record(raised, books), *more]
