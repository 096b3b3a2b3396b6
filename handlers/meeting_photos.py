"""Photos of meetings: sent by a mentor, shown once everybody who is seen on one has said yes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import timedelta

from bot.domain.books import Books
from bot.domain.meeting_photos import (
    MOST_PHOTOS,
    MeetingPhoto,
    MeetingPhotoAnswered,
    MeetingPhotoKept,
    MeetingPhotoSent,
    MeetingPhotosTakenBack,
)
from bot.domain.meetings import Attendance, Meeting
from bot.domain.people import Group, Member, Person
from bot.files import picture
from bot.talk import Turn, ask, dialogue, optional, yes_or_no
from handlers.attendance import who_came
from handlers.meetings import begun_meeting
from handlers.photos import picture_of, sent_picture
from handlers.who import led_group, reading_group

_MONTH = timedelta(days=30)
_NOBODY = ("tidak ada", "tidak ada orang", "barang saja")


@dialogue(says=("foto kegiatan",), keepers=True)
async def add_meeting_photo(turn: Turn) -> MeetingPhotoSent | None:
    """``foto kegiatan``, with the photo or before it: of which meeting, and who is seen."""
    group = await led_group(turn)
    meeting = await begun_meeting(turn, group) if group else None
    if group is None or meeting is None:
        return None
    if len(_of(turn.books.meeting_photos(group.id), meeting)) >= MOST_PHOTOS:
        turn.say("enough", topic=meeting.topic, most=MOST_PHOTOS)
        return None
    media = picture_of(turn) or await ask("photo", sent_picture(), topic=meeting.topic)
    there = who_came(_there(turn, group, meeting))
    seen = await ask("who_is_seen", optional(there, skip="nobody", said=_NOBODY)) or ()
    silent = tuple(one for one in seen if not one.person.reachable)
    if silent and not await ask("asked_them", yes_or_no("they_may", "not_yet"), members=silent):
        turn.say("ask_first", members=silent)
        return None
    turn.say("sent")
    return MeetingPhotoSent(meeting, media, seen, silent, turn.me)


def _there(turn: Turn, group: Group, meeting: Meeting) -> Sequence[Member]:
    """Who may be seen: those who were there, or everybody while that was not ticked."""
    members = turn.books.members(group.id)
    present = [one for one in members if meeting.attended.get(one.number) is Attendance.PRESENT]
    return present or members


def _of(photos: Sequence[MeetingPhoto], meeting: Meeting) -> Sequence[MeetingPhoto]:
    return [one for one in photos if one.meeting == meeting.number]


def _photo(turn: Turn) -> MeetingPhoto | None:
    """The one a dialogue is about; None when it was erased since."""
    photos = turn.books.meeting_photos(turn.facts["group"])
    return next((one for one in photos if one.number == turn.facts["photo"]), None)


@dialogue(follows=MeetingPhotoKept, to=lambda change, _: [change.by])
async def meeting_photo_kept(turn: Turn) -> None:
    """To the mentor: whether it waits for anybody."""
    one = _photo(turn)
    if one is None:
        return
    topic = turn.books.meeting(one.group, one.meeting).topic
    waiting = [turn.books.member(one.group, number) for number, may in one.seen.items() if not may]
    key = "waits" if waiting else "may_be_shown"
    turn.say(key, topic=topic, members=waiting, offers=("foto kegiatan", "lihat foto"))


def _seen(change: MeetingPhotoKept, books: Books) -> Iterable[Person]:
    silent = [number for number, may in change.photo.seen.items() if may is None]
    return [books.member(change.photo.group, number).person for number in silent]


@dialogue(follows=MeetingPhotoKept, to=_seen, lasts=_MONTH, kind="question")
async def may_show_photo(turn: Turn) -> MeetingPhotoAnswered | None:
    """To each who is seen: the photo itself, and whether it may be shown."""
    one, places = _photo(turn), turn.books.places(turn.me)
    me = next((place for place in places if place.group == turn.facts["group"]), None)
    if one is None or me is None or me.number not in one.seen:
        turn.say("gone")
        return None
    meeting = turn.books.meeting(one.group, one.meeting)
    turn.say("this_one", media=picture("meeting photo", group=one.group, photo=one.number))
    may = await ask(
        "may_we",
        yes_or_no("may", "erase_it", also={"hapus": False}),
        topic=meeting.topic,
        day=meeting.day,
    )
    turn.say("thanks" if may else "erased")
    return MeetingPhotoAnswered(one, me, may)


def _mentors(change: MeetingPhotoAnswered, books: Books) -> Iterable[Person]:
    """When everybody has said yes, and when somebody would rather not."""
    photos = books.meeting_photos(change.photo.group)
    now = next((one for one in photos if one.number == change.photo.number), None)
    return books.mentors(change.photo.group) if now is None or now.allowed else []


@dialogue(follows=MeetingPhotoAnswered, to=_mentors)
async def photo_answered(turn: Turn) -> None:
    """To the mentors; who would rather not is not named."""
    topic = turn.books.meeting(turn.facts["group"], turn.facts["meeting"]).topic
    turn.say("may_be_shown" if turn.facts["may"] else "somebody_minds", topic=topic)


@dialogue(says=("lihat foto", "foto kumpul"))
async def show_meeting_photos(turn: Turn) -> None:
    """For everybody of the group: the photos of its newest meeting that has any to show."""
    group = await reading_group(turn)
    if group is None:
        return
    allowed = [one for one in turn.books.meeting_photos(group.id) if one.allowed]
    newest = next(
        (one for one in reversed(turn.books.meetings(group.id)) if _of(allowed, one)), None
    )
    if newest is None:
        turn.say("none_to_show", group=group)
        return
    for one in _of(allowed, newest):
        drawn = picture("meeting photo", group=one.group, photo=one.number)
        turn.say("photo", topic=newest.topic, day=newest.day, media=drawn)


@dialogue(says=("hapus foto kegiatan",))
async def take_back_photos(turn: Turn) -> MeetingPhotosTakenBack | None:
    """For members: erases every photo of meetings she is seen on."""
    hers = [
        place
        for place in turn.books.places(turn.me)
        if any(place.number in one.seen for one in turn.books.meeting_photos(place.group))
    ]
    if not hers:
        turn.say("seen_on_none")
        return None
    turn.say("taken_back")
    return MeetingPhotosTakenBack(hers)
