"""Where our own pictures and documents are drawn, at the moment they are sent."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping
from typing import Any

import structlog

from bot.files import File
from bot.ports import Refused, TryAgain, Unavailable

log = structlog.get_logger()

#: Draws one kind of thing from the facts named when it was said; it blocks. Raises Unavailable.
Draw = Callable[[Mapping[str, Any]], File]

#: Drawn at once: it is work for the processor, and answers should not wait for it.
MOST_AT_ONCE = 2


class Studio:
    """Draws what ``bot.files.picture`` and ``document`` name, by the ones in ``draws``."""

    def __init__(self, draws: Mapping[str, Draw]) -> None:
        self._draws = draws
        self._places = asyncio.Semaphore(MOST_AT_ONCE)

    async def fetch(self, ref: str) -> File:
        """What a reference stands for, drawn now.

        Raises Refused when nobody can draw it (her words go out without it), or TryAgain.
        """
        what, _, facts = ref.partition("?")
        draw = self._draws.get(what)
        if draw is None:
            raise Refused(f"nobody draws {what!r}")
        async with self._places:
            try:
                return await asyncio.to_thread(draw, json.loads(facts))
            except Unavailable as away:
                raise TryAgain(str(away)) from away
            except Exception as fault:
                log.exception("drawing_failed", what=what)
                raise Refused(f"{what} could not be drawn") from fault
