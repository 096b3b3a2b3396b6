"""What the tests of the web side share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.web.standin import Client, Practice


@pytest.fixture
def practice(tmp_path: Path) -> Iterator[Practice]:
    practice = Practice(tmp_path / "practice.db")
    yield practice
    practice.store.close()


@pytest.fixture
def client(practice: Practice) -> Iterator[Client]:
    with Client(practice.app) as client:
        yield client
