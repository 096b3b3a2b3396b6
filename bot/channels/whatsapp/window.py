"""When her window is closed: a template asks her to open it, and what was meant waits."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NoReturn

import structlog

from bot.channels.whatsapp.errors import NoTemplate
from bot.channels.whatsapp.templates import Template, fitting
from bot.doors import NEARLY, OPENS, Door, Doors, Held
from bot.ports import (
    Clock,
    Letter,
    Uncertain,
)

#: She is asked to open her window at most so often.
KNOCK_AGAIN = timedelta(hours=24)

#: A template Meta did not take is tried again after this.
UNUSABLE_FOR = timedelta(hours=1)

#: Sends a template's object to an address; returns the message's id.
Put = Callable[[str, Mapping[str, Any]], Awaitable[str]]

#: Called with a letter that waits because no template helps, and the name of the reason.
Stuck = Callable[[Letter, str], Awaitable[None]]

_log = structlog.get_logger(__name__)


class Windows:
    """Everybody's windows, and the templates that ask to open them."""

    def __init__(
        self, doors: Doors, templates: Sequence[Template], stuck: Stuck, clock: Clock
    ) -> None:
        self._doors, self._templates = doors, templates
        self._stuck, self._clock = stuck, clock
        self._unusable: dict[str, datetime] = {}

    async def must_be_open(self, letter: Letter, put: Put) -> None:
        """Return when a letter may go as it is. Raises Held when her window is closed, having asked
        her to open it where that may be done; and what ``put`` raises.
        """
        door = await asyncio.to_thread(self._doors.door, letter)
        now = self._clock()
        if door.open_until is None or door.open_until <= now + NEARLY:
            await self._knock(letter, door, now, put)

    async def was_closed(self, letter: Letter, put: Put) -> NoReturn:
        """The platform says her window is closed, whatever we thought. Raises as above."""
        now = self._clock()
        await asyncio.to_thread(self._doors.shut, letter, now)
        await self._knock(letter, await asyncio.to_thread(self._doors.door, letter), now, put)

    async def _knock(self, letter: Letter, door: Door, now: datetime, put: Put) -> NoReturn:
        """Ask her to open it, at most once a day and only for something new."""
        again = now + KNOCK_AGAIN
        if door.knocked_at is not None:
            if now < door.knocked_at + KNOCK_AGAIN:
                raise Held("her window is closed, and she was asked", door.knocked_at + KNOCK_AGAIN)
            if door.newest <= door.knocked_at:
                raise Held("her window is closed, and nothing is new", again)
        if not door.welcome:
            await self._stick(letter, "not_welcome", again)
        template = fitting(self._templates, door.kind)
        if template is None or self._unusable.get(template.name, now) > now:
            await self._stick(letter, "no_template", again)
        number = ""
        try:
            number = await put(letter.address, template.message(door.facts, OPENS))
        except NoTemplate as no:
            _log.error("whatsapp_template_unusable", template=template.name, reason=str(no))
            self._unusable[template.name] = now + UNUSABLE_FOR
            await self._stick(letter, "no_template", now + UNUSABLE_FOR)
        except Uncertain as doubt:  # twice would be nagging: it counts as sent
            _log.warning("whatsapp_template_uncertain", reason=str(doubt))
        await asyncio.to_thread(self._doors.knocked, letter, template.name, number, now)
        raise Held("her window is closed, and she was asked just now", again)

    async def _stick(self, letter: Letter, why: str, until: datetime) -> NoReturn:
        await self._stuck(letter, why)
        raise Held(f"her window is closed: {why}", until)
