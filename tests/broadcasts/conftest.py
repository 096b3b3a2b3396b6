"""Mentors, groups in several zones, and members of one or two of them, to broadcast to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from sqlalchemy import Engine, select, update

from bot.app import assemble
from bot.domain import changes
from bot.domain.broadcasts import Broadcast, Results
from bot.domain.calendar import Zone
from bot.domain.pace import Limit
from bot.domain.people import Group, Person
from bot.mailer import Mailer
from bot.ports import Heard, Letter
from bot.reminders import Words
from storage.outgoing import outbox
from storage.store import SqlStore
from storage.tables import contact

CHANNEL = "telegram"

#: Monday, 09.00 in Langkat and 11.00 in Jayapura.
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)


@dataclass
class Clock:
    """It stands still until it is moved."""

    now: datetime = MONDAY

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Town:
    """Everything there is."""

    store: SqlStore
    clock: Clock
    mentor: Person = field(default_factory=lambda: Person(0))
    _heard: Iterator[int] = field(default_factory=lambda: count(1))

    def __post_init__(self) -> None:
        self.runner = assemble(self.store, self.clock)
        code = self.store.invite_mentor("Dewi")
        with self.store.transaction() as books:
            self.mentor = books.meet(CHANNEL, "dewi")
            books.record(changes.MentorJoined(self.mentor, code))

    @property
    def now(self) -> datetime:
        """What the clock shows."""
        return self.clock.now

    def group(self, name: str, zone: Zone, *members: str, channel: str = CHANNEL) -> Group:
        """A group of hers with these members."""
        consent = changes.Consent("uji", "uji")
        with self.store.transaction() as books:
            opened = changes.GroupOpened(self.mentor, name, "Desa", zone, None)
            group = books.group(int(books.record(opened)[0].facts["group"]))
            for one in members:
                she = books.meet(channel, one)
                joined = (she, group, one.title(), "Bu", "kerupuk", None, None, consent)
                books.record(changes.MemberJoined(*joined))
        return group

    def says(self, *many: str, who: str = "dewi") -> None:
        """Somebody writes, one message after the other."""
        for words in many:
            heard = Heard(CHANNEL, str(next(self._heard)), who, self.now, words)
            self.runner.receive(heard)

    def look(self) -> None:
        """The clock looks."""
        Mailer(self.runner, self.store).look()

    def passes(self, **span: float) -> None:
        """So much time goes by, and the clock looks."""
        self.clock.now += timedelta(**span)
        self.look()

    def claim(self) -> Sequence[Letter]:
        """What a worker takes of broadcasts, made ready for sending; all else arrives at once."""
        until = self.now + timedelta(seconds=45)
        claimed = self.store.outbox.claim({CHANNEL: Limit()}, lambda _: 1000, self.now, until)
        prepare = Words(self.runner, self.store.outbox, self.clock).prepare
        letters = prepare(claimed.letters)
        for one in letters:
            if one.broadcast is None:
                self.store.outbox.sent([(one, f"id{one.id}")], self.now)
        return [one for one in letters if one.broadcast is not None]

    def deliver(self) -> list[tuple[str, str]]:
        """Take and send everything of broadcasts; who got which first line."""
        letters = self.claim()
        if letters:
            self.store.outbox.sent([(one, f"id{one.id}") for one in letters], self.now)
        return [(one.address, one.bubble.text.split("\n\n")[1]) for one in letters]

    def held(self, letter: Letter) -> None:
        """Her window is closed: it waits for her to write."""
        self.store.outbox.held(letter, self.now + timedelta(days=30), self.now)

    def opens(self, address: str) -> None:
        """She writes, and may be written to for a day."""
        with self.store.transaction() as books:
            books.meet(CHANNEL, address, open_until=self.now + timedelta(days=1))

    def fails(self, letter: Letter, reason: str, *, gone: bool = False) -> None:
        """A letter is given up."""
        self.store.outbox.failed(letter, reason, self.now, gone=gone)

    def broadcast(self, number: int = 1) -> Broadcast:
        """One of hers."""
        with self.store.transaction() as books:
            found = books.broadcast(number)
        assert found is not None
        return found

    def results(self, number: int = 1) -> Results:
        """What became of it."""
        it = self.broadcast(number)
        with self.store.transaction() as books:
            return books.results(it)

    def states(self) -> list[str]:
        """The states of all letters of broadcasts."""
        asked = select(outbox.c.state).where(outbox.c.broadcast.is_not(None))
        with self.store.engine.begin() as db:
            return sorted(db.scalars(asked.order_by(outbox.c.id)))

    def window(self, address: str, open_until: datetime) -> None:
        """Until when somebody may be written to freely."""
        with self.store.engine.begin() as db:
            mine = update(contact).where(contact.c.address == address)
            db.execute(mine.values(open_until=open_until))

    def last_to(self, address: str) -> str:
        """The newest bubble put out for somebody."""
        asked = (
            select(outbox.c.bubble)
            .join(contact, contact.c.id == outbox.c.contact)
            .where(contact.c.address == address)
            .order_by(outbox.c.id.desc())
            .limit(1)
        )
        with self.store.engine.begin() as db:
            return str(db.execute(asked).scalar_one()["text"])


@pytest.fixture
def town(engine: Engine) -> Town:
    clock = Clock()
    return Town(SqlStore(engine, clock), clock)
