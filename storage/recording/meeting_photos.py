"""Writing down photos of meetings, the word of those who are seen on them, and erasing them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from bot.domain import meeting_photos as changes
from bot.domain.meeting_photos import MOST_PHOTOS, MeetingPhoto, MeetingPhotoKept
from bot.domain.pictures import PhotoLooked, Purpose
from bot.errands import ErrandKind
from bot.ports import Conflict, Happened
from storage.errands import send_on_errand
from storage.programme_tables import meeting_photo, meeting_photo_seen
from storage.putting import in_turn, put
from storage.reading.ending import EndingReading
from storage.reading.words import WordsReading
from storage.recording.base import record
from storage.tables import UtcTime, errand

_facts = select(errand.c.facts).where(errand.c.id == bindparam("this"))
_last = select(func.coalesce(func.max(meeting_photo.c.number), 0)).where(
    meeting_photo.c.group_id == bindparam("group")
)
_with_her = select(meeting_photo_seen.c.photo).where(
    meeting_photo_seen.c.group_id == bindparam("in_group"),
    meeting_photo_seen.c.member == bindparam("whose"),
)
_unanswered = (
    select(meeting_photo_seen.c.group_id, meeting_photo_seen.c.photo)
    .join(
        meeting_photo,
        (meeting_photo.c.group_id == meeting_photo_seen.c.group_id)
        & (meeting_photo.c.number == meeting_photo_seen.c.photo),
    )
    .where(
        meeting_photo_seen.c.may.is_(None),
        meeting_photo.c.kept_at <= bindparam("before", type_=UtcTime),
    )
    .distinct()
)
_of_meeting = (
    select(func.count())
    .select_from(meeting_photo)
    .where(
        meeting_photo.c.group_id == bindparam("group"),
        meeting_photo.c.meeting == bindparam("meeting"),
        meeting_photo.c.jpeg.is_not(None),
    )
)
_on_their_way = select(errand.c.id, errand.c.facts).where(
    errand.c.kind == ErrandKind.PHOTO,
    errand.c.due_at.is_not(None),
    errand.c.facts["purpose"].as_string() == Purpose.MEETING,
    errand.c.facts["group"].as_integer() == bindparam("group"),
)
_called_off = delete(errand).where(errand.c.id == bindparam("this"), errand.c.due_at.is_not(None))
_blank = (
    update(meeting_photo)
    .where(
        meeting_photo.c.group_id == bindparam("in_group"),
        meeting_photo.c.number == bindparam("this"),
    )
    .values(jpeg=None)
)
_unsee = delete(meeting_photo_seen).where(
    meeting_photo_seen.c.group_id == bindparam("in_group"),
    meeting_photo_seen.c.photo == bindparam("this"),
)


@record.register
def _(change: changes.MeetingPhotoSent, books: WordsReading) -> Sequence[Happened]:
    facts = {
        "purpose": Purpose.MEETING,
        "group": change.meeting.group,
        "meeting": change.meeting.number,
        "seen": [one.number for one in change.seen],
        "asked": [one.number for one in change.asked],
    }
    send_on_errand(books, ErrandKind.PHOTO, change.by, change.media, facts)
    return [Happened(change)]


def keep_of_meeting(books: WordsReading, change: PhotoLooked) -> Happened | None:
    """Keep a photo that was made safe, with who is seen on it as the errand says.

    None when the meeting has enough: several may have been on their way when there was room for one.
    """
    facts = books.db.execute(_facts, {"this": change.errand}).scalar_one()
    group, meeting = facts["group"], facts["meeting"]
    in_turn(books, group)
    kept_already = {"group": group, "meeting": meeting}
    if books.db.execute(_of_meeting, kept_already).scalar_one() >= MOST_PHOTOS:
        return None
    number = int(books.db.execute(_last, {"group": group}).scalar_one()) + 1
    row = {"group_id": group, "number": number, "meeting": meeting}
    row |= {"jpeg": change.looked.jpeg, "by": change.person.id, "kept_at": books.now}
    books.db.execute(insert(meeting_photo), row)
    seen: dict[int, bool | None] = {}
    for member in facts["seen"]:
        seen[member] = True if member in facts["asked"] else None
        hers = {"group_id": group, "photo": number, "member": member, "may": seen[member]}
        said = {"by": change.person.id, "answered_at": books.now} if seen[member] else {}
        put(books, meeting_photo_seen, {**hers, **said})
    kept = MeetingPhotoKept(MeetingPhoto(group, number, meeting, seen), change.person)
    return Happened(kept, {"group": group, "photo": number, "meeting": meeting})


@record.register
def _(change: changes.MeetingPhotoAnswered, books: EndingReading) -> Sequence[Happened]:
    it, she = change.photo, change.member
    if she.number not in it.seen or it.number not in _kept(books, it.group):
        raise Conflict("it is kept no more")
    if change.may:
        hers = {"group_id": it.group, "photo": it.number, "member": she.number, "may": True}
        put(books, meeting_photo_seen, {**hers, "by": she.person.id, "answered_at": books.now})
    else:
        _drop(books.db, it.group, it.number)
    facts = {"group": it.group, "photo": it.number, "meeting": it.meeting, "may": int(change.may)}
    return [Happened(change, dict(facts))]


@record.register
def _(change: changes.MeetingPhotosTakenBack, books: EndingReading) -> Sequence[Happened]:
    for place in change.places:
        drop_photos_with(books.db, place.group, place.number)
    return [Happened(change)]


def _kept(books: EndingReading, group: int) -> set[int]:
    return {one.number for one in books.meeting_photos(group)}


def drop_photos_with(db: Connection, group: int, member: int) -> None:
    """Erase every photo of a group's meetings on which a member is seen, and call off those that
    are still looked at.

    These first: one that is kept while we wait for its errand is found among the photos then.
    """
    for row in db.execute(_on_their_way, {"group": group}).all():
        if member in row.facts["seen"]:
            db.execute(_called_off, {"this": row.id})
    for number in db.scalars(_with_her, {"in_group": group, "whose": member}).all():
        _drop(db, group, number)


def drop_unanswered(db: Connection, before: datetime) -> None:
    """Erase photos kept since ``before`` that somebody seen on them has not allowed."""
    for row in db.execute(_unanswered, {"before": before}).all():
        _drop(db, row.group_id, row.photo)


def _drop(db: Connection, group: int, number: int) -> None:
    for step in (_blank, _unsee):
        db.execute(step, {"in_group": group, "this": number})
