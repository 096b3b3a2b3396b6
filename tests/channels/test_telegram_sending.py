"""Sending to the Bot API over HTTP, when all is well and when it is not."""

from __future__ import annotations

import asyncio
import io
import socket

import pytest
from PIL import Image

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram.calls import Calls
from bot.channels.telegram.request import AiohttpRequest
from bot.config import WrongSetting
from bot.files import Media, MediaKind
from bot.ports import (
    Bubble,
    Button,
    Refused,
    TryAgain,
    Uncertain,
)
from tests.channels.conftest import Ear, letter
from tests.photos.test_opening import photographed
from tests.servers.bot_api import TOKEN, BotApi
from tests.servers.bot_api_people import Person

ASK = Bubble("*Sudah* diterima?", (Button("Sudah", "s1:0"), Button("Belum", "s1:1")))


def impatient(server: BotApi) -> TelegramChannel:
    """A channel that waits for an answer only a moment."""
    request = AiohttpRequest(answer_seconds=0.1, connect_seconds=0.2)
    return TelegramChannel(TOKEN, bot=Calls(TOKEN, server.url, request))


async def test_what_she_sees(server: BotApi, channel: TelegramChannel) -> None:
    sari = server.person("Sari")
    sari.opens()
    number = await channel.send(letter(sari.address, ASK))
    (seen,) = sari.sees
    assert (str(seen.id), seen.text, seen.rows) == (
        number,
        "Sudah diterima?",
        (("Sudah", "Belum"),),
    )
    assert seen.entities == (("bold", "Sudah"),)
    assert server.calls("sendMessage")[0].params["link_preview_options"] == {"is_disabled": True}


async def test_a_start_learns_the_name_and_sets_the_commands(
    server: BotApi, channel: TelegramChannel
) -> None:
    assert channel.name == "telegram"
    assert channel.username == "pendamping_uji_bot"
    commands = [command["command"] for command in server.world.commands]
    assert commands == ["setor", "saldo", "riwayat", "bantuan", "pendamping", "batal"]


async def test_a_long_text_comes_in_pieces_with_the_buttons_last(
    server: BotApi, channel: TelegramChannel
) -> None:
    sari = server.person("Sari")
    sari.opens()
    text = "\n\n".join(["satu dua tiga & <empat> " * 40] * 8)
    number = await channel.send(letter(sari.address, Bubble(text, ASK.buttons)))
    assert [seen.buttons for seen in sari.sees] == [[], ["Sudah", "Belum"]]
    assert str(sari.sees[-1].id) == number
    assert "".join(" ".join(seen.text for seen in sari.sees).split()) == "".join(text.split())


async def test_a_second_half_is_tried_without_the_first(
    server: BotApi, channel: TelegramChannel
) -> None:
    sari = server.person("Sari")
    sari.opens()
    long = letter(sari.address, "a" * 4096 + "b" * 10)
    server.goes_wrong("slow", "sendMessage", seconds=0)
    server.goes_wrong("500", "sendMessage")
    with pytest.raises(TryAgain):
        await channel.send(long)
    assert [seen.text[0] for seen in sari.sees] == ["a"]
    await channel.send(long)
    assert [seen.text[0] for seen in sari.sees] == ["a", "b"]


async def test_pictures_and_files(server: BotApi, channel: TelegramChannel) -> None:
    sari, dewi = server.person("Sari"), server.person("Dewi")
    dewi.opens()
    await channel.send(letter(dewi.address, Bubble("Melati", qr="https://t.me/x?start=g_1")))
    assert (dewi.sees[0].media, dewi.sees[0].text) == ("photo", "Melati")
    upload = server.calls("sendPhoto")[0].params["photo"]
    assert upload.content.startswith(b"\x89PNG")
    sari.sends_photo(content=b"nota")
    photo = server.world.updates.popitem()[1][1]["message"]["photo"][-1]["file_id"]
    sari.sends_location()
    place = server.world.updates.popitem()[1][1]["message"]["message_id"]
    for media in (
        Media(MediaKind.PHOTO, f"photo:{photo}"),
        Media(MediaKind.LOCATION, f"copy:{sari.id}/{place}"),
    ):
        await channel.send(letter(dewi.address, Bubble("dari Bu Sari", media=media)))
    assert [(seen.media, seen.text) for seen in dewi.sees[1:]] == [
        ("photo", "dari Bu Sari"),
        ("location", ""),
        ("", "dari Bu Sari"),
    ]
    file = await channel.fetch(f"photo:{photo}")
    assert (file.content, file.mime) == (b"nota", "image/jpeg")
    with pytest.raises(Refused):
        await channel.fetch("photo:nothing")
    with pytest.raises(Refused):
        await channel.fetch(f"copy:{sari.id}/{place}")


async def sent_on(server: BotApi, channel: TelegramChannel, content: bytes, **said: str) -> Person:
    """Sari sends a file as it is, and it goes on to Dewi, who sees it."""
    sari, dewi = server.person("Sari"), server.person("Dewi")
    dewi.opens()
    sari.sends_document(None, content, **said)
    ear = Ear()
    await channel.take(server.world.updates.popitem()[1][1], ear)
    await channel.send(letter(dewi.address, Bubble("dari Bu Sari", media=ear.heard[0].media)))
    return dewi


async def test_a_photo_sent_as_a_file_goes_on_without_the_place(
    server: BotApi, channel: TelegramChannel
) -> None:
    dewi = await sent_on(server, channel, photographed(), mime_type="image/jpeg")
    (seen,) = dewi.sees
    assert (seen.media, seen.text) == ("photo", "dari Bu Sari")
    upload = server.calls("sendPhoto")[0].params["photo"].content
    assert not dict(Image.open(io.BytesIO(upload)).getexif())
    assert not server.calls("sendDocument")


async def test_a_photo_we_cannot_clean_is_left_to_the_words(
    server: BotApi, channel: TelegramChannel
) -> None:
    dewi = await sent_on(server, channel, b"\0\0\0\x18ftypheic", mime_type="image/heic")
    (seen,) = dewi.sees
    assert (seen.media, seen.text) == ("", "dari Bu Sari")


async def test_a_document_goes_on_as_telegram_has_it(
    server: BotApi, channel: TelegramChannel
) -> None:
    dewi = await sent_on(server, channel, b"%PDF", file_name="nota.pdf")
    (seen,) = dewi.sees
    assert (seen.media, seen.text) == ("document", "dari Bu Sari")
    assert isinstance(server.calls("sendDocument")[0].params["document"], str)
    assert not server.calls("getFile")


async def test_a_file_of_no_known_type_that_is_no_picture_goes_on_as_a_document(
    server: BotApi, channel: TelegramChannel
) -> None:
    dewi = await sent_on(server, channel, b"angka", mime_type="application/octet-stream")
    (seen,) = dewi.sees
    assert (seen.media, seen.text) == ("document", "dari Bu Sari")


async def test_too_fast(server: BotApi, channel: TelegramChannel) -> None:
    sari = server.person("Sari")
    sari.opens()
    server.goes_wrong("429", seconds=7)
    with pytest.raises(TryAgain) as error:
        await channel.send(letter(sari.address, ASK))
    assert (error.value.after, error.value.everyone) == (7.0, False)
    assert sari.sees == []


@pytest.mark.parametrize("status", ["500", "502", "503"])
async def test_telegram_is_ill(server: BotApi, channel: TelegramChannel, status: str) -> None:
    sari = server.person("Sari")
    sari.opens()
    server.goes_wrong(status)
    with pytest.raises(TryAgain) as error:
        await channel.send(letter(sari.address, ASK))
    assert error.value.after is None


async def test_the_line_is_cut(server: BotApi, channel: TelegramChannel) -> None:
    sari = server.person("Sari")
    sari.opens()
    for fault, arrived in (("unheard", 0), ("lost", 1)):
        server.goes_wrong(fault)
        with pytest.raises(Uncertain):
            await channel.send(letter(sari.address, ASK))
        assert len(sari.sees) == arrived


async def test_an_answer_that_does_not_come(server: BotApi) -> None:
    sari = server.person("Sari")
    sari.opens()
    channel = impatient(server)
    await channel.start()
    server.goes_wrong("slow", "sendMessage", seconds=0.5)
    with pytest.raises(Uncertain):
        await channel.send(letter(sari.address, ASK))
    assert len(sari.sees) == 1
    await channel.stop()


async def test_nobody_there_means_nothing_was_sent(server: BotApi) -> None:
    channel = impatient(server)
    await channel.start()
    await channel.stop()
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    closed.close()
    away = TelegramChannel(TOKEN, api_url=address)
    with pytest.raises(WrongSetting, match="TELEGRAM_API_URL"):
        await away.start(patience=0.5)
    with pytest.raises(TryAgain):  # closed, so nothing can have left
        await channel.send(letter("1001", ASK))


async def test_a_full_pool_means_nothing_was_sent(server: BotApi) -> None:
    sari = server.person("Sari")
    sari.opens()
    request = AiohttpRequest(connections=1, connect_seconds=0.1, answer_seconds=5)
    channel = TelegramChannel(TOKEN, bot=Calls(TOKEN, server.url, request))
    await channel.start()
    server.goes_wrong("slow", "sendMessage", seconds=0.5)
    first = asyncio.create_task(channel.send(letter(sari.address, "satu")))
    await asyncio.sleep(0.05)
    with pytest.raises(TryAgain):
        await channel.send(letter(sari.address, "dua", 2))
    await first
    assert [seen.text for seen in sari.sees] == ["satu"]
    await channel.stop()


async def test_who_cannot_be_written_to(server: BotApi, channel: TelegramChannel) -> None:
    new, blocked, gone = server.person("Ani"), server.person("Tuti"), server.person("Wati")
    blocked.opens()
    blocked.blocks()
    gone.opens()
    gone.leaves_telegram()
    for address in (new.address, blocked.address, gone.address, "424242", "bukan angka"):
        with pytest.raises(Refused) as error:
            await channel.send(letter(address, ASK))
        assert error.value.gone, error.value


async def test_what_telegram_will_never_take(server: BotApi, channel: TelegramChannel) -> None:
    sari = server.person("Sari")
    sari.opens()
    for bubble in (Bubble(" "), Bubble("", media=Media(MediaKind.PHOTO, "photo:unknown"))):
        with pytest.raises(Refused) as error:
            await channel.send(letter(sari.address, bubble))
        assert not error.value.gone
    long = letter(sari.address, Bubble("Ya?", (Button("Ya", "sesi-yang-panjang" * 5),)))
    with pytest.raises(ValueError, match="sesi-yang-panjang"):
        await channel.send(long)


async def test_a_wrong_token_stops_at_once_and_is_not_shown(server: BotApi) -> None:
    channel = TelegramChannel("123:rahasia", api_url=server.url)
    with pytest.raises(WrongSetting, match="TELEGRAM_BOT_TOKEN") as error:
        await channel.start()
    assert "rahasia" not in repr(error.value)
    assert error.value.__suppress_context__


async def test_no_error_shows_the_token(server: BotApi, channel: TelegramChannel) -> None:
    sari = server.person("Sari")
    sari.opens()
    secret = TOKEN.split(":")[1]
    for fault in ("429", "500", "lost", "unheard"):
        server.goes_wrong(fault)
        with pytest.raises((TryAgain, Uncertain)) as error:
            await channel.send(letter(sari.address, ASK))
        assert secret not in str(error.value)
        assert secret not in repr(error.value.__cause__)


async def test_a_start_is_patient(server: BotApi) -> None:
    server.goes_wrong("500", "getMe")
    server.goes_wrong("unheard", "getMe")
    server.goes_wrong("500", "setMyCommands")
    channel = TelegramChannel(TOKEN, api_url=f"{server.url}/")
    await channel.start()
    assert channel.username == "pendamping_uji_bot"
    await channel.stop()
