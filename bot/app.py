"""Introduces handlers, storage and channels to one another; nothing imports it but the command."""

from __future__ import annotations

import asyncio
import contextlib
import importlib
import pkgutil
import signal
import socket
from collections.abc import AsyncIterator, Callable, Coroutine, Generator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import Any

import structlog
import uvicorn
from sqlalchemy import make_url
from starlette.routing import BaseRoute

import handlers
from bot.cast import HOLDER, MEMBERS, MENTOR, seed
from bot.channels.practice import PracticeChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.whatsapp import WhatsAppChannel
from bot.channels.whatsapp.templates import load as load_templates
from bot.channels.whatsapp.window import Windows
from bot.clerk import Clerk, Work
from bot.config import Settings, WrongSetting
from bot.delivery import Delivery
from bot.domain.changes import WritingHeld
from bot.domain.invite import Ways
from bot.drafting import Drafter, Server
from bot.drawings import draws
from bot.files import DRAWN, Fetch
from bot.glance import SIDE_BY_SIDE, Glance
from bot.intake import Intake
from bot.metrics import Queue, registry
from bot.ports import (
    Clock,
    Letter,
    Unavailable,
)
from bot.practice import CHANNEL, SEPARATOR, Phone, Role, Seeded
from bot.reminders import Words
from bot.runner import Runner
from bot.sight import Sight
from bot.speech import Speech
from bot.studio import Studio
from bot.talk import Dialogue
from bot.talk.texts import Texts
from bot.ticker import Ticker
from bot.told import Moved, Told
from bot.web.app import web_app
from bot.web.practice import PracticeRoom
from bot.web.telegram import telegram_route
from bot.web.whatsapp import whatsapp_route
from handlers.shelf import best_articles
from storage.metering import Metered
from storage.migrating import migrate
from storage.store import SqlStore, connect

log = structlog.get_logger()

#: Where the words lie, a folder for each language.
TEXTS = Path(handlers.__file__).parent / "texts"

#: Where the texts agreed with Meta lie, a folder for each language.
TEMPLATES = Path(handlers.__file__).parent / "templates"

#: The language spoken.
LANGUAGE = "id"


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


@cache
def every_dialogue() -> Sequence[Dialogue]:
    """Every conversation of every module of ``handlers``, found rather than registered."""
    modules = [
        importlib.import_module(f"handlers.{one.name}")
        for one in pkgutil.iter_modules(handlers.__path__)
    ]
    things = (thing for module in modules for thing in vars(module).values())
    return [thing for thing in things if isinstance(thing, Dialogue)]


@cache
def every_text() -> Texts:
    """Everything we say."""
    return Texts(TEXTS / LANGUAGE)


def assemble(store: SqlStore, clock: Clock = utc_now, ways: Callable[[], Ways] = Ways) -> Runner:
    """The runner with everything it says and does."""
    return Runner(every_dialogue(), store, every_text(), clock, ways)


def open_store(url: str, limit: int = 0) -> SqlStore:
    """The database at ``url`` with the newest schema. Raises WrongSetting when out of reach.

    ``limit`` is how many WhatsApp messages a group may have in a month; 0 is any number.
    """
    engine = connect(url)
    try:
        migrate(engine)
    except (Unavailable, OSError) as fault:
        shown = make_url(url).render_as_string(hide_password=True)
        reason = str(fault).partition("\n")[0]  # the driver goes on with guesses
        raise WrongSetting(f"DATABASE_URL: {shown} cannot be reached ({reason})") from None
    return SqlStore(engine, utc_now, metered=Metered((WhatsAppChannel.name,), limit))


async def our_ways(settings: Settings) -> Ways:
    """How people reach us, as far as the channels tell. Raises WrongSetting."""
    telegram, whatsapp = telegram_channel(settings), whatsapp_channel(settings)
    if telegram:
        await telegram.start(patience=5)
        await telegram.stop()
    if whatsapp:
        await whatsapp.start(patience=5)
        await whatsapp.stop()
    return _ways(telegram, whatsapp)


def telegram_channel(settings: Settings, **more: Any) -> TelegramChannel | None:
    """Our bot on Telegram, if it is set up; ``more`` as ``TelegramChannel`` takes it."""
    token = settings.telegram_bot_token
    if token is None:
        return None
    return TelegramChannel(token.get_secret_value(), api_url=settings.telegram_api_url, **more)


def whatsapp_channel(settings: Settings, **more: Any) -> WhatsAppChannel | None:
    """Our number on WhatsApp, if it is set up; ``more`` as ``WhatsAppChannel`` takes it."""
    token = settings.whatsapp_access_token
    if token is None:
        return None
    return WhatsAppChannel(
        settings.whatsapp_phone_number_id,
        token.get_secret_value(),
        api_url=settings.whatsapp_api_url,
        **more,
    )


def _ways(telegram: TelegramChannel | None, whatsapp: WhatsAppChannel | None) -> Ways:
    return Ways(
        telegram=telegram.username if telegram else "", whatsapp=whatsapp.number if whatsapp else ""
    )


def tell_mentors(store: SqlStore, runner: Runner, letter: Letter, why: str) -> None:
    """Tell her mentors that a letter cannot reach her, once until she has written again."""
    found = store.doors.stuck(letter, utc_now())
    if found is not None:
        with store.transaction() as books:
            change = WritingHeld(books.person(found[0]), books.group(found[1]), why)
        runner.happen(change, change.person)


class _Server(uvicorn.Server):
    """uvicorn without its own handling of signals: one process has one way to stop."""

    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None]:
        """Capture none."""
        yield


class App:
    """One process: it hears and shows pages (``web``), delivers and watches the clock (``work``)."""

    def __init__(self, settings: Settings, *, web: bool, work: bool) -> None:
        self._settings, self._web, self._work = settings, web, work
        self._store = open_store(settings.database_url, settings.whatsapp_group_messages)
        self._ways = Ways(listens=bool(settings.speech_command))
        self._runner = assemble(self._store, ways=lambda: self._ways)
        # Every channel reads what was heard on any of them: those are added once they are there.
        self._files: dict[str, Fetch] = {DRAWN: Studio(draws(self._store)).fetch}
        self._telegram = telegram_channel(settings, files=self._files)
        self._whatsapp = whatsapp_channel(
            settings,
            files=self._files,
            windows=Windows(
                self._store.doors, load_templates(TEMPLATES / LANGUAGE), self._stuck, utc_now
            ),
        )
        self._practice = self._in_practice()
        channels = [one for one in (self._telegram, self._whatsapp, self._practice) if one]
        self._files |= {one.name: one.fetch for one in channels}
        self._delivery = Delivery(
            self._store.outbox,
            {one.name: one for one in channels},
            utc_now,
            settings.limits,
            Words(self._runner, self._store.outbox, utc_now, self._store.meter).prepare,
        )
        written = self._delivery.wake if work else lambda: None
        self._intake = Intake(
            self._runner, writers=self._store.writers, shared=self._store.shared, written=written
        )
        self._ticker = Ticker(self._runner, self._store, utc_now, written, self._store.meter)

    def _in_practice(self) -> PracticeChannel | None:
        if not self._settings.practice_room:
            return None
        return PracticeChannel(self._store.practice, utc_now, self._files)

    async def run(self) -> None:
        """Serve until told to stop (SIGTERM, Ctrl-C). Raises WrongSetting."""
        stopped = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.add_signal_handler(number, stopped.set)
        async with self._open():
            doing = [asyncio.create_task(stopped.wait()), *map(asyncio.create_task, self._duties())]
            done, going = await asyncio.wait(doing, return_when=asyncio.FIRST_COMPLETED)
            for task in going:
                task.cancel()
            await asyncio.gather(*going, return_exceptions=True)
            for task in done:
                task.result()

    @contextlib.asynccontextmanager
    async def _open(self) -> AsyncIterator[None]:
        """Everything that has to be opened before and closed after."""
        async with contextlib.AsyncExitStack() as closing:
            closing.callback(self._store.close)
            if self._telegram:
                await self._telegram.start()
                closing.push_async_callback(self._telegram.stop)
            if self._whatsapp:
                await self._whatsapp.start()
                closing.push_async_callback(self._whatsapp.stop)
            self._ways = replace(_ways(self._telegram, self._whatsapp), listens=self._ways.listens)
            if self._work:
                self._ticker.start()
                closing.callback(self._ticker.stop)
            if self._web:
                self._intake.start()
                closing.callback(self._intake.stop)
            yield

    def _duties(self) -> Iterable[Coroutine[Any, Any, None]]:
        if self._work:
            yield self._delivery.run()
            glance = Glance(self._files)
            yield from (self._doing(glance) for _ in range(SIDE_BY_SIDE))
            yield self._doing(Sight(self._files))
            if self._settings.speech_command:
                yield self._doing(Speech(self._settings.speech_command, self._files))
            if self._settings.llm_url:
                yield self._drafter()
        if self._web:
            yield self._serve()
            if self._telegram and not self._settings.public_url:
                yield self._telegram.poll(self._intake.receive)

    def _doing(self, work: Work) -> Coroutine[Any, Any, None]:
        errands, written = self._store.errands, self._delivery.wake
        return Clerk(work, errands, self._runner, utc_now, written).run()

    def _drafter(self) -> Coroutine[Any, Any, None]:
        key = self._settings.llm_api_key
        url, model = self._settings.llm_url, self._settings.llm_model
        server = Server(url, model, key.get_secret_value() if key else "")
        drafts, runner = self._store.drafts, self._runner
        return Drafter(
            server, drafts, self._store, best_articles, runner, utc_now, self._delivery.wake
        ).run()

    async def _serve(self) -> None:
        routes: list[BaseRoute] = []
        secret = self._settings.telegram_webhook_secret
        if self._telegram and self._settings.public_url and secret:
            plain = secret.get_secret_value()
            routes.append(telegram_route(self._telegram, self._intake.receive, plain))
            url = f"{self._settings.public_url.rstrip('/')}/telegram"
            await self._telegram.listen(url, plain)
        app_secret, verify = (
            self._settings.whatsapp_app_secret,
            self._settings.whatsapp_verify_token,
        )
        if self._whatsapp and app_secret and verify:
            routes.append(
                whatsapp_route(
                    self._whatsapp,
                    self._intake.receive,
                    self._note,
                    secret=app_secret.get_secret_value(),
                    verify_token=verify.get_secret_value(),
                )
            )
        registry.register(Queue(self._store.outbox, utc_now))
        room = self._room()
        app = web_app(routes, health=self._store.ping, metrics=registry, practice=room)
        # We handle signals ourselves, and log what matters ourselves.
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", timeout_graceful_shutdown=5
        )
        server = _Server(config)
        serving = asyncio.ensure_future(server.serve(sockets=[self._listening()]))
        log.info("serving", url=f"http://{self._settings.host}:{self._settings.port}/")
        try:
            await asyncio.shield(serving)
        except asyncio.CancelledError:
            server.should_exit = True
            if room:
                room.close()
            await serving
            raise

    async def _note(self, one: Told | Moved) -> None:
        """Take in what a platform tells about our messages and about people. Raises Unavailable."""
        if isinstance(one, Told):
            await asyncio.to_thread(self._store.outbox.told, one)
        else:
            await asyncio.to_thread(self._store.moved, one)

    async def _stuck(self, letter: Letter, why: str) -> None:
        """Tell her mentors, once, that she cannot be reached."""
        await asyncio.to_thread(tell_mentors, self._store, self._runner, letter, why)

    def _listening(self) -> socket.socket:
        host, port = self._settings.host, self._settings.port
        try:
            return socket.create_server((host, port), backlog=1024)
        except OSError as fault:
            raise WrongSetting(
                f"PORT: {host}:{port} cannot be used ({fault.strerror}); choose another"
            ) from None

    def _room(self) -> PracticeRoom | None:
        if not self._practice:
            return None
        return PracticeRoom(
            self._practice, seed=self._seed, receive=self._intake.receive, clock=utc_now
        )

    def _seed(self, run: str) -> Seeded:
        def address(name: str) -> str:
            return f"{run}{SEPARATOR}{name.lower()}"

        group = seed(self._store, self._store.invite_mentor(MENTOR.name), CHANNEL, address)
        roles = [(MEMBERS[0], Role.MEMBER), (HOLDER, Role.HOLDER), (MENTOR, Role.MENTOR)]
        cast = (Phone(address(who.name), f"Bu {who.name}", role) for who, role in roles)
        return Seeded(group.name, group.code, tuple(cast))
