"""The outbox: bubbles wait here until a platform took them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, case, func, select, text, update

from bot.domain.pace import Limit
from bot.ports import Claimed, Letter, Report, Waits
from storage.claiming import claim_letters
from storage.outgoing import STEPS, outbox
from storage.tables import UtcTime, contact

#: Signs of a reason that are kept.
LONGEST_REASON = 300

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

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

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
        marks = [{"letter": one.id, "their_id": theirs, "now": now} for one, theirs in receipts]
        with self._connection() as db:
            db.execute(_sent, marks)

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

    def reported(self, channel: str, platform_id: str, what: Report, reason: str = "") -> None:
        """Take a report in, unless the letter is further on already."""
        before = [state for state, after in STEPS.items() if what in after and state != "waiting"]
        changed: dict[str, Any] = {"state": str(what)}
        if reason:
            changed["reason"] = reason[:LONGEST_REASON]
        moved = update(outbox).where(
            outbox.c.platform_id == platform_id,
            outbox.c.channel == channel,
            outbox.c.state.in_(before),
        )
        with self._connection() as db:
            db.execute(moved.values(changed))

    def _mark(self, statement: Any, letter: Letter, **values: object) -> None:
        with self._connection() as db:
            db.execute(statement, {"letter": letter.id, "lease": letter.lease, **values})
