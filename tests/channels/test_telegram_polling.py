"""Long polling: nothing lost, nothing out of order, nothing in the way of the others."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from telegram.error import Conflict, NetworkError

from bot.channels.telegram import TelegramChannel, WrongSetting
from bot.channels.telegram.polling import MOST_TRIES, Pause, Poller
from bot.ports import Heard, Unavailable
from tests.channels.conftest import Ear, polling
from tests.servers.bot_api import TOKEN, BotApi


def update(number: int, chat: int = 1) -> dict[str, Any]:
    return {"update_id": number, "message": {"chat": {"id": chat}}}


class Script:
    """Answers of getUpdates, one after the other, then silence; and the offsets asked for."""

    def __init__(self, *answers: list[dict[str, Any]] | Exception) -> None:
        self.answers = list(answers)
        self.offsets: list[int] = []
        self.over = asyncio.Event()

    async def __call__(self, offset: int) -> list[dict[str, Any]]:
        self.offsets.append(offset)
        if not self.answers:
            self.over.set()
            await asyncio.Event().wait()
        answer = self.answers.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return [one for one in answer if one["update_id"] >= offset]


async def play(script: Script, take: Any) -> None:
    """Poll until the script is over."""
    poller = Poller(script, take, lambda: Pause(0.001, 0.01))
    task = asyncio.create_task(poller.run())
    async with asyncio.timeout(5):
        await script.over.wait()
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


async def test_the_offset_moves_only_past_what_was_taken() -> None:
    batch = [update(1), update(2, chat=2), update(3), update(4, chat=2)]
    taken: list[int] = []

    async def take(raw: Any) -> None:
        if raw["update_id"] == 3 and 3 not in failed:
            failed.add(3)
            raise Unavailable("away")
        taken.append(raw["update_id"])

    failed: set[int] = set()
    script = Script(batch, batch)
    await play(script, take)
    assert script.offsets == [0, 3, 5]
    assert sorted(taken) == [1, 2, 3, 4]


async def test_after_a_failure_the_rest_of_that_chat_waits() -> None:
    batch = [update(1), update(2), update(3, chat=2)]
    taken: list[int] = []
    away = [Unavailable("away")]

    async def take(raw: Any) -> None:
        if raw["update_id"] == 1 and away:
            raise away.pop()
        taken.append(raw["update_id"])

    await play(Script(batch, batch), take)
    assert taken == [3, 1, 2]


async def test_other_chats_do_not_wait_for_a_slow_one() -> None:
    quick = asyncio.Event()

    async def take(raw: Any) -> None:
        if raw["message"]["chat"]["id"] == 1:
            await quick.wait()
        else:
            quick.set()

    await play(Script([update(1), update(2, chat=2)]), take)


async def test_a_fault_of_ours_is_passed_over_in_the_end_and_the_database_never() -> None:
    tries: list[str] = []

    async def take(raw: Any) -> None:
        if raw["update_id"] == 1:
            tries.append("bug")
            raise LookupError("a bug")
        tries.append("ok")

    batch = [update(1), update(2)]
    await play(Script(*[batch] * MOST_TRIES), take)
    assert tries == ["bug"] * MOST_TRIES + ["ok"]

    async def away(_: Any) -> None:
        tries.append("away")
        raise Unavailable("away")

    script = Script(*[batch] * (MOST_TRIES + 3))
    await play(script, away)
    assert set(script.offsets[1:]) == {1}


async def test_the_network_comes_and_goes() -> None:
    taken: list[int] = []

    async def take(raw: Any) -> None:
        taken.append(raw["update_id"])

    await play(Script(NetworkError("away"), Conflict("two"), [], [update(7)]), take)
    assert taken == [7]


def test_pauses_grow_to_a_limit_and_differ() -> None:
    pause = Pause()
    pauses = [pause.next() for _ in range(20)]
    assert pauses[0] <= 0.5
    assert 30 <= pauses[-1] <= 60
    assert len({round(one, 6) for one in pauses[-5:]}) > 1
    pause.reset()
    assert pause.next() <= 0.5


async def test_each_chat_in_order_over_http(
    server: BotApi, channel: TelegramChannel, ear: Ear
) -> None:
    people = [server.person(name) for name in ("Sari", "Rina", "Dewi")]
    for number in range(40):
        for person in people:
            person.writes(str(number))

    async def slowly(heard: Heard) -> None:
        await asyncio.sleep(0.001 * (int(heard.words) % 3))

    ear.then = slowly
    async with polling(channel, ear):
        await ear.hears(120)
        for person in people:
            mine = [int(one.words) for one in ear.heard if one.address == person.address]
            assert mine == list(range(40))
        await asyncio.to_thread(server.wait, lambda: server.pending == 0)


async def test_what_fails_comes_again_and_once(
    server: BotApi, channel: TelegramChannel, ear: Ear
) -> None:
    sari, rina = server.person("Sari"), server.person("Rina")
    ear.away("setor 10rb")
    sari.writes("setor 10rb")
    rina.writes("saldo")
    sari.writes("saldo")
    async with polling(channel, ear):
        await ear.hears(3)
    assert ear.words == ["saldo", "setor 10rb", "saldo"]
    assert [one.address for one in ear.heard] == [rina.address, sari.address, sari.address]


async def test_what_was_not_confirmed_comes_again_after_a_restart(
    server: BotApi, channel: TelegramChannel, ear: Ear
) -> None:
    sari = server.person("Sari")
    sari.writes("setor 10rb")
    reached = asyncio.Event()

    async def die(_: Heard) -> None:
        reached.set()
        await asyncio.Event().wait()

    ear.then = die
    async with polling(channel, ear):
        await reached.wait()
    assert (ear.heard, server.pending) == ([], 1)
    ear.then = None
    async with polling(channel, ear):
        await ear.hears(1)


async def test_troubled_polling_loses_nothing(
    server: BotApi, channel: TelegramChannel, ear: Ear, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.telegram.polling.FIRST_PAUSE", 0.001)
    monkeypatch.setattr("bot.channels.telegram.channel.POLL_SECONDS", 1)
    sari = server.person("Sari")
    kinds = ("500", "lost", "unheard")
    server.is_troubled(0.3, seed=5, kinds=kinds, methods=("getUpdates",))
    async with polling(channel, ear):
        for number in range(15):
            sari.writes(str(number))
            await asyncio.sleep(0.005)
        await ear.hears(15)
    assert ear.words == [str(number) for number in range(15)]


async def test_a_webhook_left_behind_is_removed(
    server: BotApi, channel: TelegramChannel, ear: Ear
) -> None:
    await channel.listen("http://127.0.0.1:9/telegram", "s")
    server.person("Sari").writes("saldo")
    async with polling(channel, ear):
        await ear.hears(1)


async def test_a_refused_token_stops_the_polling(server: BotApi, ear: Ear) -> None:
    channel = TelegramChannel(TOKEN, api_url=server.url)
    await channel.start()
    server.token = "7000000001:another"
    with pytest.raises(WrongSetting, match="TELEGRAM_BOT_TOKEN"):
        await channel.poll(ear)
    server.token = TOKEN
    await channel.stop()
