"""The outbox: bubbles wait here until a platform took them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    Boolean,
    Connection,
    Row,
    bindparam,
    case,
    exists,
    func,
    insert,
    or_,
    select,
    text,
    update,
)

from bot.domain.metering import Form
from bot.domain.pace import Limit
from bot.doors import NEARLY
from bot.ports import Claimed, Letter, Waits
from bot.told import Report, Told
from storage.claiming import HELD, claim_letters
from storage.metering import Metered, count_sent
from storage.outgoing import STEPS, outbox, report
from storage.tables import UtcTime, contact

#: Signs of a reason that are kept.
LONGEST_REASON = 300

#: The kind of what went out in place of a letter because a window was closed.
TEMPLATE = "template"

#: How long a window stays open after she wrote.
WINDOW = timedelta(hours=24)

# PostgreSQL keeps a plan made while few letters waited until somebody counts the table again; a
# broadcast of many thousand is there at once. Each statement is planned for what is there now.
_plan_anew = text("SET LOCAL plan_cache_mode = force_custom_plan")

_one = outbox.c.id == bindparam("letter")
# What a worker may still say about a letter whose lease is over: only that it did arrive.
_ours = _one & (outbox.c.state == "sending") & (outbox.c.due_at == bindparam("lease"))
_sent = (
    update(outbox)
    .where(_one, (outbox.c.state == "sending") | (outbox.c.state == "waiting"))
    .values(state="sent", settled_at=bindparam("now"), platform_id=bindparam("their_id"))
)
_piece_sent = (
    update(outbox)
    .where(_ours)
    .values(state="waiting", due_at=bindparam("now"), tries=0, pieces_sent=bindparam("pieces"))
)
_later = (
    update(outbox)
    .where(_ours)
    .values(
        state="waiting", due_at=bindparam("at"), reason=bindparam("why"), tries=bindparam("tried")
    )
)
# She may have written while we were finding her window closed: then it goes out at once.
_open_again = exists().where(
    contact.c.id == outbox.c.contact, contact.c.open_until > bindparam("soon", type_=UtcTime)
)
_held = (
    update(outbox)
    .where(_ours)
    .values(
        state="waiting",
        due_at=case((_open_again, bindparam("now", type_=UtcTime)), else_=bindparam("at")),
        reason=case((_open_again, None), else_=HELD),
        tries=outbox.c.tries - 1,
    )
)
_early = select(report).where(
    report.c.channel == bindparam("of"),
    report.c.message.in_(bindparam("theirs", expanding=True)),
)
_note = text(
    "INSERT INTO report (channel, message, what, reason, closed, gone, billed, category, at)"
    " VALUES (:channel, :message, :what, :reason, :closed, :gone, :billed, :category, :at)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("at", type_=UtcTime), bindparam("billed", type_=Boolean))
_over = (
    update(outbox)
    .where(_ours)
    .values(state=bindparam("ended"), reason=bindparam("why"), settled_at=bindparam("now"))
)
_contact_of = select(outbox.c.contact).where(_one).scalar_subquery()
_gone = update(contact).where(contact.c.id == _contact_of).values(gone=True)
_nothing_more = (
    update(outbox)
    .where(outbox.c.contact == _contact_of, outbox.c.state == "waiting")
    .values(state="cancelled", reason="gone", settled_at=bindparam("now"))
)
_hold_chat = text(
    "INSERT INTO chat_pace (contact, free_at)"
    " SELECT contact, :until FROM outbox WHERE id = :letter"
    " ON CONFLICT (contact) DO UPDATE SET free_at = excluded.free_at"
    " WHERE excluded.free_at > chat_pace.free_at"
).bindparams(bindparam("until", type_=UtcTime))
_hold_all = text(
    "INSERT INTO sender (channel, tokens, counted_at, held_until)"
    " VALUES (:channel, 0, :until, :until)"
    " ON CONFLICT (channel) DO UPDATE SET held_until = excluded.held_until"
    " WHERE sender.held_until IS NULL OR excluded.held_until > sender.held_until"
).bindparams(bindparam("until", type_=UtcTime))
# An age counts from when a letter could have gone: put off until morning is not late.
_depth = (
    select(
        outbox.c.kind,
        outbox.c.state,
        func.count().label("letters"),
        func.min(case((outbox.c.due_at <= bindparam("now"), outbox.c.due_at))).label("oldest"),
    )
    .where(outbox.c.state.in_(("waiting", "sending")))
    .group_by(outbox.c.kind, outbox.c.state)
)


class SqlOutbox:
    """Fulfils ``bot.ports.Outbox``; each method is a transaction of its own."""

    def __init__(
        self, connection: Callable[[], AbstractContextManager[Connection]], metered: Metered
    ) -> None:
        self._begin, self._metered = connection, metered

    @contextmanager
    def _connection(self) -> Iterator[Connection]:
        with self._begin() as db:
            if db.dialect.name == "postgresql":
                db.execute(_plan_anew)
            yield db

    def claim(
        self,
        limits: Mapping[str, Limit],
        room: Callable[[int], int],
        now: datetime,
        until: datetime,
    ) -> Claimed:
        """Take letters that are due, as many as their channels' limits let out."""
        with self._connection() as db:
            return claim_letters(db, limits, room, now, until)

    def sent(self, receipts: Iterable[tuple[Letter, str]], now: datetime) -> None:
        """Mark letters as taken."""
        receipts = list(receipts)
        marks = [{"letter": one.id, "their_id": theirs, "now": now} for one, theirs in receipts]
        with self._connection() as db:
            db.execute(_sent, marks)
            count_sent(db, self._metered, [one.id for one, _ in receipts], now, Form.FREE)
            # What became of them may have been told before we could write down that they are sent.
            for channel in {one.channel for one, _ in receipts}:
                ids = [theirs for one, theirs in receipts if one.channel == channel]
                for early in db.execute(_early, {"of": channel, "theirs": ids}).all():
                    _take_in(db, _as_told(early))

    def piece_sent(self, letter: Letter, now: datetime) -> None:
        """Count one piece as arrived; the rest waits for its turn."""
        self._mark(_piece_sent, letter, pieces=letter.pieces_sent + 1, now=now)

    def later(self, letter: Letter, reason: str, at: datetime, *, counted: bool = True) -> None:
        """Give a letter back until ``at``."""
        tried = letter.tries if counted else letter.tries - 1
        self._mark(_later, letter, why=reason[:LONGEST_REASON], at=at, tried=tried)

    def failed(self, letter: Letter, reason: str, now: datetime, *, gone: bool = False) -> None:
        """Give a letter up; when she is ``gone``, all that waits for that chat too."""
        over = {"ended": "failed", "why": reason[:LONGEST_REASON], "now": now}
        with self._connection() as db:
            db.execute(_over, {"letter": letter.id, "lease": letter.lease, **over})
            if gone:  # at once, before anybody takes her next letter
                db.execute(_gone, {"letter": letter.id})
                db.execute(_nothing_more, {"letter": letter.id, "now": now})

    def cancelled(self, letter: Letter, reason: str, now: datetime) -> None:
        """Let it be."""
        self._mark(_over, letter, ended="cancelled", why=reason[:LONGEST_REASON], now=now)

    def hold_chat(self, letter: Letter, until: datetime) -> None:
        """Nothing goes to this chat before ``until``."""
        with self._connection() as db:
            db.execute(_hold_chat, {"letter": letter.id, "until": until})

    def hold_all(self, channel: str, until: datetime) -> None:
        """Nothing goes out on this channel before ``until``."""
        with self._connection() as db:
            db.execute(_hold_all, {"channel": channel, "until": until})

    def depth(self, now: datetime) -> Sequence[Waits]:
        """What is not settled yet, by kind and state."""
        with self._connection() as db:
            rows = db.execute(_depth, {"now": now}).all()
        return [Waits(row.kind, row.state, row.letters, row.oldest) for row in rows]

    def held(self, letter: Letter, until: datetime, now: datetime) -> None:
        """Keep a letter for when she writes again; no try is counted."""
        self._mark(_held, letter, at=until, now=now, soon=now + NEARLY)

    def told(self, one: Told) -> None:
        """Take in a report; the same one twice, or one that comes too late, changes nothing."""
        row = {**asdict(one), "what": str(one.what), "reason": one.reason[:LONGEST_REASON]}
        with self._connection() as db:
            if db.execute(_note, row).rowcount == 1:
                _take_in(db, one)

    def _mark(self, statement: Any, letter: Letter, **values: object) -> None:
        with self._connection() as db:
            db.execute(statement, {"letter": letter.id, "lease": letter.lease, **values})


def _take_in(db: Connection, one: Told) -> None:
    """What became of a message, unless the letter is further on already."""
    before = [
        state
        for state, after in STEPS.items()
        if one.what in after and state not in ("waiting", "sending")
    ]
    changed: dict[str, Any] = {"state": str(one.what)}
    if one.reason:
        changed["reason"] = one.reason[:LONGEST_REASON]
    moved = update(outbox).where(
        outbox.c.platform_id == one.message,
        outbox.c.channel == one.channel,
        outbox.c.state.in_(before),
    )
    letters = db.execute(moved.values(changed).returning(outbox)).all() if before else []
    for letter in letters:
        if one.gone:
            db.execute(update(contact).where(contact.c.id == letter.contact).values(gone=True))
        if one.closed:
            _once_more(db, letter, one.at)


#: What a letter that goes out once more takes along.
_KEPT = [
    "contact",
    "channel",
    "kind",
    "rank",
    "bubble",
    "says",
    "group_id",
    "member",
    "day",
    "session",
]


def _once_more(db: Connection, lost: Row[Any], at: datetime) -> None:
    """Her window was closed after all: the letter goes out again, once, as it then may."""
    her = contact.c.id == lost.contact
    # She may have written since: then her window is open again.
    still = or_(contact.c.open_until.is_(None), contact.c.open_until <= at + WINDOW)
    db.execute(update(contact).where(her, still).values(open_until=at))
    if lost.instead_of is None and lost.kind != TEMPLATE:
        db.execute(update(outbox).where(outbox.c.id == lost.id).values(day=None))
        fresh = {"state": "waiting", "made_at": at, "due_at": at, "instead_of": lost.id}
        db.execute(insert(outbox), {**{name: getattr(lost, name) for name in _KEPT}, **fresh})


def _as_told(row: Row[Any]) -> Told:
    return Told(
        row.channel,
        row.message,
        Report(row.what),
        row.at,
        row.reason,
        row.closed,
        row.gone,
        row.billed,
        row.category,
    )
