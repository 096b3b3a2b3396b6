"""Photos of meetings: nothing hidden is kept in them, and who is seen decides about them."""

from __future__ import annotations

import asyncio
import io
from dataclasses import replace
from datetime import time, timedelta

import pytest
from PIL import Image

from bot.domain.calendar import Zone
from bot.domain.changes import Consent, GroupOpened, MemberJoined
from bot.domain.endings import DataChosen
from bot.domain.meeting_photos import (
    MOST_PHOTOS,
    MeetingPhoto,
    MeetingPhotoAnswered,
    MeetingPhotoSent,
    MeetingPhotosTakenBack,
)
from bot.domain.meetings import MeetingPlanned
from bot.domain.people import Member
from bot.domain.pictures import PhotoLooked, PhotoUnread, Unreadable
from bot.domain.privacy_changes import ErasureAgreed
from bot.errands import ErrandKind
from bot.files import File, Media, MediaKind
from bot.ports import Conflict
from bot.sight import Sight
from storage.reading.meeting_photos import meeting_jpeg
from storage.retention import UNANSWERED
from storage.store import SqlStore
from tests.playing import codes
from tests.storage.conftest import DAY, MONDAY, Kept


def _taken_somewhere() -> bytes:
    """A photo that says with what it was taken."""
    picture, hidden, file = Image.new("RGB", (640, 480), "teal"), Image.Exif(), io.BytesIO()
    hidden[0x010F] = "RAHASIA"
    picture.save(file, "JPEG", exif=hidden)
    return file.getvalue()


def _photographed(kept: Kept, *seen: Member, asked: tuple[Member, ...] = ()) -> MeetingPhoto:
    """A photo of the first meeting, from being sent to being kept."""
    looked = _looked_at(kept, *seen, asked=asked)
    with kept.store.transaction() as books:
        books.record(looked)
        return books.meeting_photos(kept.group.id)[-1]


def _looked_at(
    kept: Kept, *seen: Member, asked: tuple[Member, ...] = ()
) -> PhotoLooked | PhotoUnread:
    """A photo that was sent, and looked at; it is not kept yet."""
    media = Media(MediaKind.PHOTO, "photo-1", "practice").packed()
    with kept.store.transaction() as books:
        mentor = books.mentors(kept.group.id)[0]
        if not books.meetings(kept.group.id):
            books.record(MeetingPlanned(kept.group, DAY, time(10), "Balai", "Foto", mentor))
        meeting = books.meeting(kept.group.id, 1)
        books.record(MeetingPhotoSent(meeting, media, seen, asked, mentor))
    errand = kept.store.errands.next(ErrandKind.PHOTO, MONDAY, Sight.lease)
    assert errand is not None

    async def fetch(_: str) -> File:
        return File(_taken_somewhere(), "image/jpeg")

    return asyncio.run(Sight({"practice": fetch}).do(errand))


def _later(kept: Kept, span: timedelta) -> SqlStore:
    return SqlStore(kept.store.engine, lambda: MONDAY + span, codes())


def _jpeg(kept: Kept, one: MeetingPhoto) -> bytes | None:
    with kept.store.snapshot() as db:
        return meeting_jpeg(db, one.group, one.number)


def test_place_and_time_are_not_kept(kept: Kept) -> None:
    assert b"RAHASIA" in _taken_somewhere()
    jpeg = _jpeg(kept, _photographed(kept))
    assert jpeg is not None
    assert b"RAHASIA" not in jpeg
    assert not Image.open(io.BytesIO(jpeg)).getexif()


def test_it_may_be_shown_once_everybody_seen_has_said_yes(kept: Kept) -> None:
    one = _photographed(kept, kept.sari, kept.ani, kept.rina, asked=(kept.rina,))
    assert one.seen == {kept.sari.number: None, kept.ani.number: None, kept.rina.number: True}
    for member, allowed in ((kept.sari, False), (kept.ani, True)):
        with kept.store.transaction() as books:
            books.record(MeetingPhotoAnswered(one, member, may=True))
            assert books.meeting_photos(kept.group.id)[0].allowed is allowed
    assert _photographed(kept).allowed, "nobody is seen"


def test_a_no_erases_it_and_its_number_is_never_used_again(kept: Kept) -> None:
    one = _photographed(kept, kept.sari, kept.ani)
    with kept.store.transaction() as books:
        books.record(MeetingPhotoAnswered(one, kept.sari, may=False))
    assert _jpeg(kept, one) is None
    with pytest.raises(Conflict), kept.store.transaction() as books:
        books.record(MeetingPhotoAnswered(one, kept.ani, may=True))
    assert _photographed(kept, kept.ani).number > one.number


def _forgotten(kept: Kept, how: str) -> None:
    with kept.store.transaction() as books:
        if how == "taken back":
            books.record(MeetingPhotosTakenBack([kept.sari]))
        elif how == "erased":
            books.record(ErasureAgreed(kept.sari.person))
        else:
            books.record(DataChosen(kept.sari, keeps=False))


WAYS = ["taken back", "choice at the end", "erased"]


@pytest.mark.parametrize("how", WAYS)
def test_one_still_looked_at_is_not_kept_once_she_would_be_forgotten(kept: Kept, how: str) -> None:
    hers = _looked_at(kept, kept.sari, kept.ani, asked=(kept.sari,))
    other = _looked_at(kept, kept.ani)
    _forgotten(kept, how)
    with pytest.raises(Conflict), kept.store.transaction() as books:
        books.record(hers)
    with kept.store.transaction() as books:
        books.record(other)
        (one,) = books.meeting_photos(kept.group.id)
    assert set(one.seen) == {kept.ani.number}


def test_no_more_are_kept_than_a_meeting_may_have(kept: Kept) -> None:
    on_their_way = [_looked_at(kept) for _ in range(MOST_PHOTOS + 1)]
    with kept.store.transaction() as books:
        *_, (happened,) = [books.record(looked) for looked in on_their_way]
        assert isinstance(happened.change, PhotoUnread)
        assert happened.facts["why"] == Unreadable.ONE_TOO_MANY
        assert len(books.meeting_photos(kept.group.id)) == MOST_PHOTOS


@pytest.mark.parametrize("how", WAYS)
def test_who_would_be_forgotten_is_seen_on_no_photo(kept: Kept, how: str) -> None:
    hers, other = _photographed(kept, kept.sari, kept.ani), _photographed(kept, kept.ani)
    _forgotten(kept, how)
    assert _jpeg(kept, hers) is None
    assert _jpeg(kept, other) is not None


def test_she_is_forgotten_in_each_of_her_groups(kept: Kept) -> None:
    with kept.store.transaction() as books:
        opened = GroupOpened(books.mentors(kept.group.id)[0], "Anggrek", "", Zone.WIB, None)
        group = books.group(int(books.record(opened)[0].facts["group"]))
        she, consent = kept.sari.person, Consent("1", "ya")
        books.record(MemberJoined(she, group, "Sari", "Bu", "", None, None, consent))
    with kept.store.transaction() as books:
        here, there = books.places(kept.sari.person)
    photos = _photographed(kept, here), _photographed(replace(kept, group=group), there)
    with kept.store.transaction() as books:
        books.record(MeetingPhotosTakenBack([here, there]))
    assert [_jpeg(kept, one) for one in photos] == [None, None]


def test_what_nobody_can_allow_any_more_is_swept_away(kept: Kept) -> None:
    waiting, allowed = _photographed(kept, kept.sari), _photographed(kept)
    _later(kept, UNANSWERED - timedelta(days=1)).sweep()
    assert _jpeg(kept, waiting) is not None
    _later(kept, UNANSWERED).sweep()
    assert _jpeg(kept, waiting) is None
    assert _jpeg(kept, allowed) is not None
