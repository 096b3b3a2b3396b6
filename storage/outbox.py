"""The outbox: bubbles wait here until a platform took them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, bindparam, exists, select, update

from bot.ports import Bubble, Button, Letter, Media
from storage.tables import contact, outbox

_earlier = outbox.alias("earlier")
_waiting = outbox.c.state == "waiting"

# Only the oldest waiting letter of a chat may be taken: while it is out (its due time lies ahead,
# which is the lease) the ones behind it wait, so a person reads in the order we spoke.
_claim = (
    select(outbox, contact.c.address)
    .join(contact, contact.c.id == outbox.c.contact)
    .where(
        _waiting,
        outbox.c.due_at <= bindparam("now"),
        outbox.c.channel.in_(bindparam("channels", expanding=True)),
        ~exists().where(
            _earlier.c.contact == outbox.c.contact,
            _earlier.c.state == "waiting",
            _earlier.c.id < outbox.c.id,
        ),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
_lease = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(due_at=bindparam("until"), tries=outbox.c.tries + 1)
)
_one = outbox.c.id == bindparam("letter")
_sent = (
    update(outbox)
    .where(_one)
    .values(state="sent", settled_at=bindparam("now"), platform_id=bindparam("their_id"))
)
_later = (
    update(outbox).where(_one, _waiting).values(due_at=bindparam("at"), reason=bindparam("why"))
)
_failed = update(outbox).where(_one, _waiting).values(state="failed", reason=bindparam("why"))
_gone = (
    update(contact)
    .where(contact.c.channel == bindparam("of"), contact.c.address == bindparam("where"))
    .values(gone=True)
)


def packed(bubble: Bubble) -> dict[str, Any]:
    """A bubble as JSON."""
    return {
        "text": bubble.text,
        "buttons": [[button.label, button.payload] for button in bubble.buttons],
        "qr": bubble.qr,
        "media": bubble.media.packed() if bubble.media else "",
    }


def unpacked(raw: dict[str, Any]) -> Bubble:
    """A bubble from its JSON."""
    return Bubble(
        raw["text"],
        tuple(Button(label, payload) for label, payload in raw["buttons"]),
        raw["qr"],
        Media.unpacked(raw["media"]) if raw["media"] else None,
    )


class SqlOutbox:
    """Fulfils ``bot.ports.Outbox``; each method is a transaction of its own."""

    def __init__(self, connection: Callable[[], AbstractContextManager[Connection]]) -> None:
        self._connection = connection

    def claim(
        self, channels: Sequence[str], limit: int, now: datetime, lease: timedelta
    ) -> list[Letter]:
        """Take letters that are due; they come back by themselves when the lease is over."""
        asked = {"channels": list(channels), "most": limit, "now": now}
        with self._connection() as db:
            rows = db.execute(_claim, asked).all()
            if rows:
                db.execute(_lease, {"ids": [row.id for row in rows], "until": now + lease})
        return [
            Letter(
                row.id,
                row.channel,
                row.address,
                unpacked(row.bubble),
                row.kind,
                row.tries + 1,
                row.made_at,
            )
            for row in rows
        ]

    def sent(self, receipts: Iterable[tuple[Letter, str]], now: datetime) -> None:
        """Mark letters as taken."""
        marks = [{"letter": one.id, "their_id": theirs, "now": now} for one, theirs in receipts]
        with self._connection() as db:
            db.execute(_sent, marks)

    def later(self, letter: Letter, reason: str, at: datetime) -> None:
        """Give a letter back until ``at``."""
        with self._connection() as db:
            db.execute(_later, {"letter": letter.id, "why": reason[:300], "at": at})

    def failed(self, letter: Letter, reason: str, *, gone: bool) -> None:
        """Give a letter up, and the chat too when it is ``gone``."""
        with self._connection() as db:
            db.execute(_failed, {"letter": letter.id, "why": reason[:300]})
            if gone:
                db.execute(_gone, {"of": letter.channel, "where": letter.address})
