"""After a press, and when the bot is put into a group."""

from __future__ import annotations

import asyncio

import pytest

from bot.channels.telegram import TelegramChannel
from bot.ports import Bubble, Button
from tests.channels.conftest import Ear, letter, polling
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person

ASK = Bubble("Diterima *Rp10.000*?", (Button("Sudah <3", "s1:0"), Button("Belum", "s1:1")))
MENU = Bubble("Mau apa?", (Button("Saldo", "=saldo"), Button("Setor", "=setor")))


@pytest.fixture
async def sari(server: BotApi, channel: TelegramChannel) -> Person:
    sari = server.person("Sari")
    sari.opens()
    await channel.send(letter(sari.address, ASK))
    return sari


async def settled(server: BotApi, edits: int) -> None:
    """Until every press is answered and so many edits were asked for."""
    kinds = ("editMessageText", "editMessageCaption", "editMessageReplyMarkup")

    def so() -> bool:
        return not server.unanswered and sum(len(server.calls(one)) for one in kinds) >= edits

    await asyncio.to_thread(server.wait, so)
    await asyncio.sleep(0.02)


async def test_the_message_shows_what_was_chosen(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    async with polling(channel, ear):
        sari.presses("Sudah <3")
        await settled(server, 1)
    (seen,) = sari.sees
    assert seen.text == "Diterima Rp10.000?\n\n✓ Sudah <3"
    assert seen.rows == ()
    assert seen.entities == (("bold", "Rp10.000"), ("italic", "Sudah <3"))
    assert ear.words == ["s1:0"]


async def test_pressed_twice_is_heard_twice_and_shown_once(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    question = sari.sees[0]
    sari.presses("Sudah <3")
    sari.presses("Sudah <3")
    async with polling(channel, ear):
        await settled(server, 2)
        sari.presses("Belum", message=question)
        await ear.hears(3)
        await settled(server, 2)
    assert ear.words == ["s1:0", "s1:0", "s1:1"]
    assert sari.sees[0].text == "Diterima Rp10.000?\n\n✓ Sudah <3"


async def test_buttons_of_the_menu_stay(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    await channel.send(letter(sari.address, MENU))
    async with polling(channel, ear):
        sari.presses("Saldo")
        await settled(server, 0)
        sari.presses("Saldo")
        await settled(server, 0)
    assert sari.sees[-1].buttons == ["Saldo", "Setor"]
    assert ear.words == ["=saldo", "=saldo"]


async def test_pictures_and_texts_with_no_room(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    await channel.send(letter(sari.address, Bubble("Melati", ASK.buttons, qr="x")))
    await channel.send(letter(sari.address, Bubble("a" * 4090, ASK.buttons)))
    picture, full = sari.sees[1:]
    async with polling(channel, ear):
        sari.presses("Belum", message=picture)
        sari.presses("Belum", message=full)
        await settled(server, 2)
    assert [seen.text for seen in sari.sees[1:]] == ["Melati\n\n✓ Belum", "a" * 4090]
    assert all(not seen.rows for seen in sari.sees[1:])


async def test_courtesy_is_tried_twice_and_never_in_the_way(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    server.goes_wrong("429", "answerCallbackQuery", seconds=60)
    server.goes_wrong("429", "editMessageText", seconds=1)
    async with polling(channel, ear):
        sari.presses("Belum")
        await ear.hears(1)
        await asyncio.to_thread(sari.waits_for, "✓ Belum")
    assert server.unanswered == 1
    sari.blocks()
    server.goes_wrong("500", "answerCallbackQuery", times=2)
    async with polling(channel, ear):
        sari.presses("Sudah <3", message=sari.sees[0])
        await ear.hears(2)


async def test_nothing_is_shown_before_it_is_written(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    ear.away("", times=1)
    async with polling(channel, ear):
        sari.presses("Sudah <3")
        await ear.hears(1)
        await settled(server, 1)
    assert len(server.calls("answerCallbackQuery")) == 1


async def test_a_group_is_greeted_once_with_a_way_to_the_private_chat(
    server: BotApi, channel: TelegramChannel, ear: Ear, sari: Person
) -> None:
    group = server.group("Ibu-ibu RT 3")
    async with polling(channel, ear):
        group.adds_bot(sari)
        group.makes_bot_administrator(sari)
        group.hears(sari, "setor 10rb")
        sari.writes("saldo")
        await ear.hears(1)
        await asyncio.to_thread(server.wait, lambda: server.pending == 0 and bool(group.sees))
    (greeting,) = group.sees
    assert "https://t.me/pendamping_uji_bot" in greeting.text
    assert ear.words == ["saldo"]
