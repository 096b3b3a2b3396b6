"""What strangers send as a picture is opened safely, upright, and without anything hidden in it."""

from __future__ import annotations

import contextlib
import io
from random import Random

import pytest
from PIL import ExifTags, Image

from bot.clean import without_place
from bot.domain.pictures import Unreadable
from bot.files import File
from bot.pictures.opening import LARGEST, LONGEST_SIDE, NotOpened, as_jpeg, open_picture
from bot.ports import Refused
from tests.pictures import bomb, sent

_ORIENTATION, _ROTATED = ExifTags.Base.Orientation, 6


def photographed(size: tuple[int, int] = (400, 300)) -> bytes:
    """A JPEG as a phone writes it: lying on its side, with the place it was taken at."""
    picture = Image.new("RGB", size, "white")
    picture.paste("red", (0, 0, size[0] // 4, size[1]))
    exif = picture.getexif()
    exif[_ORIENTATION] = _ROTATED
    exif[ExifTags.Base.Model] = "HP Bu Sari"
    where = exif.get_ifd(ExifTags.IFD.GPSInfo)
    where[ExifTags.GPS.GPSLatitude] = (3.0, 37.0, 12.0)
    where[ExifTags.GPS.GPSLongitude] = (98.0, 29.0, 3.0)
    file = io.BytesIO()
    picture.save(file, "JPEG", exif=exif, comment=b"rumah Bu Sari")
    return file.getvalue()


def as_file(kind: str, side: int = 60) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (side, 60), "green").save(file, kind)
    return file.getvalue()


def test_it_stands_upright_and_says_nothing_of_where_it_was_taken() -> None:
    raw = photographed()
    assert Image.open(io.BytesIO(raw)).getexif().get_ifd(ExifTags.IFD.GPSInfo)
    picture = open_picture(raw)
    assert picture.size == (300, 400)
    top = picture.crop((100, 10, 200, 30)).resize((1, 1)).tobytes()
    red, green = top[0], top[1]
    assert red > 200 > green  # what was its left edge is its top
    kept = as_jpeg(picture)
    again = Image.open(io.BytesIO(kept))
    assert not dict(again.getexif())
    assert "comment" not in again.info
    assert b"Bu Sari" not in kept


@pytest.mark.parametrize("mime", ["image/jpeg", "application/octet-stream"])
def test_a_photo_that_is_sent_on_leaves_the_place_behind(mime: str) -> None:
    came = without_place(File(photographed(), mime, "IMG_1.jpeg"))
    assert not dict(Image.open(io.BytesIO(came.content)).getexif())
    assert (came.mime, came.name) == ("image/jpeg", "IMG_1.jpg")


@pytest.mark.parametrize(
    "file",
    [File(b"%PDF-1.7", "application/pdf", "surat.pdf"), File(as_file("WEBP"), "image/webp")],
    ids=["letter", "sticker"],
)
def test_what_hides_nothing_is_sent_on_as_it_is(file: File) -> None:
    assert without_place(file) is file


def test_a_webp_with_a_place_leaves_it_behind() -> None:
    file, picture = io.BytesIO(), Image.new("RGB", (60, 60))
    exif = picture.getexif()
    exif[ExifTags.Base.Model] = "HP Bu Sari"
    picture.save(file, "WEBP", exif=exif)
    assert without_place(File(file.getvalue(), "application/octet-stream")).mime == "image/jpeg"


@pytest.mark.parametrize(
    "content", [bomb(30_000, 30_000), b"\0\0\0\x18ftypheic", b"\0\0\0\x18ftypavif"]
)
def test_a_picture_that_cannot_be_opened_is_not_sent_on(content: bytes) -> None:
    with pytest.raises(Refused):
        without_place(File(content, "application/octet-stream"))


def test_a_video_is_no_picture() -> None:
    video = File(b"\0\0\0\x18ftypisom", "video/mp4")
    assert without_place(video) is video


@pytest.mark.parametrize(("width", "height"), [(30_000, 30_000), (2**31 - 1, 1), (100_000, 1_000)])
def test_a_bomb_is_not_decoded(width: int, height: int) -> None:
    with pytest.raises(NotOpened) as shut:
        open_picture(bomb(width, height))
    assert shut.value.why is Unreadable.TOO_LARGE


def test_too_many_bytes_are_not_looked_at() -> None:
    with pytest.raises(NotOpened) as shut:
        open_picture(b"\xff\xd8" + bytes(LARGEST))
    assert shut.value.why is Unreadable.TOO_LARGE


@pytest.mark.parametrize("kind", ["GIF", "BMP", "TIFF", "PDF", "ICO"])
def test_other_types_are_refused(kind: str) -> None:
    with pytest.raises(NotOpened) as shut:
        open_picture(as_file(kind))
    assert shut.value.why is Unreadable.NO_PICTURE


@pytest.mark.parametrize(
    "content", [b"", as_file("PNG", 39), b"hello", b"<svg/>", b"%!PS-Adobe-3.0 EPSF-3.0\n"]
)
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(NotOpened):
        open_picture(content)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_what_phones_send_is_opened(kind: str) -> None:
    assert open_picture(as_file(kind)).size == (60, 60)


def test_a_large_one_becomes_smaller_and_what_shines_through_white() -> None:
    assert max(open_picture(as_jpeg(Image.new("RGB", (4000, 2500)))).size) == LONGEST_SIDE
    file = io.BytesIO()
    Image.new("RGBA", (50, 50), (0, 0, 0, 0)).save(file, "PNG")
    assert open_picture(file.getvalue()).getpixel((25, 25)) == (255, 255, 255)


def test_a_broken_one_is_opened_or_refused_and_never_worse() -> None:
    whole, opened = sent("bagus"), 0
    for seed in range(60):
        rng, broken = Random(seed), bytearray(whole)  # noqa: S311 - a seed is what is wanted
        for _ in range(rng.randint(1, 12)):
            broken[rng.randrange(len(broken))] = rng.randrange(256)
        with contextlib.suppress(NotOpened):
            opened += max(open_picture(bytes(broken[: rng.choice((None, 9_000))])).size) > 0
    assert 0 < opened < 60
