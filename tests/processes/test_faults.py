"""Everything goes wrong at once, for a while; then every letter is where it should be.

``TEST_SEED`` plays a run again, ``TEST_SECONDS`` makes it longer than the usual six.
"""

from __future__ import annotations

import os
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Engine, func, select

from bot.domain.kinds import Kind
from bot.domain.people import Person
from bot.ports import Bubble
from storage.outgoing import outbox
from storage.store import SqlStore, connect
from storage.tables import contact
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person as Phone
from tests.servers.sender import Sender

SECONDS = float(os.environ.get("TEST_SECONDS", "6"))
PEOPLE, WORKERS = 25, 2

#: Seconds a dead worker keeps its letters, and until everything must have settled in the end.
LEASE, PATIENCE = 4.0, 90.0

#: How many of a hundred calls go wrong, and how many of a hundred letters make someone block us.
TROUBLE, BLOCKS = 0.2, 0.004

_KINDS = [Kind.ANSWER] * 5 + [Kind.RECEIPT, Kind.QUESTION, Kind.REMINDER, Kind.REMINDER, Kind.TIP]


@dataclass
class Storm:
    """Letters written at random to people who block us at random."""

    store: SqlStore
    server: BotApi
    chance: random.Random
    phones: dict[int, Phone] = field(default_factory=dict)
    written: dict[int, list[tuple[str, Kind]]] = field(default_factory=lambda: defaultdict(list))
    blocked: set[int] = field(default_factory=set)

    def gather(self) -> None:
        """People who have opened the chat."""
        for number in range(PEOPLE):
            phone = self.server.person(f"Ibu{number}")
            phone.opens()
            with self.store.transaction() as books:
                person = books.meet("telegram", phone.address)
            self.phones[person.id] = phone

    def rages(self) -> None:
        """Write as fast as members and mentors of a few groups would at their liveliest."""
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            who = self.chance.choice(list(self.phones))
            kind = self.chance.choice(_KINDS)
            text = f"{kind} {len(self.written[who])}"
            with self.store.transaction() as books:
                books.post(Person(who), Bubble(text), kind, None)
            self.written[who].append((text, kind))
            if self.chance.random() < BLOCKS:
                self.phones[who].blocks()
                self.blocked.add(who)
            time.sleep(self.chance.uniform(0, 0.016))


@contextmanager
def killed_at_random(senders: list[Sender], chance: random.Random) -> Iterator[None]:
    """Workers that die and come back while the block lasts, and then live on."""
    over = threading.Event()

    def kill() -> None:
        while not over.wait(chance.uniform(0.6, 1.6)):
            one = chance.choice(senders)
            one.kill()
            over.wait(chance.uniform(0, 0.4))
            one.start()

    for sender in senders:
        sender.start()
    killing = threading.Thread(target=kill)
    killing.start()
    try:
        yield
    finally:
        over.set()
        killing.join()


def test_a_while_of_faults(new_postgres: str, tmp_path: Path) -> None:
    seed = int(os.environ.get("TEST_SEED") or random.SystemRandom().randrange(10**6))
    print(f"seed {seed}")  # noqa: T201 - pytest shows it with the failure
    engine = connect(new_postgres)
    log = tmp_path / "senders.log"
    with BotApi(checked=False) as server:
        storm = Storm(SqlStore(engine, lambda: datetime.now(UTC)), server, random.Random(seed))  # noqa: S311 - a test's own luck
        storm.gather()
        senders = [Sender(new_postgres, server.url, LEASE, log) for _ in range(WORKERS)]
        try:
            with killed_at_random(senders, random.Random(seed + 1)):  # noqa: S311
                server.is_troubled(TROUBLE, seed)
                storm.rages()
            server.calms()
            everything_settles(engine)
        finally:
            for one in senders:
                one.kill()
        assert sum(map(len, storm.written.values())) > SECONDS * 5
        for who, phone in storm.phones.items():
            seen = [one.text for one in phone.sees]
            assert_heard_as_written(storm.written[who], seen, blocked=who in storm.blocked)
    assert_states(engine, storm)
    engine.dispose()


def everything_settles(engine: Engine) -> None:
    """Wait until nothing waits or is on its way."""
    unsettled = select(func.count()).where(outbox.c.state.in_(("waiting", "sending")))
    until = time.monotonic() + PATIENCE
    while True:
        with engine.connect() as db:
            count = db.execute(unsettled).scalar_one()
        if not count:
            return
        assert time.monotonic() < until, f"{count} letters are stuck"
        time.sleep(0.1)


def assert_heard_as_written(
    written: list[tuple[str, Kind]], seen: list[str], *, blocked: bool
) -> None:
    """Answers at least once and in order, reminders at most once."""
    certain = [text for text, kind in written if kind.may_repeat]
    first = [text for text in dict.fromkeys(seen) if text in set(certain)]
    assert first == certain[: len(first)]
    assert blocked or first == certain
    for text, kind in written:
        assert kind.may_repeat or seen.count(text) <= 1, text


def assert_states(engine: Engine, storm: Storm) -> None:
    """Who blocked us is known to be gone; nothing else was given up but what may not come twice."""
    letters = select(
        outbox.c.state, outbox.c.kind, outbox.c.reason, contact.c.person, contact.c.gone
    )
    with engine.connect() as db:
        rows = db.execute(letters.join(contact, contact.c.id == outbox.c.contact)).all()
    for row in rows:
        if row.person in storm.blocked:
            assert row.state in ("sent", "failed", "cancelled")
        elif row.state != "sent":
            assert (row.state, Kind(row.kind).may_repeat) == ("failed", False)
            assert "uncertain" in row.reason
        if row.state == "cancelled":
            assert row.gone
