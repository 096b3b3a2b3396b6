"""The doctor says in words what the running program counts."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry, Counter, Histogram, generate_latest

from bot.measures import counted, in_words
from bot.metrics import Queue
from bot.ports import Waits
from tests.servers.program import free_port

_NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


class _Outbox:
    def __init__(self, *waits: Waits) -> None:
        self._waits = waits

    def depth(self, _: datetime) -> tuple[Waits, ...]:
        return self._waits


def page(waits: tuple[Waits, ...] = (), **sends: int) -> str:
    """A page as the program serves it, with the names it uses."""
    registry = CollectorRegistry()
    registry.register(Queue(_Outbox(*waits), lambda: _NOW))  # type: ignore[arg-type]
    counter = Counter("pendamping_sends", "", ["channel", "kind", "result"], registry=registry)
    for result, count in sends.items():
        counter.labels("telegram", "answer", result).inc(count)
    seconds = Histogram(
        "pendamping_answer_seconds", "", ["channel"], buckets=(0.5, 1, 5), registry=registry
    )
    for took in (0.2, 0.7, 3.0):
        seconds.labels("telegram").observe(took)
    return generate_latest(registry).decode()


def said(text: str) -> dict[str, tuple[str, str]]:
    return {what: (how, advice) for what, how, advice in in_words(text)}


def test_an_empty_queue_is_well() -> None:
    found = said(page())
    assert found["queue"] == ("empty", "")
    assert found["sends"][1] == ""
    assert found["answers"][0] == "2 of 3 within 1 s"


@pytest.mark.parametrize(("minutes", "late"), [(4, False), (6, True)])
def test_letters_that_wait_are_told_by_kind_and_age(minutes: int, *, late: bool) -> None:
    waits = (
        Waits("answer", "waiting", 2, _NOW - timedelta(seconds=3)),
        Waits("reminder", "waiting", 10, _NOW - timedelta(minutes=minutes)),
        Waits("reminder", "sending", 1, _NOW),
    )
    how, advice = said(page(waits))["queue"]
    assert how.startswith("13 letters wait or are on their way (11 reminder, 2 answer)")
    assert how.endswith(f"{minutes * 60} s")
    assert bool(advice) is late


@pytest.mark.parametrize(("failed", "ill"), [(3, False), (40, True)])
def test_many_failures_are_worth_a_look(failed: int, *, ill: bool) -> None:
    how, advice = said(page(sent=100, again=7, failed=failed))["sends"]
    assert how == f"100 sent, 7 again, {failed} failed, 0 cancelled since the start"
    assert bool(advice) is ill


def test_nobody_there_is_no_fault() -> None:
    assert asyncio.run(counted(f"http://127.0.0.1:{free_port()}/metrics")) is None
