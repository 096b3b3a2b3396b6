"""Introduces handlers, storage and channels to one another; nothing imports it but the command."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import handlers
from bot.domain.invite import Ways
from bot.ports import Clock
from bot.runner import Runner
from bot.talk import Dialogue
from bot.talk.texts import Texts
from storage.store import SqlStore

#: Where the words lie, a folder for each language.
TEXTS = Path(handlers.__file__).parent / "texts"

#: The language spoken.
LANGUAGE = "id"


def utc_now() -> datetime:
    """The time, aware UTC."""
    return datetime.now(UTC)


def every_dialogue() -> Iterable[Dialogue]:
    """Every conversation of every module of ``handlers``, found rather than registered."""
    for module in pkgutil.iter_modules(handlers.__path__):
        for thing in vars(importlib.import_module(f"handlers.{module.name}")).values():
            if isinstance(thing, Dialogue):
                yield thing


def assemble(store: SqlStore, clock: Clock = utc_now, ways: Callable[[], Ways] = Ways) -> Runner:
    """The runner with everything it says and does."""
    return Runner(every_dialogue(), store, Texts(TEXTS / LANGUAGE), clock, ways)
