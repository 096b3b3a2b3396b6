"""Plays a transcript: the bot is rebuilt from the database before every message, and hears each twice."""

from __future__ import annotations

import asyncio
import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, time, timedelta
from itertools import count

from sqlalchemy import select

from bot.app import assemble
from bot.cast import seed
from bot.clerk import Clerk
from bot.delivery import deliver_now
from bot.domain.calendar import Zone, local
from bot.domain.invite import Ways
from bot.doors import OPENS
from bot.files import File
from bot.glance import Glance
from bot.ports import Heard, Letter
from bot.reminders import Words
from bot.runner import Runner
from bot.sight import Sight
from bot.ticker import Ticker
from bot.transcript import Screens, Spoken, pieces, read
from storage.store import SqlStore, connect
from storage.tables import errand
from tests.id_cards import sent_card
from tests.pictures import sent
from tests.wires import Wire

#: Everything begins on a Monday morning, 09.00 in Langkat.
MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)

_EMPTY, _INVITED = "-- dunia kosong", "-- undang pendamping "
_LATER = re.compile(r"-- (\d+) (menit|jam|hari) kemudian")
_AT = re.compile(r"-- (?:(besok) )?pukul (\d\d)\.(\d\d)")
_CAMERA = "-- fotonya "
_UNITS = {"menit": "minutes", "jam": "hours", "hari": "days"}


class Misplayed(Exception):
    """A stage direction nobody knows, or an answer to a message that was answered before."""


class Stage:
    """A world in one database, spoken to over one channel; each message is heard ``twice``."""

    def __init__(self, database_url: str, wire: Wire, *, twice: bool = True) -> None:
        self.now, self._twice = MONDAY, twice
        # Nothing is remembered in an engine but how to connect and how statements are written.
        self._engine, self._wire = connect(database_url), wire
        self._messages = count(1)
        self._codes = codes()
        self._screens = Screens()
        self._names: dict[str, str] = {}
        self._camera, self._errands = "bagus", False

    def play(self, script: str) -> str:
        """The script as it really went: what people did, with what the bot then said."""
        lines = pieces(script.strip())
        directions = [line for line in lines if line.startswith("--")]
        if _EMPTY not in directions:
            store = self._store()
            seed(store, store.invite_mentor("Dewi"), self._wire.name, self.address)
        played: list[str] = []
        self._errands = "(foto)" in script or "(berkas)" in script
        try:
            self._go(lines, played)
        finally:
            self._engine.dispose()
        return "\n".join(played)

    def _go(self, lines: list[str], played: list[str]) -> None:
        for line in lines:
            if line.startswith("--"):
                played += [line, *self._direct(line)]
            elif not line:
                played.append(line)
            elif not line.startswith("Bot > "):
                played += [line, *self._say(read(line))]

    def address(self, name: str) -> str:
        """Where somebody is reached; the same name is always the same person."""
        address = self._wire.address(name)
        self._names[address] = name
        return address

    def _store(self) -> SqlStore:
        return SqlStore(self._engine, lambda: self.now, self._codes)

    def _direct(self, line: str) -> list[str]:
        if line.startswith(_INVITED):
            store = self._store()
            store.invite_mentor(line.removeprefix(_INVITED))
        elif found := _LATER.fullmatch(line):
            self.now += timedelta(**{_UNITS[found[2]]: int(found[1])})
        elif found := _AT.fullmatch(line):
            self.now = self._next(time(int(found[2]), int(found[3])), tomorrow=bool(found[1]))
        elif line.startswith(_CAMERA):
            self._camera = line.removeprefix(_CAMERA)
            return []
        elif line != _EMPTY:
            raise Misplayed(line)
        return self._after(
            lambda store: Ticker(self._runner(store), store, lambda: self.now, lambda: None).look()
        )

    def _next(self, clock: time, *, tomorrow: bool) -> datetime:
        here = local(self.now, Zone.WIB)
        day = here.date() + timedelta(days=1 if tomorrow or clock <= here.time() else 0)
        return datetime.combine(day, clock, Zone.WIB.tz).astimezone(UTC)

    def _say(self, spoken: Spoken) -> list[str]:
        self.now += timedelta(seconds=20)
        number = next(self._messages)
        heard = self._wire.heard(
            number,
            self.address(spoken.name),
            self.now,
            spoken.words,
            self._screens.payload(spoken.name, spoken.presses) if spoken.presses else "",
            spoken.sends,
            self._screens.newest(spoken.name) if spoken.replies else "",
        )
        said = self._hear(heard)
        again = self._hear(heard) if self._twice else []
        if again:
            raise Misplayed(f"heard twice, answered twice: {again}")
        return said

    def _hear(self, heard: Heard) -> list[str]:
        return self._after(lambda store: self._runner(store).receive(heard))

    def _runner(self, store: SqlStore) -> Runner:
        return assemble(store, lambda: self.now, lambda: Ways(telegram="PendampingBot"))

    def _after(self, doing: Callable[[SqlStore], object]) -> list[str]:
        """Do it with a bot that was just built, then deliver what waits."""
        store = self._store()
        doing(store)
        if self._errands and self._something_waits(store):
            runner, files = self._runner(store), {self._wire.name: self._fetch}
            for work in (Glance(files), Sight(files)):
                asyncio.run(Clerk(work, store.errands, runner, lambda: self.now).finish())
        return list(self._delivered(store))

    def _something_waits(self, store: SqlStore) -> bool:
        """Whether there is any work for a clerk; making one costs more than looking."""
        with store.snapshot() as db:
            return db.scalar(select(errand.c.id).where(errand.c.due_at.is_not(None))) is not None

    async def _fetch(self, _ref: str) -> File:
        """Whatever was sent is the picture the stage direction named last."""
        content = sent_card() if self._camera == "ktp" else sent(self._camera)
        return File(content, "image/jpeg")

    def _delivered(self, store: SqlStore) -> Iterator[str]:
        words = Words(self._runner(store), store.outbox, lambda: self.now)

        turn: dict[int, int] = {}  # by when it first was to go out, whether or not it could

        def ready(letters: Sequence[Letter]) -> Sequence[Letter]:
            prepared = words.prepare(letters)
            for one in prepared:
                turn.setdefault(one.id, len(turn))
            return [one for one in prepared if not self._held(store, one)]

        arrived = list(deliver_now(store.outbox, self._wire.name, self.now, ready))
        for letter in sorted(arrived, key=lambda one: turn[one.id]):
            yield self._show(letter)

    def _held(self, store: SqlStore, letter: Letter) -> bool:
        """Whether she had to be asked to open the chat again, which she then does."""
        if not self._wire.waits(store, letter, self.now):
            return False
        number = next(self._messages)
        press = self._wire.heard(number, letter.address, self.now, "", OPENS, None, "")
        self._runner(store).receive(press)
        return True

    def _show(self, letter: Letter) -> str:
        shown = self._wire.shown(letter.bubble)
        return self._screens.show(self._names[letter.address], str(letter.id), shown)


def codes() -> Callable[[int], str]:
    """Codes that are the same in every run, told apart by their length: ABCD01, ABCD02."""
    numbers: dict[int, Iterator[int]] = defaultdict(lambda: count(1))
    return lambda length: f"{'ABCDEFGHJK'[: length - 2]}{next(numbers[length]):02d}"
