"""Letters in several pieces: a next try goes on where the last one was cut short."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import TypeVar

#: Letters whose first half went out and whose second is still to be tried.
MOST_HALVES = 1000

Piece = TypeVar("Piece")


class Halves:
    """How far each letter got in this process; the oldest is forgotten when there are too many."""

    def __init__(self) -> None:
        self._done: dict[int, int] = {}

    async def send(
        self, letter: int, pieces: Sequence[Piece], put: Callable[[Piece], Awaitable[str]]
    ) -> str:
        """Put out what has not gone out yet; the id of the last piece. Raises what ``put`` does."""
        number = ""
        for done in range(self._done.pop(letter, 0), len(pieces)):
            try:
                number = await put(pieces[done])
            except Exception:
                self._remember(letter, done)
                raise
        return number

    def _remember(self, letter: int, done: int) -> None:
        if done:
            self._done[letter] = done
            if len(self._done) > MOST_HALVES:
                del self._done[next(iter(self._done))]
