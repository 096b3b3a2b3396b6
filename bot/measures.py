"""What ``GET /metrics`` counts, in words an operator understands at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import aiohttp
from prometheus_client.parser import text_string_to_metric_families

#: Seconds we wait for the program to answer.
_PATIENCE = 3

#: A letter older than this (in seconds) that could have gone is late.
_LATE = 300

#: More failures than this share, and than this many, are worth a look.
_MANY_FAILED, _FEW = 0.05, 10

#: Answers within so many seconds are told.
_QUICK = 1.0

#: What, how it is, and what to do about it (empty when all is well).
Told = tuple[str, str, str]


async def counted(url: str) -> str | None:
    """The page of figures at ``url``; None when nobody answers there."""
    try:
        timeout = aiohttp.ClientTimeout(total=_PATIENCE)
        async with (
            aiohttp.ClientSession(timeout=timeout) as session,
            session.get(url) as answer,
        ):
            return await answer.text() if answer.ok else None
    except (TimeoutError, aiohttp.ClientError, OSError):
        return None


def in_words(page: str) -> Iterator[Told]:
    """The figures of a page: the queue, what became of sends, how quick answers were, reminders."""
    samples = [one for family in text_string_to_metric_families(page) for one in family.samples]

    def by(name: str, label: str) -> Counter[str]:
        found: Counter[str] = Counter()
        for one in samples:
            if one.name == name:
                found[one.labels.get(label, "")] += int(one.value)
        return found

    oldest = max(
        (one.value for one in samples if one.name == "pendamping_queue_oldest_seconds"), default=0
    )
    yield _queue(by("pendamping_queue_letters", "kind"), oldest)
    yield _sends(by("pendamping_sends_total", "result"))
    total = sum(by("pendamping_answer_seconds_count", "channel").values())
    if total:
        quick = sum(
            int(one.value)
            for one in samples
            if one.name == "pendamping_answer_seconds_bucket" and float(one.labels["le"]) == _QUICK
        )
        yield "answers", f"{quick} of {total} within {_QUICK:.0f} s", ""
    reminders = by("pendamping_reminders_total", "outcome")
    if reminders:
        planned, late = reminders["planned"], reminders["too_late"]
        yield "reminders", f"{planned} planned, {late} too late since the start", ""


def _queue(kinds: Counter[str], oldest: float) -> Told:
    if not kinds.total():
        return "queue", "empty", ""
    each = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    how = (
        f"{kinds.total()} letters wait or are on their way ({each}); the oldest for {oldest:.0f} s"
    )
    if oldest <= _LATE:
        return "queue", how, ""
    return "queue", how, "Letters are late: see that a `worker` or `run` is running, and its log."


def _sends(results: Counter[str]) -> Told:
    if not results.total():
        return "sends", "none yet by this process", ""
    each = ", ".join(f"{results[one]} {one}" for one in ("sent", "again", "failed", "cancelled"))
    failed, ended = results["failed"], results["sent"] + results["failed"]
    if failed <= _FEW or failed <= ended * _MANY_FAILED:
        return "sends", f"{each} since the start", ""
    advice = "Many failed: the log says why (send_failed), and `laporan` whom it does not reach."
    return "sends", f"{each} since the start", advice
