"""Reads what somebody sent, wherever she sent it, as it was and as others may have it."""

from __future__ import annotations

import asyncio

import structlog

from bot.clean import without_place
from bot.files import DRAWN, File, Files, Media
from bot.ports import Refused, TryAgain

_log = structlog.get_logger(__name__)


async def read(files: Files, media: Media) -> File:
    """The file as it was sent. Raises TryAgain or Refused."""
    fetch = files.get(media.channel)
    if fetch is None:
        raise Refused("no files on that channel")
    return await fetch(media.ref)


async def read_to_send_on(files: Files, media: Media, channel: str) -> File | None:
    """The file as ``channel`` may send it to others: of a picture only what is to be seen.

    None when it is not to be had: the words at least. Raises TryAgain; where it is not ``channel``
    itself that is slow, only this letter waits, never everyone who is written to there.
    """
    try:
        file = await read(files, media)
        return file if media.channel == DRAWN else await asyncio.to_thread(without_place, file)
    except Refused as no:
        _log.warning("file_not_sent_on", read_from=media.channel, reason=str(no))
        return None
    except TryAgain as wait:
        if media.channel == channel:
            raise
        raise TryAgain(f"{media.channel}: {wait}") from None
