"""The photos of meetings, as they are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.files import File
from bot.studio import Draw
from storage.reading.meeting_photos import meeting_jpeg
from storage.store import SqlStore


def of_meetings(store: SqlStore) -> Mapping[str, Draw]:
    """Read when it is sent: one that was erased since does not go out."""

    def photo(facts: Mapping[str, Any]) -> File:
        with store.snapshot() as connection:
            content = meeting_jpeg(connection, facts["group"], facts["photo"])
        if content is None:
            raise LookupError("the photo was erased")
        return File(content, "image/jpeg", "kegiatan.jpg")

    return {"meeting photo": photo}
