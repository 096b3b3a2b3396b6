"""What is read on one channel and sent on over another: its words at least, and nobody else waits."""

from __future__ import annotations

import io
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest
from PIL import Image

from bot.channels.practice import PracticeChannel
from bot.channels.reading import read, read_to_send_on
from bot.files import DRAWN, Fetch, File, Media, MediaKind
from bot.ports import Bubble, Refused, TryAgain
from storage.migrating import migrate
from storage.store import SqlStore, connect
from tests.channels.conftest import letter
from tests.photos.test_opening import photographed
from tests.web.standin import now

PHOTO = Media(MediaKind.PHOTO, "photo:1", "telegram")


def fetches(file: File) -> Fetch:
    async def fetch(_ref: str) -> File:
        return file

    return fetch


def raises(trouble: Exception) -> Callable[[str], Awaitable[File]]:
    async def fetch(_ref: str) -> File:
        raise trouble

    return fetch


async def test_a_file_is_read_as_it_was_sent() -> None:
    sent = File(photographed(), "image/jpeg")
    assert await read({"telegram": fetches(sent)}, PHOTO) == sent
    with pytest.raises(Refused):
        await read({}, PHOTO)


@pytest.mark.parametrize("channel", ["telegram", "whatsapp"])
async def test_a_photo_is_sent_on_without_the_place(channel: str) -> None:
    sent = File(photographed(), "image/jpeg", "IMG_1.jpeg")
    came = await read_to_send_on({"telegram": fetches(sent)}, PHOTO, channel)
    assert came
    assert not dict(Image.open(io.BytesIO(came.content)).getexif())


async def test_what_we_draw_is_sent_as_it_is() -> None:
    drawn = File(photographed(), "image/jpeg")
    media = Media(MediaKind.PHOTO, "card?{}", DRAWN)
    assert await read_to_send_on({DRAWN: fetches(drawn)}, media, "telegram") is drawn


async def test_what_is_not_to_be_had_leaves_the_words() -> None:
    assert await read_to_send_on({"telegram": raises(Refused("gone"))}, PHOTO, "whatsapp") is None
    assert await read_to_send_on({}, PHOTO, "whatsapp") is None


async def test_only_the_own_channel_makes_everyone_wait() -> None:
    files = {"telegram": raises(TryAgain("token", 60, everyone=True))}
    with pytest.raises(TryAgain) as own:
        await read_to_send_on(files, PHOTO, "telegram")
    assert (own.value.after, own.value.everyone) == (60, True)
    with pytest.raises(TryAgain, match="telegram: token") as other:
        await read_to_send_on(files, PHOTO, "whatsapp")
    assert (other.value.after, other.value.everyone) == (None, False)


async def test_a_practice_letter_waits_alone_for_another_platform(tmp_path: Path) -> None:
    engine = connect(f"sqlite:///{tmp_path / 'practice.db'}")
    migrate(engine)
    store = SqlStore(engine, now)
    files = {"telegram": raises(TryAgain("token", 60, everyone=True))}
    channel = PracticeChannel(store.practice, now, files)
    with pytest.raises(TryAgain, match="telegram: token") as wait:
        await channel.send(letter("abc-sari", Bubble("Foto Ibu", media=PHOTO)))
    assert (wait.value.after, wait.value.everyone) == (None, False)
    store.close()
