"""Where the time of a message goes: stop watches around the parts, each without those inside it."""

from __future__ import annotations

import functools
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection
from sqlalchemy.engine.default import DefaultDialect

from bot import ear, runner, scene
from bot.runner import Runner
from bot.talk import play
from bot.talk.route import Conversations
from bot.talk.texts import Texts
from storage import ledger
from storage.store import SqlStore

#: What is looked at: the part's name, and where the function that is the part lives.
_PLACES: tuple[tuple[str, Any, tuple[str, ...]], ...] = (
    ("runner", Runner, ("_hear",)),
    ("play", scene, ("play",)),
    ("understand", Conversations, ("command", "named", "wished", "elsewhere")),
    ("understand", play, ("_settle",)),
    ("understand", runner, ("without_secrets",)),
    ("understand", ear, ("parts", "read_amount")),
    ("texts", Texts, ("bubble", "say")),
    ("SQLAlchemy", Connection, ("execute",)),
    ("transaction", SqlStore, ("transaction",)),
    ("driver", DefaultDialect, ("do_execute", "do_executemany", "do_execute_no_params")),
    ("driver", ledger, ("execute",)),
    ("commit", DefaultDialect, ("do_commit",)),
)


@contextmanager
def parts() -> Iterator[dict[str, float]]:
    """Seconds by part while inside; one thread only."""
    spent: dict[str, float] = defaultdict(float)
    under_way: list[str] = []
    last = time.perf_counter()

    def turn() -> None:
        nonlocal last
        now = time.perf_counter()
        if under_way:
            spent[under_way[-1]] += now - last
        last = now

    def watched(part: str, function: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(function)
        def call(*args: Any, **named: Any) -> Any:
            turn()
            under_way.append(part)
            try:
                return function(*args, **named)
            finally:
                turn()
                under_way.pop()

        return call

    kept = [(home, name, getattr(home, name)) for _, home, names in _PLACES for name in names]
    for part, home, names in _PLACES:
        for name in names:
            if name in vars(home):
                setattr(home, name, watched(part, getattr(home, name)))
    try:
        yield spent
    finally:
        for home, name, function in kept:
            setattr(home, name, function)
