"""``pendamping chat``: the seeded group in a terminal, printed as a transcript."""

from __future__ import annotations

import asyncio
import tempfile
from itertools import count
from typing import TextIO

from PIL import Image, ImageDraw

from bot.app import assemble, open_store, utc_now
from bot.cast import MEMBERS, seed
from bot.clerk import Clerk
from bot.delivery import deliver_now
from bot.files import File, Media
from bot.glance import Glance
from bot.pictures.opening import as_jpeg
from bot.ports import (
    Heard,
)
from bot.sight import Sight
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


async def _a_picture(_ref: str) -> File:
    """Whatever is sent in a terminal is this: a plate on a table, drawn here."""
    picture = Image.new("RGB", (900, 900), (214, 206, 190))
    draw = ImageDraw.Draw(picture)
    draw.ellipse((170, 190, 730, 750), fill=(246, 244, 238), outline=(196, 190, 180), width=4)
    for x, y in ((360, 380), (470, 350), (530, 460), (400, 500), (480, 560)):
        draw.ellipse((x, y, x + 110, y + 80), fill=(205, 140, 62), outline=(140, 90, 40), width=4)
    return File(as_jpeg(picture), "image/jpeg")


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
        if media:
            for work in (Glance({_CHANNEL: _a_picture}), Sight({_CHANNEL: _a_picture})):
                clerk = Clerk(work, self._store.errands, self._runner, utc_now)
                asyncio.run(clerk.finish())
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
