"""Sending over the Cloud API, when all is well and when it is not: each code as it deserves."""

from __future__ import annotations

import asyncio
import io
import socket

import pytest
from PIL import Image

from bot.channels.whatsapp import WhatsAppChannel
from bot.channels.whatsapp.calls import Calls
from bot.channels.whatsapp.errors import NoTemplate
from bot.config import WrongSetting
from bot.doors import Closed, Stopped
from bot.files import File, Media, MediaKind
from bot.ports import (
    Bubble,
    Button,
    Refused,
    TryAgain,
    Uncertain,
)
from tests.channels.conftest import Ear
from tests.channels.whatsapp.conftest import Notes, letter
from tests.photos.test_opening import photographed
from tests.servers.cloud_api import NUMBER_ID, TOKEN, CloudApi, payload
from tests.servers.cloud_api_people import Person

ASK = Bubble("*Sudah* diterima?", (Button("Sudah", "s1:0"), Button("Belum", "s1:1")))


@pytest.fixture
def sari(server: CloudApi) -> Person:
    sari = server.person("Sari")
    sari.writes("halo")
    return sari


async def test_what_she_sees(server: CloudApi, channel: WhatsAppChannel, sari: Person) -> None:
    number = await channel.send(letter(sari.phone.wa_id, ASK))
    (seen,) = sari.sees
    assert (seen.id, seen.text, seen.buttons) == (number, "*Sudah* diterima?", ("Sudah", "Belum"))
    await channel.send(letter(sari.phone.user_id, "lewat id"))
    assert [one.get("recipient") for one in server.sent()] == [None, sari.phone.user_id]


async def test_a_start_learns_our_number(channel: WhatsAppChannel) -> None:
    assert (channel.name, channel.number) == ("whatsapp", "6281100001111")


async def test_a_second_half_is_tried_without_the_first(
    server: CloudApi, channel: WhatsAppChannel, sari: Person
) -> None:
    long = letter(sari.phone.wa_id, "a" * 4000 + "\n\n" + "b" * 200)
    server.goes_wrong("slow", seconds=0)
    server.goes_wrong(131016)
    with pytest.raises(TryAgain):
        await channel.send(long)
    await channel.send(long)
    assert [seen.text[0] for seen in sari.sees] == ["a", "b"]


async def test_pictures_and_files(server: CloudApi, channel: WhatsAppChannel, sari: Person) -> None:
    address = sari.phone.wa_id
    await channel.send(letter(address, Bubble("Melati", qr="https://wa.me/62811")))
    assert (sari.sees[0].media, sari.sees[0].text) == ("image", "Melati")
    upload = server.world.media[server.sent("image")[0]["image"]["id"]]
    assert upload.content.startswith(b"\x89PNG")
    sari.sends_photo(content=b"nota")
    photo = server.world.news[-1]["value"]["messages"][0]["image"]["id"]
    for ref, kind in (("location:3.60000,98.50000,Pasar", "location"), (f"image:{photo}", "image")):
        media = Media(MediaKind.PHOTO, ref, "whatsapp")
        await channel.send(letter(address, Bubble("dari Bu Sari", media=media)))
        assert kind in [seen.media for seen in sari.sees]
    assert await channel.fetch(f"image:{photo}") == File(b"nota", "image/jpeg")
    for nothing in ("image:0", "location:1,2,", "image:../me", "contacts:x"):
        with pytest.raises(Refused):
            await channel.fetch(nothing)
    gone = Media(MediaKind.PHOTO, "image:0", "whatsapp")
    await channel.send(letter(address, Bubble("kata saja", media=gone)))
    assert (sari.sees[-1].text, sari.sees[-1].media) == ("kata saja", "")


async def test_a_photo_sent_as_a_file_goes_on_without_the_place(
    server: CloudApi, channel: WhatsAppChannel, sari: Person
) -> None:
    sari.sends_document(content=photographed(), mime="image/jpeg", name="IMG_1.jpg")
    ear = Ear()
    await channel.take(payload(server.world.gathered()), ear, Notes())
    await channel.send(letter(sari.phone.wa_id, Bubble("dari Bu Sari", media=ear.heard[-1].media)))
    assert (sari.sees[-1].media, sari.sees[-1].text) == ("image", "dari Bu Sari")
    upload = server.world.media[server.sent("image")[0]["image"]["id"]].content
    assert not dict(Image.open(io.BytesIO(upload)).getexif())


async def test_a_file_is_uploaded_once_for_many(
    server: CloudApi, channel: WhatsAppChannel, sari: Person
) -> None:
    for number in range(3):
        await channel.send(letter(sari.phone.wa_id, Bubble("x", qr="sama"), number))
    assert len(server.world.media) == 1


@pytest.mark.parametrize(
    ("code", "after", "everyone"),
    [
        (4, 60.0, True),
        (80007, 60.0, True),
        (130429, 2.0, True),
        (131048, 3600.0, True),
        (131056, 6.0, False),
        (131016, None, False),
        (133016, None, False),
        (131000, None, False),
    ],
)
async def test_codes_that_are_tried_again(
    server: CloudApi,
    channel: WhatsAppChannel,
    sari: Person,
    code: int,
    after: float | None,
    everyone: bool,  # noqa: FBT001 - a table's column
) -> None:
    server.goes_wrong(code)
    with pytest.raises(TryAgain) as error:
        await channel.send(letter(sari.phone.wa_id, ASK))
    assert (error.value.after, error.value.everyone) == (after, everyone)
    assert not isinstance(error.value, Stopped)
    await channel.send(letter(sari.phone.wa_id, ASK))
    assert len(sari.sees) == 1


@pytest.mark.parametrize("code", [190, 131031, 131042, 368, 10, 200])
async def test_codes_only_the_operator_can_mend(
    server: CloudApi, channel: WhatsAppChannel, sari: Person, code: int
) -> None:
    server.goes_wrong(code)
    with pytest.raises(Stopped):
        await channel.send(letter(sari.phone.wa_id, ASK))


@pytest.mark.parametrize(
    ("code", "gone"),
    [(131026, True), (131049, False), (131051, False), (131062, False), (100, False)],
)
async def test_codes_that_end_it(
    server: CloudApi,
    channel: WhatsAppChannel,
    sari: Person,
    code: int,
    gone: bool,  # noqa: FBT001 - a table's column
) -> None:
    server.goes_wrong(code)
    with pytest.raises(Refused) as error:
        await channel.send(letter(sari.phone.wa_id, ASK))
    assert error.value.gone is gone


async def test_a_closed_window_and_a_template_out_of_order(
    server: CloudApi, channel: WhatsAppChannel, sari: Person
) -> None:
    server.goes_wrong(131047)
    with pytest.raises(Closed):
        await channel.send(letter(sari.phone.wa_id, ASK))
    for code in (132000, 132001, 132015, 132016):
        server.goes_wrong(code)
        with pytest.raises(NoTemplate) as error:
            await channel.send(letter(sari.phone.wa_id, ASK))
        assert error.value.code == code


@pytest.mark.parametrize("status", [500, 502, 503, 429])
async def test_meta_is_ill(
    server: CloudApi, channel: WhatsAppChannel, sari: Person, status: int
) -> None:
    server.goes_wrong(-1, status=status)
    with pytest.raises(TryAgain) as error:
        await channel.send(letter(sari.phone.wa_id, ASK))
    assert error.value.after is None


async def test_the_line_is_cut(server: CloudApi, channel: WhatsAppChannel, sari: Person) -> None:
    for fault, arrived in (("unheard", 0), ("lost", 1)):
        server.goes_wrong(fault)
        with pytest.raises(Uncertain):
            await channel.send(letter(sari.phone.wa_id, ASK))
        assert len(sari.sees) == arrived


async def test_an_answer_that_does_not_come(server: CloudApi, sari: Person) -> None:
    calls = Calls(NUMBER_ID, TOKEN, server.url, connect_seconds=0.2, answer_seconds=0.1)
    channel = WhatsAppChannel(NUMBER_ID, TOKEN, calls=calls)
    await channel.start()
    server.goes_wrong("slow", seconds=0.6)
    with pytest.raises(Uncertain):
        await channel.send(letter(sari.phone.wa_id, ASK))
    await channel.stop()
    with pytest.raises(TryAgain):  # closed, so nothing can have left
        await channel.send(letter(sari.phone.wa_id, ASK))


async def test_nobody_there() -> None:
    closed = socket.socket()
    closed.bind(("127.0.0.1", 0))
    address = f"http://127.0.0.1:{closed.getsockname()[1]}"
    closed.close()
    with pytest.raises(WrongSetting, match="WHATSAPP_API_URL"):
        await WhatsAppChannel(NUMBER_ID, TOKEN, api_url=address).start(patience=0.5)


async def test_wrong_settings_stop_at_once_and_are_not_shown(server: CloudApi) -> None:
    with pytest.raises(WrongSetting, match="WHATSAPP_ACCESS_TOKEN") as error:
        await WhatsAppChannel(NUMBER_ID, "rahasia", api_url=server.url).start()
    assert "rahasia" not in repr(error.value)
    with pytest.raises(WrongSetting, match="WHATSAPP_PHONE_NUMBER_ID"):
        await WhatsAppChannel("99", TOKEN, api_url=server.url).start()


async def test_no_error_shows_the_token_or_a_number(
    server: CloudApi, channel: WhatsAppChannel, sari: Person
) -> None:
    for fault in (131056, 190, 131026, "lost", "unheard"):
        server.goes_wrong(fault)
        with pytest.raises((TryAgain, Refused, Uncertain)) as error:
            await channel.send(letter(sari.phone.wa_id, ASK))
        for secret in (TOKEN, sari.phone.wa_id):
            assert secret not in str(error.value)
            assert secret not in repr(error.value.__cause__)


async def test_the_token_goes_nowhere_else(server: CloudApi, channel: WhatsAppChannel) -> None:
    with pytest.raises(Refused):
        await channel.calls._fetched("http://example.invalid/file")  # noqa: SLF001
    await asyncio.sleep(0)
    assert server.sent() == []
