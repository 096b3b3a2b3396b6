"""Reading broadcasts, polls, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Row,
    Select,
    and_,
    bindparam,
    case,
    distinct,
    exists,
    func,
    or_,
    select,
)

from bot.domain.broadcasts import (
    At,
    Audience,
    Broadcast,
    Content,
    Fate,
    Form,
    Reach,
    Results,
    State,
    Tally,
    When,
    Who,
)
from bot.domain.calendar import Zone, local_day
from bot.domain.people import Group, Person
from storage.audiences import FITS, asked
from storage.broadcast_tables import broadcast, broadcast_group, recipient, vote
from storage.meeting import her_chat
from storage.outgoing import outbox
from storage.reading.words import WordsReading
from storage.tables import Key, UtcTime, contact, group, group_mentor, member

#: Messages of this month that are counted at most: as many as any rule makes free, and more.
MOST_COUNTED = 10_000

WHATSAPP = "whatsapp"

_this = bindparam("broadcast", type_=Key)
_a_broadcast = select(broadcast).where(broadcast.c.id == _this)
_hers = select(broadcast).where(broadcast.c.mentor == bindparam("mentor"))
_open = _hers.where(broadcast.c.state.in_((State.PLANNED, State.RUNNING))).order_by(
    broadcast.c.day.nulls_first(), broadcast.c.clock, broadcast.c.id
)
_begun = (
    _hers.where(broadcast.c.state.in_((State.RUNNING, State.DONE)))
    .order_by(broadcast.c.id.desc())
    .limit(bindparam("most"))
)
_led = select(group_mentor.c.group_id).where(group_mentor.c.person == bindparam("mentor"))
_only = bindparam("group", type_=Key)


def _people_when(condition: Any) -> Any:
    return func.count(distinct(case((condition, member.c.person))))


_on_whatsapp = contact.c.channel == WHATSAPP
_shut = or_(contact.c.open_until.is_(None), contact.c.open_until <= bindparam("now", type_=UtcTime))


def _reach(who: Who) -> Select[Any]:
    return (
        select(
            _people_when(contact.c.id.is_not(None)).label("people"),
            _people_when(contact.c.id.is_(None)).label("without_chat"),
            _people_when(_on_whatsapp).label("whatsapp"),
            _people_when(and_(_on_whatsapp, _shut)).label("closed"),
            func.count(distinct(member.c.group_id)).label("groups"),
        )
        .select_from(member)
        .join(group, group.c.id == member.c.group_id)
        .outerjoin(contact, her_chat)
        .where(
            member.c.group_id.in_(_led),
            or_(_only.is_(None), member.c.group_id == _only),
            member.c.active,
            group.c.open,
            FITS[who],
        )
    )


_REACH = {who: _reach(who) for who in Who}
_month: Select[Any] = select(func.count().label("letters")).select_from(
    select(outbox.c.id)
    .where(
        outbox.c.channel == WHATSAPP,
        outbox.c.state.in_(("sent", "delivered", "read")),
        outbox.c.settled_at >= bindparam("since", type_=UtcTime),
    )
    .limit(MOST_COUNTED)
    .subquery()
)
_businesses = (
    select(func.lower(member.c.business).label("business"))
    .where(
        member.c.group_id.in_(_led),
        or_(_only.is_(None), member.c.group_id == _only),
        member.c.active,
        member.c.business != "",
    )
    .group_by(func.lower(member.c.business))
    .order_by(func.count().desc(), func.lower(member.c.business))
    .limit(bindparam("most"))
)
_later = outbox.alias("later")
#: The newest letter of a broadcast to each chat.
NEWEST = and_(
    outbox.c.broadcast == _this,
    ~exists().where(
        _later.c.broadcast == outbox.c.broadcast,
        _later.c.contact == outbox.c.contact,
        _later.c.id > outbox.c.id,
    ),
)
_unsettled = outbox.c.state.in_(("waiting", "sending"))
_lost = and_(outbox.c.state == "failed", outbox.c.reason.like("uncertain%"))
#: What became of a letter; whoever is back after she had gone may be written to again.
FATE = case(
    (_unsettled, Fate.WAITING),
    (outbox.c.state.in_(("sent", "delivered", "read")), outbox.c.state),
    (_lost, Fate.UNSURE),
    (contact.c.gone, Fate.GONE),
    (or_(outbox.c.state == "failed", outbox.c.reason == "gone"), Fate.REFUSED),
    else_=Fate.DROPPED,
)
_fates = (
    select(FATE.label("fate"), func.count().label("people"))
    .select_from(outbox)
    .join(contact, contact.c.id == outbox.c.contact)
    .where(NEWEST)
    .group_by(FATE)
)
_left = exists().where(
    member.c.group_id == recipient.c.group_id,
    member.c.person == recipient.c.person,
    member.c.left_at >= broadcast.c.begun_at,
)
_heard: Any = (
    select(
        func.count().label("people"),
        func.count(recipient.c.answered_at).label("answered"),
        func.sum(case((or_(contact.c.gone, _left), 1), else_=0)).label("stopped"),
    )
    .select_from(recipient)
    .join(broadcast, broadcast.c.id == recipient.c.broadcast)
    .join(contact, contact.c.id == recipient.c.contact)
    .where(recipient.c.broadcast == _this)
)
_told_in = select(recipient.c.group_id).where(
    recipient.c.broadcast == _this, recipient.c.person == bindparam("person")
)
_of_message = (
    select(outbox.c.broadcast)
    .join(contact, contact.c.id == outbox.c.contact)
    .where(
        outbox.c.platform_id == bindparam("platform_id"),
        contact.c.person == bindparam("person"),
        outbox.c.broadcast.is_not(None),
    )
    .limit(1)
)
_tips = (
    select(broadcast_group.c.tip)
    .where(
        broadcast_group.c.group_id.in_(bindparam("groups", expanding=True)),
        broadcast_group.c.tip.is_not(None),
    )
    .distinct()
)
_tip = select(broadcast_group.c.tip).where(
    broadcast_group.c.broadcast == _this, broadcast_group.c.group_id == bindparam("group")
)
_votes = (
    select(vote.c.choice, func.count().label("people"))
    .where(vote.c.broadcast == _this)
    .group_by(vote.c.choice)
)


class BroadcastReading(WordsReading):
    """Fulfils ``bot.domain.broadcast_books.BroadcastBooks``."""

    def broadcast(self, number: int) -> Broadcast | None:
        """One broadcast."""
        row = self.once(("broadcast", number), lambda: self.maybe(_a_broadcast, broadcast=number))
        return self._as_broadcast(row) if row else None

    def broadcasts_open(self, mentor: Person) -> Sequence[Broadcast]:
        """Hers that wait or run."""
        return [self._as_broadcast(row) for row in self.all(_open, mentor=mentor.id)]

    def broadcasts_begun(self, mentor: Person, most: int) -> Sequence[Broadcast]:
        """Her newest that go out or went out."""
        return [self._as_broadcast(row) for row in self.all(_begun, mentor=mentor.id, most=most)]

    def reach(self, mentor: Person, audience: Audience) -> Reach:
        """How many people would hear it now."""
        today = local_day(self.now, self.zone_of(mentor))
        row = self.one(
            _REACH[audience.who],
            mentor=mentor.id,
            group=audience.group.id if audience.group else None,
            now=self.now,
            **asked(audience.who, audience.business, today),
        )
        sent = self.one(_month, since=_month_began(self.now)).letters if row.whatsapp else 0
        return Reach(row.people, row.groups, row.without_chat, row.whatsapp, row.closed, sent)

    def businesses(self, mentor: Person, group: Group | None, most: int) -> Sequence[str]:
        """What the members of her groups make."""
        where = {"mentor": mentor.id, "group": group.id if group else None, "most": most}
        return [row.business for row in self.all(_businesses, **where)]

    def results(self, broadcast: Broadcast) -> Results:
        """What became of it."""
        fates = self.all(_fates, broadcast=broadcast.number)
        heard = self.one(_heard, broadcast=broadcast.number)
        return Results(
            heard.people,
            {Fate(row.fate): row.people for row in fates},
            heard.answered,
            heard.stopped or 0,
        )

    def told_in(self, broadcast: int, person: Person) -> Group | None:
        """The group for whose sake she was sent a broadcast."""
        row = self.maybe(_told_in, broadcast=broadcast, person=person.id)
        return self.group(row.group_id) if row else None

    def broadcast_of_message(self, person: Person, platform_id: str) -> int | None:
        """The broadcast a message to her belonged to."""
        row = self.maybe(_of_message, platform_id=platform_id, person=person.id)
        return row.broadcast if row else None

    def tips_heard(self, groups: Collection[int]) -> Sequence[str]:
        """The tips that any of these groups has heard."""
        return [row[0] for row in self.all(_tips, groups=list(groups))]

    def tip_chosen(self, broadcast: int, group: int) -> str | None:
        """The tip a group hears by a broadcast."""
        row = self.maybe(_tip, broadcast=broadcast, group=group)
        return row.tip if row else None

    def tally(self, poll: Broadcast) -> Tally:
        """A poll's votes so far."""
        votes = {row.choice: row.people for row in self.all(_votes, broadcast=poll.number)}
        counted = [
            (choice, votes.get(place, 0)) for place, choice in enumerate(poll.content.choices)
        ]
        return Tally(counted)

    def has_passed(self, at: At, zone: Zone) -> bool:
        """Whether that hour is over in a zone."""
        return datetime.combine(at.day, at.clock, zone.tz) <= self.now

    def _as_broadcast(self, row: Row[Any]) -> Broadcast:
        return Broadcast(
            row.id,
            self.person(row.mentor),
            Content(
                Form(row.form), row.words, row.media, row.piece, tuple(row.choices), row.closes_at
            ),
            Audience(
                None if row.group_id is None else self.group(row.group_id),
                Who(row.who),
                row.business,
            ),
            When(None if row.day is None else At(row.day, row.clock), row.weekly),
            State(row.state),
            row.paused,
            row.resent_at is not None,
            row.closed_at is not None,
            row.outcome_of,
        )


def _month_began(now: datetime) -> datetime:
    return now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
