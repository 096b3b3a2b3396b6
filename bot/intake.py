"""From the channels to the runner: in order for each person, and several to a commit where that helps."""

from __future__ import annotations

import asyncio
import queue
import threading
from collections.abc import Callable
from dataclasses import dataclass
from zlib import crc32

from bot.ports import Heard, Unavailable
from bot.runner import Runner

#: Messages that may wait for one writer; beyond that the platform is asked to come again.
MOST_WAITING = 5_000


@dataclass(frozen=True, slots=True)
class _Waiting:
    heard: Heard
    loop: asyncio.AbstractEventLoop
    done: asyncio.Future[None]


def _settle(batch: list[_Waiting], fault: Exception | None) -> None:
    for one in batch:
        if one.done.done():
            continue  # the one who waited has gone away
        if fault is None:
            one.done.set_result(None)
        else:
            one.done.set_exception(fault)


class Intake:
    """Threads that write, each with its own queue; one person always has the same one."""

    def __init__(
        self, runner: Runner, *, writers: int, shared: int, written: Callable[[], None]
    ) -> None:
        self._runner, self._shared, self._written = runner, shared, written
        self._queues: list[queue.Queue[_Waiting | None]] = [
            queue.Queue(MOST_WAITING) for _ in range(writers)
        ]
        self._threads = [
            threading.Thread(target=self._work, args=(line,), name=f"writer-{number}", daemon=True)
            for number, line in enumerate(self._queues)
        ]

    def start(self) -> None:
        """Begin to work."""
        for thread in self._threads:
            thread.start()

    def stop(self) -> None:
        """Finish what is waiting, then end."""
        for line in self._queues:
            line.put(None)
        for thread in self._threads:
            thread.join()

    async def receive(self, heard: Heard) -> None:
        """Return once the message is written for good. Raises Unavailable."""
        loop = asyncio.get_running_loop()
        waiting = _Waiting(heard, loop, loop.create_future())
        number = crc32(f"{heard.channel}:{heard.address}".encode()) % len(self._queues)
        try:
            self._queues[number].put_nowait(waiting)
        except queue.Full:
            raise Unavailable("too many messages are waiting") from None
        await waiting.done

    def _work(self, line: queue.Queue[_Waiting | None]) -> None:
        while (first := line.get()) is not None:
            batch, last = self._more(line, first)
            self._write(batch)
            if last:
                return

    def _more(
        self, line: queue.Queue[_Waiting | None], first: _Waiting
    ) -> tuple[list[_Waiting], bool]:
        """What else is waiting already, and whether the end came with it."""
        batch = [first]
        while len(batch) < self._shared:
            try:
                other = line.get_nowait()
            except queue.Empty:
                break
            if other is None:
                return batch, True
            batch.append(other)
        return batch, False

    def _write(self, batch: list[_Waiting]) -> None:
        fault: Exception | None = None
        try:
            self._runner.receive_together([one.heard for one in batch])
        except Exception as trouble:  # noqa: BLE001 - whoever waits must hear of it, whatever it is
            fault = trouble
        loop = batch[0].loop  # all of them came in by the one that serves
        loop.call_soon_threadsafe(_settle, batch, fault)
        self._written()
