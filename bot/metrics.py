"""What is measured while messages come and go; ``registry`` is what ``GET /metrics`` shows."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from prometheus_client import CollectorRegistry, Counter, Histogram
from prometheus_client.core import GaugeMetricFamily

from bot.ports import Clock, Outbox, Unavailable

registry = CollectorRegistry()

SENDS = Counter(
    "pendamping_sends",
    "Tries to send a letter, by what came of them: sent, again, failed, cancelled.",
    ["channel", "kind", "result"],
    registry=registry,
)
ANSWER_SECONDS = Histogram(
    "pendamping_answer_seconds",
    "From hearing a message to the platform taking its answer.",
    ["channel"],
    buckets=(0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300, 3600),
    registry=registry,
)
REMINDERS = Counter(
    "pendamping_reminders",
    "Reminders by what became of them: planned, too_late.",
    ["outcome"],
    registry=registry,
)


class Queue:
    """How many letters wait or are on their way, and for how long the oldest, by kind."""

    def __init__(self, outbox: Outbox, clock: Clock) -> None:
        self._outbox, self._clock = outbox, clock

    def collect(self) -> Iterable[GaugeMetricFamily]:
        """The figures as they are now; none while the database is away."""
        depth = GaugeMetricFamily(
            "pendamping_queue_letters", "Letters not settled yet.", labels=["kind", "state"]
        )
        age = GaugeMetricFamily(
            "pendamping_queue_oldest_seconds", "Age of the oldest that is due.", labels=["kind"]
        )
        now = self._clock()
        try:
            waits = self._outbox.depth(now)
        except Unavailable:
            return []
        for one in waits:
            depth.add_metric([one.kind, one.state], one.count)
            if one.oldest is not None:
                age.add_metric([one.kind], _seconds(one.oldest, now))
        return [depth, age]


def _seconds(since: datetime, now: datetime) -> float:
    return max(0.0, (now - since).total_seconds())
