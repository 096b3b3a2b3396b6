"""The seeded group on a clock moved by hand, and what is planned for it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Engine, select, update

from bot.cast import seed
from bot.domain.reminding import Why
from bot.reminders import Reminders, reasons
from storage.outgoing import outbox
from storage.store import SqlStore
from storage.tables import group, member

#: A Monday, 19.00 in Langkat; the group began the day before.
SEVEN = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@dataclass
class Village:
    """A group, its clock, and any number of those who look at it."""

    store: SqlStore
    now: datetime = SEVEN - timedelta(days=1, hours=10)

    def at(self, hour: float, day: int = 0) -> None:
        """Set the clock: hours of the Monday in WIB, and days after it."""
        self.now = SEVEN + timedelta(days=day, hours=hour - 19)

    def watcher(self) -> Reminders:
        return Reminders(self.store.schedule, lambda: self.now)

    def planned(self) -> list[tuple[int, date, str]]:
        """Member, day and state of every reminder."""
        with self.store.engine.begin() as db:
            rows = db.execute(select(outbox).where(outbox.c.kind == "reminder")).all()
        return sorted((row.member, row.day, row.state) for row in rows)

    def days(self, number: int = 2) -> list[int]:
        """The days of the month for which a member's reminder waits or went out."""
        return [
            day.day for one, day, state in self.planned() if one == number and state == "waiting"
        ]

    def why(self, number: int = 2) -> Why:
        return next(why for _, one, why in reasons(self.store.schedule, self.now) if one == number)

    def change(self, **values: Any) -> None:
        """Change Sari (number 2) behind everybody's back."""
        with self.store.engine.begin() as db:
            db.execute(update(member).where(member.c.number == 2).values(values))

    def change_group(self, **values: Any) -> None:
        with self.store.engine.begin() as db:
            db.execute(update(group).values(values))


@pytest.fixture
def village(engine: Engine) -> Village:
    store = SqlStore(engine, lambda: made.now)
    made = Village(store)
    seed(store, store.invite_mentor("Dewi"), "telegram", str.lower)
    return made
