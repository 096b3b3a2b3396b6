"""Pictures that are sent on to others: what is hidden in them stays behind."""

from __future__ import annotations

from dataclasses import replace

from bot.files import File
from bot.pictures.opening import NotOpened, as_jpeg, open_picture
from bot.ports import Refused

#: How files begin that may say where they were taken: JPEG, PNG, TIFF; and further inside, HEIC.
_SIGNS = (b"\xff\xd8\xff", b"\x89PNG", b"II*\x00", b"MM\x00*")
_HEIC, _HEIC_AT = b"ftyp", 4


def without_place(file: File) -> File:
    """A picture upright and without where, when and with what it was taken; every other file as it is.

    One that cannot be opened safely is not sent on: raises Refused.
    """
    content = file.content
    heic = content[_HEIC_AT:].startswith(_HEIC) and file.mime.startswith("image/")
    webp = file.mime == "image/webp" and b"EXIF" in content  # a sticker has none and stays one
    if not (content.startswith(_SIGNS) or heic or webp):
        return file
    try:
        picture = open_picture(content)
    except NotOpened as shut:
        raise Refused(f"a picture that is not sent on: {shut.why}") from None
    name = f"{file.name.rpartition('.')[0] or 'foto'}.jpg"
    return replace(file, content=as_jpeg(picture), mime="image/jpeg", name=name)
