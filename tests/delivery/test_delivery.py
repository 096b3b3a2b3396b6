"""The sender: what it makes of each answer of a platform, on both databases."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine

import bot.delivery
from bot.delivery import MOST_TRIES, Delivery, pause
from bot.domain.kinds import Kind
from bot.domain.pace import Limit
from bot.ports import Letter, Refused, TryAgain, Uncertain
from storage.store import SqlStore
from tests.delivery.conftest import BOT, Post


class Phone:
    """A channel that does what it is told, then takes everything."""

    name = BOT
    longest = 40
    longest_beside = 20

    def __init__(self) -> None:
        self.took: list[tuple[str, str]] = []
        self.tried: list[datetime] = []
        self.called = asyncio.Event()
        self.plan: dict[str, list[Exception | None]] = defaultdict(list)

    def fails(self, text: str, *faults: Exception | None) -> None:
        self.plan[text] += faults

    async def send(self, letter: Letter) -> str:
        self.tried.append(datetime.now(UTC))
        self.called.set()
        fault = self.plan[letter.bubble.text].pop(0) if self.plan[letter.bubble.text] else None
        if isinstance(fault, Uncertain):
            self.took.append((letter.address, letter.bubble.text))
        if fault is not None:
            raise fault
        self.took.append((letter.address, letter.bubble.text))
        return f"id{len(self.took)}"

    @property
    def texts(self) -> list[str]:
        return [text for _, text in self.took]


@pytest.fixture
def phone() -> Phone:
    return Phone()


@pytest.fixture(autouse=True)
def hurry(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.delivery, "FIRST_PAUSE", 0.05)


@pytest.fixture
def post(engine: Engine) -> Post:
    """The outbox on the real clock."""
    return Post(SqlStore(engine, lambda: datetime.now(UTC)))


async def deliver(
    post: Post, phone: Phone, until: Iterable[str], limit: Limit | None = None, workers: int = 1
) -> dict[str, str]:
    """Send until no letter is in another state than these."""
    clock, limits = lambda: datetime.now(UTC), {BOT: limit or Limit()}
    senders = [Delivery(post.store.outbox, {BOT: phone}, clock, limits) for _ in range(workers)]
    running = [asyncio.create_task(one.run()) for one in senders]
    states: dict[str, str] = {}
    try:
        async with asyncio.timeout(10):
            while not states or set(states.values()) - set(until):
                await asyncio.sleep(0.02)
                states = await asyncio.to_thread(post.states)
    finally:
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)
    return states


async def test_what_passes_is_tried_again_in_order(post: Post, phone: Phone) -> None:
    phone.fails("satu", TryAgain("503"), TryAgain("502"))
    post.write("sari", "satu")
    post.write("sari", "dua")
    post.write("ani", "halo")
    await deliver(post, phone, {"sent"})
    assert [text for who, text in phone.took if who == "sari"] == ["satu", "dua"]
    assert phone.texts.index("halo") == 0


async def test_what_will_never_pass_fails_at_once_with_its_reason(post: Post, phone: Phone) -> None:
    phone.fails("satu", Refused("400 chat not found"))
    post.write("sari", "satu")
    assert await deliver(post, phone, {"failed"}) == {"satu": "failed"}
    assert (post.rows()["satu"].reason, len(phone.tried)) == ("400 chat not found", 1)


async def test_who_blocked_us_is_left_alone(post: Post, phone: Phone) -> None:
    phone.fails("satu", Refused("403", gone=True))
    post.write("sari", "satu")
    post.write("sari", "dua")
    states = await deliver(post, phone, {"failed", "cancelled"})
    assert states == {"satu": "failed", "dua": "cancelled"}
    assert post.gone("sari")
    assert phone.took == []


@pytest.mark.parametrize("kind", list(Kind))
async def test_after_a_lost_answer_each_kind_errs_its_own_way(
    post: Post, phone: Phone, kind: Kind
) -> None:
    phone.fails("satu", Uncertain("dropped"))
    post.write("sari", "satu", kind)
    (state,) = (await deliver(post, phone, {"sent", "failed"})).values()
    if kind in {Kind.ANSWER, Kind.UNCLEAR, Kind.RECEIPT, Kind.QUESTION}:
        assert (state, phone.texts) == ("sent", ["satu", "satu"])
    else:
        assert (state, phone.texts) == ("failed", ["satu"])


async def test_only_the_piece_that_failed_is_tried_again(post: Post, phone: Phone) -> None:
    first, second = "satu " * 6, "dua " * 6
    phone.fails(second.strip(), TryAgain("503"), TryAgain("503"))
    post.write("sari", f"{first.strip()}\n\n{second.strip()}")
    post.write("sari", "tiga")
    await deliver(post, phone, {"sent"})
    assert phone.texts == [first.strip(), second.strip(), "tiga"]


async def test_retry_after_is_kept_to_exactly(post: Post, phone: Phone) -> None:
    phone.fails("satu", TryAgain("429", 0.7))
    post.write("sari", "satu")
    await deliver(post, phone, {"sent"})
    before, after = phone.tried
    assert timedelta(seconds=0.7) <= after - before < timedelta(seconds=1)
    assert post.rows()["satu"].tries == 1


async def test_a_halt_for_the_bot_halts_every_worker(post: Post, phone: Phone) -> None:
    phone.fails("satu", TryAgain("429", 0.8, everyone=True))
    post.write("sari", "satu")
    running = asyncio.create_task(deliver(post, phone, {"sent"}, workers=3))
    await phone.called.wait()
    await asyncio.sleep(0.1)
    await asyncio.to_thread(post.write, "ani", "dua")
    await running
    assert all(at - phone.tried[0] >= timedelta(seconds=0.8) for at in phone.tried[1:])
    assert sorted(phone.texts) == ["dua", "satu"]


async def test_several_workers_send_each_letter_once(post: Post, phone: Phone) -> None:
    for number in range(60):
        post.write(f"ibu{number % 20}", f"{number % 20}: {number // 20}")
    await deliver(post, phone, {"sent"}, workers=3)
    assert len(phone.took) == 60
    for number in range(20):
        heard = [text for who, text in phone.took if who == f"ibu{number}"]
        assert heard == sorted(heard)


async def test_a_fault_of_ours_stops_nobody_else(post: Post, phone: Phone) -> None:
    phone.fails("satu", ValueError("ours"))
    post.write("sari", "satu")
    post.write("ani", "dua")
    await deliver(post, phone, {"sent"})
    assert sorted(phone.texts) == ["dua", "satu"]


async def test_tries_and_hours_are_both_limited(
    post: Post, phone: Phone, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bot.delivery, "MOST_TRIES", 3)
    phone.fails("satu", *[TryAgain("503")] * 9)
    post.write("sari", "satu")
    await deliver(post, phone, {"failed"})
    assert len(phone.tried) == 3
    phone.fails("dua", TryAgain("503"))
    post.write("ani", "dua")
    with post.store.engine.begin() as db:
        db.exec_driver_sql("UPDATE outbox SET made_at = '2000-01-01 00:00:00+00' WHERE id > 1")
    assert set((await deliver(post, phone, {"failed"})).values()) == {"failed"}


def test_pauses_grow_to_a_limit_and_never_march_in_step() -> None:
    assert len({pause(5) for _ in range(20)}) > 1
    assert all(300 <= pause(MOST_TRIES + 10) <= 600 for _ in range(50))
