"""Reading photos of meetings, and who is seen on them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, select

from bot.domain.meeting_photos import MeetingPhoto
from storage.programme_tables import meeting_photo, meeting_photo_seen
from storage.reading.words import WordsReading

_kept = (
    select(meeting_photo.c.number, meeting_photo.c.meeting)
    .where(meeting_photo.c.group_id == bindparam("group"), meeting_photo.c.jpeg.is_not(None))
    .order_by(meeting_photo.c.number)
)
_seen = select(meeting_photo_seen).where(meeting_photo_seen.c.group_id == bindparam("group"))
_jpeg = select(meeting_photo.c.jpeg).where(
    meeting_photo.c.group_id == bindparam("group"), meeting_photo.c.number == bindparam("number")
)


class MeetingPhotoReading(WordsReading):
    """Fulfils the photos of ``bot.domain.programme_books.ProgrammeBooks``."""

    def meeting_photos(self, group: int) -> Sequence[MeetingPhoto]:
        """Every photo of its meetings that is still kept."""
        seen: dict[int, dict[int, bool | None]] = {}
        for row in self.all(_seen, group=group):
            seen.setdefault(row.photo, {})[row.member] = row.may
        return [
            MeetingPhoto(group, row.number, row.meeting, seen.get(row.number, {}))
            for row in self.all(_kept, group=group)
        ]


def meeting_jpeg(db: Connection, group: int, number: int) -> bytes | None:
    """A photo of a meeting that is kept (JPEG)."""
    found = db.execute(_jpeg, {"group": group, "number": number}).scalar_one_or_none()
    return None if found is None else bytes(found)
