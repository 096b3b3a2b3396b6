"""The runner alone: messages a second into the database, without HTTP on either side."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench import parts, world
from bench.bare import Transaction, recorded, replay
from bench.databases import POSTGRESQL, Fresh, databases, sync_seconds
from bench.table import show
from bot.app import assemble, utc_now
from bot.intake import Intake
from bot.ports import Heard
from bot.runner import Runner
from storage.store import SqlStore, connect

#: Members beside the holder of each group.
MEMBERS = 9


@dataclass(frozen=True, slots=True)
class Took:
    """``messages`` in ``seconds``, of which our process was busy for ``busy``."""

    messages: int
    seconds: float
    busy: float

    @property
    def rate(self) -> float:
        """Messages a second."""
        return self.messages / self.seconds

    @property
    def each(self) -> float:
        """Microseconds of our own processor time for one message."""
        return self.busy / self.messages * 1e6


Take = Callable[[Runner, SqlStore, Sequence[Heard]], None]


def one_by_one(runner: Runner, _store: SqlStore, many: Sequence[Heard]) -> None:
    """Each with a commit of its own."""
    for heard in many:
        runner.receive(heard)


def together(runner: Runner, store: SqlStore, many: Sequence[Heard]) -> None:
    """Through the intake, as they come in: several to a commit, or several writers."""

    async def work() -> None:
        intake = Intake(runner, writers=store.writers, shared=store.shared, written=lambda: None)
        intake.start()
        await asyncio.gather(*map(intake.receive, many))
        intake.stop()

    asyncio.run(work())


def measure(url: str, groups: list[world.Circle], take: Take) -> list[Took]:
    """Everybody's deposit, then everybody's yes; the first group is heard before to warm up."""
    store = SqlStore(connect(url), utc_now)
    runner = assemble(store)
    first, *others = groups
    _heard(runner, store, deposits([first]), take)
    _heard(runner, store, world.presses(store), take)
    took = [_heard(runner, store, deposits(others), take)]
    took.append(_heard(runner, store, world.presses(store), take))
    store.close()
    return took


def deposits(groups: list[world.Circle]) -> list[Heard]:
    """Around the groups, not through one after the other: neighbours seldom speak at once."""
    turns = zip(*(circle.members for circle in groups), strict=True)
    return [world.deposit(chat) for turn in turns for chat in turn]


def _heard(runner: Runner, store: SqlStore, many: Sequence[Heard], take: Take) -> Took:
    began, busy = time.perf_counter(), time.process_time()
    take(runner, store, many)
    return Took(len(many), time.perf_counter() - began, time.process_time() - busy)


def statements(url: str, groups: list[world.Circle]) -> list[list[Transaction]]:
    """What everybody's deposit, then everybody's yes ask of the database."""
    store = SqlStore(connect(url), utc_now)
    runner = assemble(store)
    phases: list[list[Transaction]] = []
    for many in (deposits(groups), None):
        said = world.presses(store) if many is None else many
        with recorded(store.engine) as asked:
            one_by_one(runner, store, said)
        phases.append(asked.transactions)
    store.close()
    return phases


def bare(
    fresh: Fresh, groups: list[world.Circle], shares: int = 1, together: int = 1
) -> list[Took]:
    """The same when only the statements are carried out, by the bare driver."""
    url, again = fresh(), fresh()
    world.settle(url, groups)
    world.settle(again, groups)
    took = []
    for phase in statements(url, groups):
        size = -(-len(phase) // shares)
        parted = [phase[start : start + size] for start in range(0, len(phase), size)]
        busy = time.process_time()
        seconds = replay(again, parted, together)
        took.append(Took(len(phase), seconds, time.process_time() - busy))
    return took


def split(url: str, groups: list[world.Circle]) -> dict[str, int]:
    """Microseconds of a message by part, over deposits and yeses alike."""
    with parts.parts() as spent:
        took = measure(url, groups, one_by_one)
    messages = sum(one.messages for one in took)
    return {part: round(seconds / messages * 1e6) for part, seconds in spent.items()}


def bench(kind: str, people: int) -> None:
    """Print the tables for one kind of database."""
    groups = world.circles(people // MEMBERS + 1, MEMBERS)
    with databases(kind) as fresh:

        def settled() -> str:
            url = fresh()
            world.settle(url, groups)
            return url

        shares, shared = (8, 1) if kind == POSTGRESQL else (1, 32)
        way = f"{shares} writers" if shares > 1 else f"{shared} to a commit"
        ways = {
            "ours, a commit each": measure(settled(), groups, one_by_one),
            "ours, as it runs": measure(settled(), groups, together),
            "bare driver, a commit each": bare(fresh, groups),
            f"bare driver, {way}": bare(fresh, groups, shares, shared),
        }
        each, many = ways["bare driver, a commit each"], ways[f"bare driver, {way}"]
        rows = [
            [
                name,
                *(one.rate for one in took),
                *(one.each for one in took),
                _both(took) / _both(each),
                _both(took) / _both(many),
            ]
            for name, took in ways.items()
        ]
        head = ["", "deposits/s", "yeses/s", "µs busy", "µs busy", "of bare", f"of bare, {way}"]
        show(f"the runner on {kind}; a sync is {sync_seconds() * 1e3:.1f} ms", head, rows)
        phases = statements(settled(), groups)
        counts = [sum(map(len, phase)) / len(phase) for phase in phases]
        print(f"statements: {counts[0]:.1f} a deposit, {counts[1]:.1f} a yes")
        spent = split(settled(), groups)
        print("µs of both:", ", ".join(f"{part} {spent[part]}" for part in sorted(spent)))


def _both(took: Sequence[Took]) -> float:
    return sum(one.messages for one in took) / sum(one.seconds for one in took)
