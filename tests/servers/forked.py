"""Processes that begin at once, forked from one that has imported the program already.

Importing takes more than a second of a processor; a test that kills the program again and again
would do little else. What is forked has done nothing but import: settings, folder and output are
its own, nothing of a former life is in its memory, and ``kill -9`` is the real one.

To be used from one thread at a time.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerProcess
from pathlib import Path

_NURSERY = multiprocessing.get_context("forkserver")
_NURSERY.set_forkserver_preload(["tests.servers.program", "tests.servers.sender"])


def begin(
    does: Callable[..., object],
    *arguments: str,
    folder: Path,
    settings: Mapping[str, str],
    out: Path,
    err: Path,
) -> ForkServerProcess:
    """Do it in ``folder``, with ``settings`` as the whole environment, writing to two files' ends."""
    begun = _NURSERY.Process(
        target=_live, args=(does, arguments, folder, settings, out, err), daemon=True
    )
    begun.start()
    return begun


def _live(
    does: Callable[..., object],
    arguments: tuple[str, ...],
    folder: Path,
    settings: Mapping[str, str],
    out: Path,
    err: Path,
) -> None:
    os.chdir(folder)
    os.environ.clear()
    os.environ.update(settings)
    for path, number in ((out, 1), (err, 2)):
        with path.open("ab") as file:
            os.dup2(file.fileno(), number)
    does(*arguments)
