"""An outbox in a fresh database, people to write to, and a clock moved by hand."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.domain.kinds import Kind
from bot.domain.pace import Limit
from bot.domain.people import Person
from bot.ports import Bubble, Claimed, Letter
from storage.outgoing import outbox
from storage.store import SqlStore
from storage.tables import contact

#: A Monday, 10.00 in Langkat.
MONDAY = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)
BOT = "telegram"
LEASE = timedelta(seconds=60)


@dataclass
class Post:
    """One bot's outbox: what is written to whom, and what a worker does with it."""

    store: SqlStore
    now: datetime = MONDAY
    people: dict[str, Person] = field(default_factory=dict)

    def write(self, name: str, text: str, kind: Kind = Kind.ANSWER) -> None:
        """Put a bubble on its way to somebody, known or not."""
        with self.store.transaction() as books:
            who = self.people.get(name) or books.meet(BOT, name)
            self.people[name] = who
            books.post(who, Bubble(text), kind, None)

    def passes(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)

    def claim(self, limit: Limit | None = None, room: int = 100) -> Claimed:
        limits = {BOT: limit or Limit()}
        return self.store.outbox.claim(limits, lambda _: room, self.now, self.now + LEASE)

    def take(self, limit: Limit | None = None, room: int = 100) -> list[Letter]:
        return list(self.claim(limit, room).letters)

    def texts(self, limit: Limit | None = None) -> list[str]:
        return [letter.bubble.text for letter in self.take(limit)]

    def arrives(self, *letters: Letter) -> None:
        if letters:
            self.store.outbox.sent([(one, f"id{one.id}") for one in letters], self.now)

    def rows(self) -> dict[str, Any]:
        """Every letter by its text."""
        with self.store.engine.begin() as db:
            return {row.bubble["text"]: row for row in db.execute(select(outbox))}

    def states(self) -> dict[str, str]:
        return {name: row.state for name, row in self.rows().items()}

    def gone(self, name: str) -> bool:
        with self.store.engine.begin() as db:
            found = select(contact.c.gone).where(contact.c.address == name)
            return bool(db.execute(found).scalar_one())

    def force(self, **values: object) -> None:
        """Change every row behind everybody's back."""
        with self.store.engine.begin() as db:
            db.execute(update(outbox).values(values))


@pytest.fixture
def post(engine: Engine) -> Post:
    made = Post(SqlStore(engine, lambda: made.now))
    return made
