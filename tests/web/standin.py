"""A group that answers in fixed words: enough of a runner to try the practice room by itself."""

from __future__ import annotations

import asyncio
import itertools
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Self

import httpx
from starlette.applications import Starlette

from bot.channels.practice import PracticeChannel
from bot.ports import Bubble, Button, Heard, Letter
from bot.practice import CHANNEL, Phone, Role, Seeded, run_of
from bot.web.app import web_app
from bot.web.practice import PracticeRoom
from storage.migrating import migrate
from storage.store import SqlStore, connect


def now() -> datetime:
    return datetime.now(UTC)


def seed(run: str) -> Seeded:
    return Seeded(
        "Melati",
        "MLT234",
        (
            Phone(f"{run}-sari", "Bu Sari", Role.MEMBER),
            Phone(f"{run}-rina", "Bu Rina", Role.HOLDER),
            Phone(f"{run}-dewi", "Bu Dewi", Role.MENTOR),
        ),
    )


class StandIn:
    """Knows a deposit, its receipt, a menu, an invitation and a photo; hears everything once."""

    def __init__(self, channel: PracticeChannel) -> None:
        self.channel = channel
        self.heard: list[Heard] = []
        self.once: set[str] = set()
        self.letters = itertools.count(1)
        self.trouble: Exception | None = None

    async def receive(self, heard: Heard) -> None:
        if self.trouble:
            raise self.trouble
        self.heard.append(heard)
        if heard.id in self.once:
            return
        self.once.add(heard.id)
        run = run_of(heard.address)
        for name, bubble in self.answer(heard):
            await self.post(f"{run}-{name}" if name else heard.address, bubble)

    async def post(self, address: str, bubble: Bubble) -> str:
        letter = Letter(next(self.letters), CHANNEL, address, bubble, "answer", 1, now())
        return await self.channel.send(letter)

    def answer(self, heard: Heard) -> list[tuple[str, Bubble]]:
        if heard.pressed == "k1:ya":
            return [
                (
                    "sari",
                    Bubble(
                        "Sudah diterima Bu Rina: *Rp10.000* (sepuluh ribu rupiah).\n"
                        "Celengan Ibu sekarang *Rp10.000*.\n\nCatatan nomor 1."
                    ),
                ),
                ("rina", Bubble("Tercatat. Terima kasih, Bu Rina.")),
            ]
        if heard.media:
            return [
                ("", Bubble("Fotonya sudah saya terima.")),
                (
                    "dewi",
                    Bubble("Foto dari Bu Sari.", media=heard.media),
                ),
            ]
        if heard.words == "setor 10rb":
            return [
                (
                    "sari",
                    Bubble(
                        "*Rp10.000* menunggu Bu Rina.\nSalah ketik? Balas *batal*.",
                    ),
                ),
                (
                    "rina",
                    Bubble(
                        "Bu Sari menyerahkan *Rp10.000*. Sudah diterima?",
                        buttons=(Button("Sudah", "k1:ya"), Button("Belum", "k1:belum")),
                    ),
                ),
            ]
        if heard.words == "undang":
            link = "https://t.me/pendamping_bot?start=g_MLT234"
            return [("", Bubble(f"Undangan *Kelompok Melati*:\n{link}", qr=link))]
        if heard.words == "bantuan":
            menu = ("Setor", "Saldo", "Riwayat", "Profil", "Tanya pendamping")
            return [
                (
                    "",
                    Bubble("Ibu mau apa?", tuple(Button(one, "=" + one.lower()) for one in menu)),
                )
            ]
        return [("", Bubble(f"Ibu bilang: {heard.words or heard.pressed}"))]


class Practice:
    """The web side over a stand-in."""

    def __init__(self, database: Path) -> None:
        engine = connect(f"sqlite:///{database}")
        migrate(engine)
        self.store = SqlStore(engine, now)
        self.log = self.store.practice
        self.channel = PracticeChannel(self.log, now)
        self.standin = StandIn(self.channel)
        self.room = PracticeRoom(self.channel, seed=seed, receive=self.standin.receive, clock=now)
        self.sick: Exception | None = None
        self.app: Starlette = web_app(health=self._health, practice=self.room)

    def _health(self) -> None:
        if self.sick:
            raise self.sick


class Client:
    """Asks an application without a socket in between; its faults come back as answers."""

    def __init__(self, app: Starlette) -> None:
        transport = httpx.ASGITransport(app, raise_app_exceptions=False)
        self._client = httpx.AsyncClient(transport=transport, base_url="http://test")
        self._runner = asyncio.Runner()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._runner.run(self._client.aclose())
        self._runner.close()

    def get(self, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.get(path, **more))

    def post(self, path: str, **more: Any) -> httpx.Response:
        return self._runner.run(self._client.post(path, **more))
