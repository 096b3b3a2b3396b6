"""What an evaluation needs of each member's days: reminded, answered, saved, when; ids, no names."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import BindParameter, Connection, bindparam, exists, select

from bot.domain.calendar import Zone, local
from bot.domain.kinds import Kind
from bot.domain.ledger import EntryKind
from storage.ledger_tables import claim, entry
from storage.outgoing import goal, outbox
from storage.tables import UtcTime, contact, group, member

#: The columns, in their order; docs/habits.md says what each means.
COLUMNS = (
    "group",
    "member",
    "day",
    "hour",
    "rhythm",
    "has_goal",
    "reminded",
    "reminded_at",
    "not_sent_because",
    "answered_at",
    "claimed_at",
    "saved",
    "saved_rupiah",
    "saved_at",
)

#: What became of a reminder that the platform took.
_ARRIVED = ("sent", "delivered", "read")

_groups = select(group.c.id, group.c.zone).order_by(group.c.id)
_members = (
    select(
        member.c.number, member.c.joined_at, member.c.left_at, member.c.remind_at, member.c.rhythm
    )
    .where(member.c.group_id == bindparam("group"))
    .order_by(member.c.number)
)
_goals = select(goal.c.member, goal.c.set_at).where(goal.c.group_id == bindparam("group"))
_first: BindParameter[date] = bindparam("first")
_last: BindParameter[date] = bindparam("last")
_reminded = select(
    outbox.c.member, outbox.c.day, outbox.c.state, outbox.c.settled_at, outbox.c.reason
).where(
    outbox.c.kind == str(Kind.REMINDER),
    outbox.c.group_id == bindparam("group"),
    outbox.c.day.between(_first, _last),
)
_claimed = select(claim.c.member, claim.c.made_at).where(
    claim.c.group_id == bindparam("group"),
    claim.c.made_at >= bindparam("since", type_=UtcTime),
    claim.c.made_at < bindparam("until", type_=UtcTime),
)
# What we said to her because she had spoken carries when that was.
_heard = (
    select(member.c.number, outbox.c.heard_at)
    .join(contact, contact.c.person == member.c.person)
    .join(outbox, outbox.c.contact == contact.c.id)
    .where(
        member.c.group_id == bindparam("group"),
        outbox.c.made_at >= bindparam("since", type_=UtcTime),
        outbox.c.made_at < bindparam("until", type_=UtcTime),
        outbox.c.heard_at.is_not(None),
    )
)
_undone = entry.alias("undone")
_saved = select(entry.c.member, entry.c.day, entry.c.rupiah, entry.c.recorded_at).where(
    ~exists().where(_undone.c.group_id == entry.c.group_id, _undone.c.reverses == entry.c.number),
    entry.c.group_id == bindparam("group"),
    entry.c.kind == EntryKind.DEPOSIT,
    entry.c.day.between(_first, _last),
)

_Key = tuple[int, date]


def member_days(db: Connection, first: date, last: date) -> Iterator[Mapping[str, object]]:
    """A row (by ``COLUMNS``) for every day of every member from ``first`` to ``last``, group by group.

    Days before she joined and after she left are left out. Times are UTC, days the group's own.
    One group at a time is held in memory.
    """
    for one in db.execute(_groups).all():
        yield from _of_group(db, one.id, Zone(one.zone), first, last)


@dataclass(frozen=True, slots=True)
class _Happened:
    """What happened in one group, by member and day."""

    reminded: Mapping[_Key, Any]
    heard: Mapping[_Key, list[datetime]]
    claimed: Mapping[_Key, list[datetime]]
    saved: Mapping[_Key, list[Any]]


def _of_group(
    db: Connection, group_id: int, zone: Zone, first: date, last: date
) -> Iterator[Mapping[str, object]]:
    found = _read(db, group_id, zone, first, last)
    goals = {one.member: one.set_at for one in db.execute(_goals, {"group": group_id})}
    for she in db.execute(_members, {"group": group_id}).all():
        day = max(first, local(she.joined_at, zone).date())
        end = min(last, local(she.left_at, zone).date()) if she.left_at else last
        while day <= end:
            key = (she.number, day)
            has_goal = she.number in goals and local(goals[she.number], zone).date() <= day
            yield {
                "group": group_id,
                "member": she.number,
                "day": day.isoformat(),
                "hour": she.remind_at.isoformat("minutes") if she.remind_at else "",
                "rhythm": she.rhythm,
                "has_goal": int(has_goal),
                **_reminder(found.reminded.get(key), found.heard.get(key, [])),
                "claimed_at": _instant(min(found.claimed.get(key, []), default=None)),
                **_deposits(found.saved.get(key, [])),
            }
            day += timedelta(days=1)


def _read(db: Connection, group_id: int, zone: Zone, first: date, last: date) -> _Happened:
    between: dict[str, Any] = {"group": group_id, "first": first, "last": last}
    since = datetime.combine(first, time(0), zone.tz)
    until = datetime.combine(last + timedelta(days=1), time(0), zone.tz)
    within = {"group": group_id, "since": since, "until": until}
    reminded = {(one.member, one.day): one for one in db.execute(_reminded, between)}
    heard: dict[_Key, list[datetime]] = defaultdict(list)
    for one in db.execute(_heard, within):
        heard[one.number, local(one.heard_at, zone).date()].append(one.heard_at)
    claimed: dict[_Key, list[datetime]] = defaultdict(list)
    for said in db.execute(_claimed, within):
        claimed[said.member, local(said.made_at, zone).date()].append(said.made_at)
    saved: dict[_Key, list[Any]] = defaultdict(list)
    for made in db.execute(_saved, between):
        saved[made.member, made.day].append(made)
    return _Happened(reminded, heard, claimed, saved)


def _reminder(letter: Any, heard: list[datetime]) -> dict[str, object]:
    if letter is None:
        nothing = ("reminded_at", "not_sent_because", "answered_at")
        return {"reminded": 0, **dict.fromkeys(nothing, "")}
    arrived = letter.state in _ARRIVED
    after = [at for at in heard if arrived and at >= letter.settled_at]
    return {
        "answered_at": _instant(min(after, default=None)),
        "reminded": int(arrived),
        "reminded_at": _instant(letter.settled_at) if arrived else "",
        "not_sent_because": "" if arrived else letter.reason or letter.state,
    }


def _deposits(entries: list[Any]) -> dict[str, object]:
    return {
        "saved": int(bool(entries)),
        "saved_rupiah": sum(one.rupiah for one in entries),
        "saved_at": _instant(min((one.recorded_at for one in entries), default=None)),
    }


def _instant(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at else ""
