"""From a voice note to words, by any program that turns an audio file into text."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import tempfile
from collections.abc import Callable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Protocol

import structlog

from bot.domain.changes import VoiceRead
from bot.files import File
from bot.ports import (
    Clock,
    Refused,
    TryAgain,
    Unavailable,
)
from bot.runner import Runner
from bot.voices import VoiceNote, Voices

log = structlog.get_logger()

#: How often we look for voice notes, how long the program may take, and how often it is tried.
LOOK_EVERY, PATIENCE, MOST_TRIES = 1.0, 120.0, 3

#: A voice note whose worker died is taken up again after this.
LEASE = timedelta(minutes=5)

#: Bytes of audio and signs of text at most.
LARGEST, LONGEST = 16 * 1024 * 1024, 500


class Files(Protocol):
    """A channel whose files can be fetched."""

    async def fetch(self, ref: str) -> File:
        """The file behind a handle. Raises TryAgain or Refused."""
        ...


class Speech:
    """Listens to voice notes, one at a time: the program may need all the machine has."""

    def __init__(
        self,
        command: str,
        voices: Voices,
        files: Mapping[str, Files],
        runner: Runner,
        clock: Clock,
        written: Callable[[], None],
    ) -> None:
        self._command, self._voices, self._files = shlex.split(command), voices, files
        self._runner, self._clock, self._written = runner, clock, written

    async def run(self) -> None:
        """Listen until cancelled."""
        while True:
            try:
                note = await asyncio.to_thread(self._voices.next, self._clock(), LEASE)
                if note is None:
                    await asyncio.sleep(LOOK_EVERY)
                else:
                    await self._listen(note)
            except Unavailable as fault:
                log.warning("voices_unavailable", reason=str(fault))
                await asyncio.sleep(LOOK_EVERY * 5)

    async def _listen(self, note: VoiceNote) -> None:
        words = ""
        try:
            words = await self._words(note)
        except (TryAgain, Refused, OSError, TimeoutError) as fault:
            log.warning("voice_not_read", voice=note.number, reason=type(fault).__name__)
            if note.tries < MOST_TRIES and not isinstance(fault, Refused):
                return  # the lease runs out, and it is tried again
        read = VoiceRead(note.number, note.person, note.media.packed(), words)
        await asyncio.to_thread(self._runner.happen, read, note.person)
        self._written()

    async def _words(self, note: VoiceNote) -> str:
        """What the program hears; nothing when it fails. Raises OSError, TimeoutError."""
        files = self._files.get(note.media.channel)
        if files is None:
            raise Refused("no files on that channel")
        sound = (await files.fetch(note.media.ref)).content
        if len(sound) > LARGEST:
            raise Refused("too long to listen to")
        with tempfile.TemporaryDirectory() as home:
            path = Path(home) / "voice.ogg"
            path.write_bytes(sound)
            return await self._run(path)

    async def _run(self, path: Path) -> str:
        pipe, none = asyncio.subprocess.PIPE, asyncio.subprocess.DEVNULL
        program = await asyncio.create_subprocess_exec(
            *self._command, str(path), stdin=none, stdout=pipe, stderr=none
        )
        try:
            async with asyncio.timeout(PATIENCE):
                said, _ = await program.communicate()
        finally:
            with contextlib.suppress(ProcessLookupError):
                program.kill()
            await program.wait()
        heard = said.decode("utf-8", "replace") if program.returncode == 0 else ""
        return " ".join(heard.split())[:LONGEST]
