"""Telegram's side of what real processes are tried against."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.bot_api import BotApi


@pytest.fixture
def server() -> Iterator[BotApi]:
    with BotApi() as made:
        yield made
    assert not made.violations
