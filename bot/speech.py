"""From a voice note to words, by any program that turns an audio file into text."""

from __future__ import annotations

import asyncio
import contextlib
import shlex
import tempfile
from datetime import timedelta
from pathlib import Path

from bot.channels.reading import read
from bot.domain.changes import VoiceRead
from bot.errands import Errand, ErrandKind
from bot.files import Files
from bot.ports import Refused

#: How long the program may take, in seconds.
PATIENCE = 120.0

#: Bytes of audio and signs of text at most.
LARGEST, LONGEST = 16 * 1024 * 1024, 500


class Speech:
    """Listens to voice notes; the program may need all the machine has. Fulfils ``bot.clerk.Work``."""

    kind = ErrandKind.VOICE
    lease = timedelta(minutes=5)

    def __init__(self, command: str, files: Files) -> None:
        self._command, self._files = shlex.split(command), files

    async def do(self, errand: Errand) -> VoiceRead:
        """What the program hears; nothing when it fails. Raises OSError, TimeoutError, Refused."""
        sound = (await read(self._files, errand.media)).content
        if len(sound) > LARGEST:
            raise Refused("too long to listen to")
        with tempfile.TemporaryDirectory() as home:
            path = Path(home) / "voice.ogg"
            path.write_bytes(sound)
            return self._read(errand, await self._run(path))

    def give_up(self, errand: Errand) -> VoiceRead:
        """Nothing was understood."""
        return self._read(errand, "")

    def _read(self, errand: Errand, words: str) -> VoiceRead:
        return VoiceRead(errand.number, errand.person, errand.media.packed(), words)

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
