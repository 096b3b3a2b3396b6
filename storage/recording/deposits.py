"""Writing down what members put aside: what they say they gave, and what the holder says she has."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, insert, update

from bot.domain import changes
from bot.domain.claims import Claim, ClaimState
from bot.domain.ledger import Entry, deposit
from bot.domain.money import Money
from bot.domain.people import Member, Person
from bot.ports import Conflict, Happened
from storage.ledger import append, chain_of, holder_of, next_while_saving, still_saving
from storage.ledger_tables import claim
from storage.reading.words import WordsReading
from storage.recording.base import numbered, once, record
from storage.tables import group

_waiting = update(claim).where(
    claim.c.group_id == bindparam("in_group"),
    claim.c.number == bindparam("this"),
    claim.c.state == ClaimState.WAITING,
)
_settle = _waiting.values(
    state=bindparam("now_is"), settled_at=bindparam("at"), entry=bindparam("booked")
)
_count = _waiting.values(counted_rupiah=bindparam("counted"))


@record.register
def _(change: changes.DepositClaimed, books: WordsReading) -> Sequence[Happened]:
    she = change.member
    number = next_while_saving(books, she.group, group.c.next_claim)
    if change.instead_of is not None:
        _settle_claim(books, change.instead_of, ClaimState.WITHDRAWN)
    row = {
        "group_id": she.group,
        "number": number,
        "member": she.number,
        "rupiah": change.amount.rupiah,
        "day": change.day,
        "confirmer": change.confirmer.id,
        "state": ClaimState.WAITING,
        "made_at": books.now,
    }
    books.db.execute(insert(claim), row)
    return [Happened(change, {"group": she.group, "claim": number})]


@record.register
def _(change: changes.ClaimReceived, books: WordsReading) -> Sequence[Happened]:
    it = change.claim
    chain = chain_of(books, it.group)
    draft = deposit(it.member.number, holder_of(chain), it.amount, it.day)
    (booked,) = append(books, chain, change.by, [draft])
    _settle_claim(books, it, ClaimState.RECEIVED, booked=booked.number)
    return [_booked(it.member, booked, change.by)]


@record.register
def _(change: changes.ClaimRefused, books: WordsReading) -> Sequence[Happened]:
    it = change.claim
    counted = change.instead or it.counted
    if counted is None:
        _settle_claim(books, it, ClaimState.REFUSED)
        return [Happened(change, {**numbered(it, "claim"), "instead": 0})]
    # Money is in somebody's hand: until both say the same it stays where everybody sees it.
    once(books, _count, in_group=it.group, this=it.number, counted=counted.rupiah)
    return [_asked_about(it, counted)]


@record.register
def _(change: changes.AmountInsisted, _books: WordsReading) -> Sequence[Happened]:
    it = change.claim
    told = changes.DepositClaimed(it.member, it.amount, it.day, it.confirmer)
    facts = numbered(it, "claim")
    return [Happened(change, facts), Happened(told, facts)]


@record.register
def _(change: changes.AmountAskedAgain, _books: WordsReading) -> Sequence[Happened]:
    it = change.claim
    return [_asked_about(it, it.counted)] if it.counted else []


def _asked_about(it: Claim, counted: Money) -> Happened:
    """Whereupon the member is asked whether the other amount is right."""
    refused = changes.ClaimRefused(it, it.confirmer, counted)
    return Happened(refused, {**numbered(it, "claim"), "instead": counted.rupiah})


@record.register
def _(change: changes.ClaimWithdrawn, books: WordsReading) -> Sequence[Happened]:
    it = change.claim
    if books.claim(it.group, it.number).counted is not None:
        raise Conflict("some of that money is in the holder's hand")
    _settle_claim(books, it, ClaimState.WITHDRAWN)
    return [Happened(change, numbered(it, "claim"))]


@record.register
def _(change: changes.ClaimReplaced, books: WordsReading) -> Sequence[Happened]:
    it, taken_back = change.claim, changes.ClaimWithdrawn(change.claim)
    chain_of(books, it.group)
    (withdrawn,) = record(taken_back, books)
    told = Happened(taken_back, {**withdrawn.facts, "instead": change.amount.rupiah})
    anew = changes.DepositClaimed(it.member, change.amount, it.day, it.confirmer)
    return [told, *record(anew, books)]


@record.register
def _(change: changes.DepositsRecorded, books: WordsReading) -> Sequence[Happened]:
    by, chain = change.by.person, chain_of(books, change.group.id)
    still_saving(chain)
    holder = holder_of(chain)
    drafts = [deposit(she.number, holder, amount, change.day) for she, amount in change.lines]
    entries = append(books, chain, by, drafts)
    return [
        _booked(she, booked, by) for (she, _), booked in zip(change.lines, entries, strict=True)
    ]


def _booked(she: Member, booked: Entry, by: Person) -> Happened:
    facts = {"group": booked.group, "entry": booked.number, "by": by.id}
    return Happened(changes.DepositBooked(she, booked, by), {**facts})


def _settle_claim(
    books: WordsReading, it: Claim, state: ClaimState, *, booked: int | None = None
) -> None:
    which = {"in_group": it.group, "this": it.number}
    once(books, _settle, **which, now_is=state, at=books.now, booked=booked)
