"""``pendamping doctor``: what is well, what is not, and what to do."""

from __future__ import annotations

import asyncio
import io
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from typing import TextIO

from bot.agreeing import APPROVED, check
from bot.app import telegram_channel, utc_now, whatsapp_channel
from bot.config import Settings, WrongSetting
from bot.measures import counted, in_words
from bot.ports import Unavailable
from storage.migrating import is_current
from storage.store import SqlStore, connect

#: A clock further off than this makes days and hours wrong.
MOST_OFF = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at; ``advice`` is empty when it is well."""

    what: str
    how: str
    advice: str = ""


async def examine(settings: Settings, out: TextIO) -> int:
    """Look at everything and say it on ``out``; returns 0 when all is well, 1 otherwise."""
    ill = False
    async for finding in _findings(settings):
        mark = "!!" if finding.advice else "ok"
        print(f"{mark} {finding.what}: {finding.how}", file=out)
        if finding.advice:
            print(f"   {finding.advice}", file=out)
            ill = True
    return int(ill)


async def _findings(settings: Settings) -> AsyncIterator[Finding]:
    yield Finding("settings", "can be used")
    store = SqlStore(connect(settings.database_url), utc_now)
    try:
        for look in (_database, _clock, _schema):
            finding = await asyncio.to_thread(look, store)
            yield finding
            if finding.advice:
                break
    finally:
        store.close()
    yield await _telegram(settings)
    yield await _whatsapp(settings)
    yield _practice(settings)
    async for finding in _measured(settings):
        yield finding


async def _measured(settings: Settings) -> AsyncIterator[Finding]:
    """What the running program counts, in words; said only when one answers here."""
    here = "127.0.0.1" if settings.host in ("0.0.0.0", "::") else settings.host  # noqa: S104
    url = f"http://{here}:{settings.port}/metrics"
    said = await counted(url)
    if said is None:
        yield Finding("program", f"is not running here, or does not answer at {url}")
        return
    for what, how, advice in in_words(said):
        yield Finding(what, how, advice)


def _database(store: SqlStore) -> Finding:
    kind = store.engine.dialect.name
    try:
        store.ping()
    except Unavailable:
        advice = "Set DATABASE_URL to a database that is running and lets us in."
        return Finding("database", f"{kind}, does not answer", advice)
    return Finding("database", f"{kind}, answers")


def _clock(store: SqlStore) -> Finding:
    off = abs(store.now() - utc_now())
    if off > MOST_OFF:
        advice = "Set this machine's or the database's clock; both should follow a time server."
        return Finding("clock", f"{off.total_seconds():.0f} s apart from the database's", advice)
    return Finding("clock", "agrees with the database's")


def _schema(store: SqlStore) -> Finding:
    if is_current(store.engine):
        return Finding("schema", "is the newest")
    return Finding("schema", "is not the newest", "Start `pendamping run` once: it brings it up.")


async def _telegram(settings: Settings) -> Finding:
    channel = telegram_channel(settings)
    if channel is None:
        return Finding("telegram", "off (TELEGRAM_BOT_TOKEN is not set)")
    try:
        await channel.start(patience=5)
        await channel.stop()
    except WrongSetting as wrong:
        return Finding("telegram", "does not let us in", str(wrong))
    how = "webhook" if settings.public_url else "long polling"
    return Finding("telegram", f"@{channel.username}, by {how}")


async def _whatsapp(settings: Settings) -> Finding:
    channel = whatsapp_channel(settings)
    if channel is None:
        return Finding("whatsapp", "off (WHATSAPP_ACCESS_TOKEN is not set)")
    try:
        await channel.start(patience=5)
        await channel.stop()
    except WrongSetting as wrong:
        return Finding("whatsapp", "does not let us in", str(wrong))
    if not settings.public_url:
        advice = "Set PUBLIC_URL: Meta brings what people write to {PUBLIC_URL}/whatsapp."
        return Finding("whatsapp", f"+{channel.number}, but nothing can come in", advice)
    where = f"{settings.public_url.rstrip('/')}/whatsapp"
    if settings.whatsapp_account_id:
        said = io.StringIO()
        try:
            if await check(settings, said):
                missing = ", ".join(
                    line for line in said.getvalue().splitlines() if not line.endswith(APPROVED)
                )
                advice = f"`pendamping whatsapp templates --submit`, then wait for Meta: {missing}"
                return Finding("whatsapp", f"+{channel.number}, webhook {where}", advice)
        except WrongSetting as wrong:
            return Finding("whatsapp", f"+{channel.number}, webhook {where}", str(wrong))
    return Finding("whatsapp", f"+{channel.number}, webhook {where}")


def _practice(settings: Settings) -> Finding:
    room = (
        f"open at http://{settings.host}:{settings.port}/" if settings.practice_room else "closed"
    )
    return Finding("practice room", room)
