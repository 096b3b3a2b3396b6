"""``pendamping chat``: the seeded group in a terminal, printed as a transcript."""

from __future__ import annotations

import tempfile
from itertools import count
from typing import TextIO

from bot.app import assemble, open_store, utc_now
from bot.cast import MEMBERS, seed
from bot.delivery import deliver_now
from bot.files import Media
from bot.ports import (
    Heard,
)
from bot.transcript import NeverShown, Screens, Spoken, Unreadable, read
from storage.store import SqlStore

_CHANNEL = "terminal"


def rehearse(lines: TextIO, out: TextIO) -> None:
    """Hear ``lines`` and say the answers on ``out`` until the end; nothing is kept."""
    with tempfile.TemporaryDirectory() as home:
        store = open_store(f"sqlite:///{home}/chat.db")
        try:
            seed(store, store.invite_mentor("Dewi"), _CHANNEL, str.lower)
            _Rehearsal(store, out, shown_already=lines.isatty()).go(lines)
        finally:
            store.close()


class _Rehearsal:
    def __init__(self, store: SqlStore, out: TextIO, *, shown_already: bool) -> None:
        self._store, self._out, self._shown_already = store, out, shown_already
        self._runner, self._screens, self._numbers = assemble(store), Screens(), count(1)
        self._names: dict[str, str] = {}
        self._speaker = MEMBERS[0].name

    def go(self, lines: TextIO) -> None:
        while True:
            if self._shown_already:
                print(f"{self._speaker}: ", end="", file=self._out, flush=True)
            line = lines.readline()
            if not line:
                return
            if line.strip():
                self._hear(line.strip())

    def _hear(self, line: str) -> None:
        spoken = self._read(line)
        if not self._shown_already:
            said = line if spoken.name != self._speaker or ":" in line else f"{spoken.name}: {line}"
            print(said, file=self._out)
        self._speaker = spoken.name
        address = spoken.name.lower()
        self._names[address] = spoken.name
        try:
            pressed = self._screens.payload(spoken.name, spoken.presses) if spoken.presses else ""
            answers = self._screens.newest(spoken.name) if spoken.replies else ""
        except NeverShown as wrong:
            print(f"-- {wrong}", file=self._out)
            return
        media = Media(spoken.sends, "1", _CHANNEL) if spoken.sends else None
        number = str(next(self._numbers))
        heard = Heard(_CHANNEL, number, address, utc_now(), spoken.words, pressed, media, answers)
        self._runner.receive(heard)
        self._deliver()

    def _read(self, line: str) -> Spoken:
        try:
            return read(line)
        except Unreadable:
            return read(f"{self._speaker}: {line}")

    def _deliver(self) -> None:
        for one in deliver_now(self._store.outbox, _CHANNEL, utc_now(), list):
            name = self._names.get(one.address, one.address.title())
            print(self._screens.show(name, str(one.id), one.bubble), file=self._out)
