"""Taking letters out of the outbox: who is next, within what the platform lets one bot send.

Every look costs as much as the letters it takes, however many wait. A letter that is due but must
wait (an earlier one to her is on its way, or her chat was written to just now) is moved to when its
turn can come, so the next look does not meet it again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    bindparam,
    case,
    func,
    literal_column,
    select,
    text,
    update,
)

from bot.domain.kinds import NEVER_TWICE, RANKS
from bot.domain.pace import Bucket, Limit
from bot.ports import About, Bubble, Claimed, Letter
from storage.bubbles import unpacked
from storage.outgoing import chat_pace, outbox, sender
from storage.tables import UtcTime, contact

#: How often within one look the letters that had to be moved are replaced by others.
MOST_ROUNDS = 5

#: Letters looked at together at least, so that a few that must wait do not hide the others.
FETCHED = 30

#: How soon a letter is looked at again while an earlier one to her is on its way.
SOON = timedelta(seconds=0.05)

#: Why a letter waits for her to write again.
HELD = "window closed"

# In so many words, not as parameters: a plan that is kept for any value cannot use an index that
# holds only these states, and then reads the whole outbox for every letter of it.
_WAITING: ColumnElement[str] = literal_column("'waiting'")
_SENDING: ColumnElement[str] = literal_column("'sending'")

_meet_sender = text(
    "INSERT INTO sender (channel, tokens, counted_at) VALUES (:channel, :tokens, :now)"
    " ON CONFLICT DO NOTHING"
).bindparams(bindparam("now", type_=UtcTime))
_sender = select(sender).where(sender.c.channel == bindparam("of")).with_for_update()
_spend = (
    update(sender)
    .where(sender.c.channel == bindparam("of"))
    .values(tokens=bindparam("left"), counted_at=bindparam("now"))
)
# Nobody knows whether these were sent: their worker has died. A kind that may come twice goes
# back; the others are given up.
_lease_over = (
    update(outbox)
    .where(
        outbox.c.state == _SENDING,
        outbox.c.channel == bindparam("of"),
        outbox.c.due_at <= bindparam("now"),
    )
    .values(
        state=case((outbox.c.kind.in_(NEVER_TWICE), "failed"), else_="waiting"),
        reason="uncertain: its sender died",
        settled_at=case((outbox.c.kind.in_(NEVER_TWICE), bindparam("now", type_=UtcTime))),
    )
)
_earlier = outbox.alias("earlier")
# When the letter before this one to her is due (one that is held for her to write again holds up
# nobody: whoever comes after it meets the same closed door): an urgent one waits for urgent ones only.
_after = (
    select(
        case(
            (_earlier.c.state == "sending", bindparam("now", type_=UtcTime)),
            else_=_earlier.c.due_at,
        )
    )
    .where(
        _earlier.c.contact == outbox.c.contact,
        _earlier.c.id < outbox.c.id,
        _earlier.c.state.in_((_WAITING, _SENDING)),
        _earlier.c.rank <= outbox.c.rank,
        _earlier.c.reason.is_distinct_from(HELD),
    )
    .order_by(_earlier.c.id.desc())
    .limit(1)
    .scalar_subquery()
)
# Her number where we know it: not every number may be written to by the platform's id.
_reached_at = func.coalesce(contact.c.phone, contact.c.address).label("address")
_due = (
    select(outbox, _reached_at, contact.c.person, chat_pace.c.free_at, _after.label("after"))
    .join(contact, contact.c.id == outbox.c.contact)
    .outerjoin(chat_pace, chat_pace.c.contact == outbox.c.contact)
    .where(
        outbox.c.state == _WAITING,
        outbox.c.channel == bindparam("of"),
        outbox.c.rank == bindparam("with_rank"),
        outbox.c.due_at <= bindparam("now"),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most"))
    .with_for_update(of=outbox, skip_locked=True)
)
_next_due = select(
    *(
        select(outbox.c.due_at)
        .where(
            outbox.c.state == _WAITING,
            outbox.c.channel == bindparam("of"),
            outbox.c.rank == rank,
            outbox.c.due_at > bindparam("now"),
        )
        .order_by(outbox.c.due_at)
        .limit(1)
        .scalar_subquery()
        for rank in RANKS
    )
)
_take = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)))
    .values(state="sending", due_at=bindparam("until"), tries=outbox.c.tries + 1)
)
_move = update(outbox).where(outbox.c.id == bindparam("letter")).values(due_at=bindparam("at"))
_keep_pace = text(
    "INSERT INTO chat_pace (contact, free_at) VALUES (:contact, :free_at)"
    " ON CONFLICT (contact) DO UPDATE SET free_at = excluded.free_at"
).bindparams(bindparam("free_at", type_=UtcTime))


def claim_letters(
    db: Connection,
    limits: Mapping[str, Limit],
    room: Callable[[int], int],
    now: datetime,
    until: datetime,
) -> Claimed:
    """Take what is due on the channels of ``limits``; see ``bot.ports.Outbox.claim``."""
    letters: list[Letter] = []
    looks: list[datetime] = []
    # Always in the same order, so that two workers never hold one bot each and want the other's.
    for channel, limit in sorted(limits.items()):
        taken = len(letters)
        claimed = _claim_one(db, channel, limit, lambda rank: room(rank) - taken, now, until)  # noqa: B023 - called at once
        letters += claimed.letters
        if claimed.look_again:
            looks.append(claimed.look_again)
    return Claimed(letters, min(looks, default=None))


class _Look:
    """One look at one bot's letters, within one transaction."""

    def __init__(self, db: Connection, channel: str, limit: Limit, now: datetime) -> None:
        self._db, self._channel, self._limit, self._now = db, channel, limit, now
        # Letters to one chat that must wait for each other are moved so far apart.
        burst = limit.chat_burst > 1 or not limit.chat_gap
        self._step = SOON if burst else timedelta(seconds=limit.chat_gap)
        self.taken: list[Row[Any]] = []
        self._free_at: dict[int, datetime] = {}
        self._taken_from: set[int] = set()
        self.first_moved: datetime | None = None
        self._last: dict[int, datetime] = {}

    def take(self, rank: int, most: int, until: datetime) -> bool:
        """Take up to ``most`` of one rank; whether more of it is due."""
        asked = {"of": self._channel, "with_rank": rank, "now": self._now}
        goal = len(self.taken) + most
        for _ in range(MOST_ROUNDS):
            room = goal - len(self.taken)
            if room <= 0:
                return True
            fetched = max(room, FETCHED)
            rows = self._db.execute(_due, {**asked, "most": fetched}).all()
            if self._sort(rows, room, until) < len(rows):
                return True
            if len(rows) < fetched:
                return False
        return True

    def keep_paces(self) -> None:
        """Note when the chats written to are free again."""
        if self._limit.chat_gap:
            paces = [{"contact": who, "free_at": at} for who, at in self._free_at.items()]
            self._db.execute(_keep_pace, paces)

    def _sort(self, rows: Sequence[Row[Any]], room: int, until: datetime) -> int:
        """Take what may go, move what must wait, until the room is used up; how many were met."""
        took: list[int] = []
        moved: list[dict[str, object]] = []
        met = 0
        for row in rows:
            if len(took) == room:
                break
            met += 1
            turn = self._turn(row)
            if turn is None:
                took.append(row.id)
                self.taken.append(row)
            else:
                moved.append({"letter": row.id, "at": turn})
                self.first_moved = min(turn, self.first_moved or turn)
        if moved:
            self._db.execute(_move, moved)
        if took:
            self._db.execute(_take, {"ids": took, "until": until})
        return met

    def _turn(self, row: Row[Any]) -> datetime | None:
        """When a letter's turn can come; None: now."""
        now, who = self._now, row.contact
        paced = self._free_at.get(who) or row.free_at
        free = max(now, paced - self._limit.slack) if paced else now
        if row.after is None and who not in self._taken_from and free <= now:
            gap = timedelta(seconds=self._limit.chat_gap)
            self._free_at[who] = max(paced or now, now) + gap
            self._taken_from.add(who)
            return None
        before = self._last.get(who, row.after)
        turn = free if before is None else max(free, before + self._step, now + SOON)
        turn = max(turn, now + SOON) if who in self._taken_from else turn
        self._last[who] = turn
        return turn


def _claim_one(
    db: Connection,
    channel: str,
    limit: Limit,
    room: Callable[[int], int],
    now: datetime,
    until: datetime,
) -> Claimed:
    held_until, bucket = _bucket(db, channel, limit, now)
    db.execute(_lease_over, {"of": channel, "now": now})
    if held_until is not None and held_until > now:
        return Claimed((), held_until)
    look, more = _Look(db, channel, limit, now), False
    for rank in RANKS:
        most = min(room(rank), bucket.room(limit, rank)) - len(look.taken)
        more = look.take(rank, most, until) or more
    left = bucket.less(len(look.taken))
    if look.taken:
        db.execute(_spend, {"of": channel, "left": left.tokens, "now": now})
        look.keep_paces()
    looks = [left.next_look(limit)] if more else []
    looks += [look.first_moved] if look.first_moved else []
    if not look.taken:
        looks += [at for at in db.execute(_next_due, {"of": channel, "now": now}).one() if at]
    return Claimed([_letter(row, until) for row in look.taken], min(looks, default=None))


def _bucket(
    db: Connection, channel: str, limit: Limit, now: datetime
) -> tuple[datetime | None, Bucket]:
    """The bot's row, locked until the end, as what it holds now and until when it is stopped."""
    row = db.execute(_sender, {"of": channel}).one_or_none()
    if row is None:
        db.execute(_meet_sender, {"channel": channel, "tokens": limit.capacity, "now": now})
        row = db.execute(_sender, {"of": channel}).one()
    return row.held_until, Bucket(row.tokens, row.counted_at).filled(limit, now)


def _letter(row: Row[Any], until: datetime) -> Letter:
    about = None if row.says is None else About(row.says, row.group_id, row.member, row.day)
    return Letter(
        row.id,
        row.channel,
        row.address,
        Bubble("") if row.bubble is None else unpacked(row.bubble),
        row.kind,
        row.tries + 1,
        row.made_at,
        until,
        row.pieces_sent,
        about,
        row.heard_at,
        row.person,
    )
