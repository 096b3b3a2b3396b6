"""Pictures that are sent on to others: what is hidden in them stays behind."""

from __future__ import annotations

from dataclasses import replace

from bot.files import File
from bot.pictures.opening import NotOpened, as_jpeg, open_picture
from bot.ports import Refused

#: How files begin that may say where they were taken: JPEG, PNG, TIFF; and further inside, the
#: pictures among those that begin like a video (HEIC, AVIF).
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")
_BRANDS = tuple(b"ftyp" + one for one in (b"hei", b"hev", b"mif1", b"msf1", b"avi"))
_BRANDS_AT = 4


def without_place(file: File) -> File:
    """A picture upright and without where, when and with what it was taken; every other file as it is.

    One that cannot be opened safely is not sent on: raises Refused.
    """
    content = file.content
    webp = content.startswith(b"WEBP", 8)  # a sticker hides nothing and stays one
    if not (
        content.startswith(_SIGNS)
        or content.startswith(_BRANDS, _BRANDS_AT)
        or (webp and any(chunk in content for chunk in (b"EXIF", b"XMP ")))
    ):
        return file
    try:
        picture = open_picture(content)
    except NotOpened as shut:
        raise Refused(f"a picture that is not sent on: {shut.why}") from None
    name = f"{file.name.rpartition('.')[0] or 'foto'}.jpg"
    return replace(file, content=as_jpeg(picture), mime="image/jpeg", name=name)
