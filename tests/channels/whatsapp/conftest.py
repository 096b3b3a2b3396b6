"""A Cloud API server on loopback, our channel open to it, and all of ours behind that."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self
from zlib import crc32

import pytest
from sqlalchemy import Engine, select

from bot.app import LANGUAGE, TEMPLATES, assemble, tell_mentors
from bot.cast import seed
from bot.channels.whatsapp import WhatsAppChannel
from bot.channels.whatsapp.templates import load
from bot.channels.whatsapp.window import Windows
from bot.delivery import Delivery
from bot.ports import (
    Bubble,
    Heard,
    Letter,
    Unavailable,
)
from bot.told import Moved, Told
from storage.outgoing import outbox
from storage.store import SqlStore
from tests.servers.cloud_api import NUMBER_ID, TOKEN, CloudApi, payload
from tests.servers.cloud_api_people import Person
from tests.servers.cloud_api_world import Template


def letter(address: str, bubble: Bubble | str, number: int = 1, kind: str = "answer") -> Letter:
    """A bubble on its way."""
    bubble = Bubble(bubble) if isinstance(bubble, str) else bubble
    return Letter(number, "whatsapp", address, bubble, kind, 1, datetime.now(UTC))


@pytest.fixture
def server() -> Iterator[CloudApi]:
    """Meta's side; at the end nothing forbidden was ever sent, and nothing free-form outside a window."""
    with CloudApi() as server:
        yield server
    assert server.violations == []
    assert server.outside == []


@pytest.fixture
async def channel(server: CloudApi) -> AsyncIterator[WhatsAppChannel]:
    """Our side, started."""
    channel = WhatsAppChannel(NUMBER_ID, TOKEN, api_url=server.url)
    await channel.start()
    yield channel
    await channel.stop()


class Notes:
    """A ``note`` that keeps what it was told and is away when it is told to be."""

    def __init__(self) -> None:
        self.told: list[Told | Moved] = []
        self.away = 0

    async def __call__(self, told: Told | Moved) -> None:
        if self.away:
            self.away -= 1
            raise Unavailable("away")
        self.told.append(told)


class Office:
    """Everything of ours but the web side, over one database, with Meta's clock."""

    def __init__(self, server: CloudApi, engine: Engine) -> None:
        self.server = server
        self.store = SqlStore(engine, server.clock)
        self.runner = assemble(self.store, server.clock)
        self.stuck: list[str] = []
        templates = load(TEMPLATES / LANGUAGE)
        server.approves(*(Template.submitted(one.submission(), "APPROVED") for one in templates))
        windows = Windows(self.store.doors, templates, self._stuck, server.clock)
        self.channel = WhatsAppChannel(
            NUMBER_ID, TOKEN, api_url=server.url, windows=windows, clock=server.clock
        )
        self.delivery = Delivery(self.store.outbox, {"whatsapp": self.channel}, server.clock)

    async def _stuck(self, letter: Letter, why: str) -> None:
        self.stuck.append(why)
        await asyncio.to_thread(tell_mentors, self.store, self.runner, letter, why)

    @asynccontextmanager
    async def open(self) -> AsyncIterator[Self]:
        """At work until the block ends."""
        await self.channel.start()
        task = asyncio.create_task(self.delivery.run())
        try:
            yield self
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await self.channel.stop()

    async def settles(self) -> None:
        """Return once everything that can happen has: heard, answered, delivered, reported."""
        async with asyncio.timeout(20):
            await self._settle()

    async def _settle(self) -> None:
        quiet = 0
        while quiet < 3:
            with self.server.world.changed:
                changes = self.server.world.gathered()
            if changes:
                await self.channel.take(payload(changes), self._receive, self._note)
            due = await asyncio.to_thread(self._due)
            quiet = 0 if changes or due else quiet + 1
            await asyncio.sleep(0.03)

    async def _receive(self, heard: Heard) -> None:
        await asyncio.to_thread(self.runner.receive, heard)

    async def _note(self, one: Told | Moved) -> None:
        take_in = self.store.outbox.told if isinstance(one, Told) else self.store.moved
        await asyncio.to_thread(take_in, one)  # type: ignore[arg-type]

    def _due(self) -> int:
        with self.store.engine.connect() as db:
            rows = db.execute(
                select(outbox.c.contact, outbox.c.due_at, outbox.c.state)
                .where(outbox.c.state.in_(("waiting", "sending")))
                .order_by(outbox.c.id.desc())
            ).all()
        first = {row.contact: row for row in rows}  # the others wait behind it
        now = self.server.clock()
        return sum(one.state == "sending" or one.due_at <= now for one in first.values())

    def letters(self, *states: str) -> list[Any]:
        """The letters in these states, oldest first."""
        with self.store.engine.connect() as db:
            chosen = select(outbox).where(outbox.c.state.in_(states)).order_by(outbox.c.id)
            return list(db.execute(chosen).all())

    def post(self, who: Person, words: str, kind: str = "answer") -> None:
        """Something for somebody, out of the blue."""
        with self.store.transaction() as books:
            books.post(books.meet("whatsapp", who.address), Bubble(words), kind, None)

    def seed(self, *people: Person) -> None:
        """Bu Dewi leads Melati, Bu Rina holds the celengan, Bu Sari and Bu Ani save."""
        addresses = {one.name: one.address for one in people}
        group = seed(
            self.store,
            self.store.invite_mentor("Dewi"),
            "whatsapp",
            lambda name: addresses.get(name, f"62899{crc32(name.encode())}"),
        )
        assert group.name == "Melati"


@pytest.fixture
async def office(server: CloudApi, engine: Engine) -> AsyncIterator[Office]:
    async with Office(server, engine).open() as office:
        yield office


@pytest.fixture
async def group(server: CloudApi, office: Office) -> list[Person]:
    """A mentor and two members who have just been here."""
    people = [server.person(name) for name in ("Dewi", "Rina", "Sari")]
    office.seed(*people)
    for one in people:
        one.writes("saldo")
    await office.settles()
    return people


@pytest.fixture
def sari(group: list[Person]) -> Person:
    """One of the members."""
    return group[-1]


def texts(who: Person) -> list[str]:
    """What stands on her screen; a template by its name."""
    return [seen.text if not seen.template else seen.template for seen in who.sees]
