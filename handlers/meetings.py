"""Activities: planned, answered, reminded of, and who was there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, time
from typing import Any

from bot.domain.books import Books
from bot.domain.calendar import QUIET_FROM, QUIET_UNTIL
from bot.domain.meetings import (
    FURTHEST,
    LONGEST_NOTES,
    LONGEST_PLACE,
    LONGEST_TOPIC,
    Attendance,
    Meeting,
    MeetingAnswered,
    MeetingHeld,
    MeetingInvited,
    MeetingNear,
    MeetingPlanned,
)
from bot.domain.people import Group, Member, Person
from bot.talk import (
    Turn,
    among,
    ask,
    day_ahead,
    dialogue,
    hour,
    optional,
    text,
    yes_or_no,
)
from bot.talk.answers import Answer, Doubt, Got, Reading
from handlers.attendance import who_was_away, will_come
from handlers.who import everybody, leads, led_group, members_of, reading_group

#: Meetings listed at once, and offered when attendance is taken.
_MOST = 5

#: How a member answers otherwise than before.
_CHANGE = ("jawab undangan",)


@dialogue(says=("kegiatan", "kapan kumpul", "jam berapa kumpul", "kapan pertemuan"), keepers=True)
async def meetings(turn: Turn) -> None:
    """What is planned, for mentors with who answered; and what is over, with its photos."""
    group = await reading_group(turn)
    if group is None:
        return
    led = leads(turn, group.id)
    coming = [one for one in coming_meetings(turn, group) if led or one.invited]
    held = [one for one in reversed(turn.books.meetings(group.id)) if one.held]
    _tell_coming(turn, group, coming[:_MOST], led=led)
    _tell_held(turn, group, held[:_MOST])


def coming_meetings(turn: Turn, group: Group) -> Sequence[Meeting]:
    """What is planned and still ahead, by day and hour."""
    every = turn.books.meetings(group.id)
    return [one for one in every if one.day >= turn.today and not one.held]


def _tell_coming(turn: Turn, group: Group, coming: Sequence[Meeting], *, led: bool) -> None:
    """What is planned; mentors read who answered, and what nobody was invited to yet."""
    waiting = [one for one in coming if not one.invited]
    offers = ["kegiatan baru", "hadir"] if led else []
    offers += ["undang kegiatan"] if waiting else []
    if coming:
        offers += ["ubah kegiatan"] if led else ["jawab undangan"]
    if not coming:
        if group.open:
            turn.say("none", group=group, offers=offers)
        return
    rows = [
        told(one) | {"yes": _answers(one, comes=True), "no": _answers(one, comes=False)}
        for one in coming
        if one.invited
    ]
    turn.say("coming", group=group, offers=offers)
    turn.say("planned_for_mentor" if led else "planned", rows=rows)
    turn.say("not_invited", rows=[told(one) for one in waiting])


def _tell_held(turn: Turn, group: Group, held: Sequence[Meeting]) -> None:
    """The newest that are over, with how many were there and how many photos may be seen."""
    if not held:
        if not group.open:
            turn.say("none_held", group=group)
        return
    allowed = [one.meeting for one in turn.books.meeting_photos(group.id) if one.allowed]
    rows = [
        told(one) | {"count": one.those(Attendance.PRESENT), "photos": allowed.count(one.number)}
        for one in held
    ]
    turn.say("over_by_now")
    turn.say("held", rows=rows, offers=("lihat foto",) if allowed else ())


def _answers(one: Meeting, *, comes: bool) -> int:
    return sum(answer is comes for answer in one.coming.values())


def told(one: Meeting) -> dict[str, Any]:
    """What is said of a meeting."""
    return {"topic": one.topic, "day": one.day, "at": one.at, "place": one.place}


@dialogue(says=("kegiatan baru",), keepers=True)
async def plan_meeting(turn: Turn) -> MeetingPlanned | None:
    """``kegiatan baru Foto produk``: what, when and where."""
    group = await led_group(turn)
    if group is None:
        return None
    topic = await ask("topic", text(LONGEST_TOPIC), already=turn.opening)
    day = await ask("day", meeting_day(turn.today), topic=topic)
    at = await ask("at", meeting_hour(), day=day)
    place = await ask("place", optional(text(LONGEST_PLACE)), usual=group.place)
    facts: dict[str, Any] = {"topic": topic, "day": day, "at": at, "place": place or group.place}
    now = yes_or_no("invite", "not_now", also={"nanti": False, "ntar": False})
    invites = await ask("send", now, **facts)
    if invites:
        turn.say("invited", count=len(turn.books.members(group.id)), offers=("kegiatan",))
    else:
        turn.say("kept_for_later", offers=("undang kegiatan",))
    return MeetingPlanned(group, day, at, place or group.place, topic, turn.me, invites)


@dialogue(says=("undang kegiatan",), keepers=True)
async def invite_to_meeting(turn: Turn) -> MeetingInvited | None:
    """``undang kegiatan``: to a meeting that was planned, and its invitations left for later."""
    group = await led_group(turn)
    if group is None:
        return None
    waiting = [one for one in coming_meetings(turn, group) if not one.invited]
    if not waiting:
        turn.say("none_waits", offers=("kegiatan baru", "kegiatan"))
        return None
    meeting = await which_meeting(waiting, turn.opening)
    count = len(turn.books.members(group.id))
    turn.say("invited", count=count, offers=("kegiatan",), **told(meeting))
    return MeetingInvited(meeting)


def meeting_hour(usual: Sequence[time] = ()) -> Answer[time]:
    """An hour; "jam 3" is in the afternoon, because nobody meets at night."""
    either = hour(usual)

    def read(words: str) -> Reading[time]:
        found = either.read(words)
        if isinstance(found, Doubt):
            by_day = [one for one in found.values if QUIET_UNTIL <= one < QUIET_FROM]
            return Got(by_day[0]) if len(by_day) == 1 else found
        return found

    return replace(either, read=read)


def meeting_day(today: date) -> Answer[date]:
    """From today on."""
    ahead = day_ahead(today, most=FURTHEST)

    def read(words: str) -> Reading[date]:
        return Got(today) if words.strip().lower().startswith("hari ini") else ahead.read(words)

    return replace(ahead, read=read)


@dialogue(
    follows=MeetingInvited,
    to=lambda change, books: members_of(change.meeting.group, books),
    kind="question",
)
async def invited(turn: Turn) -> MeetingAnswered | None:
    """To every member."""
    return await will_she_come(turn, "invitation")


async def will_she_come(turn: Turn, key: str) -> MeetingAnswered | None:
    """Asked of a member about the meeting the facts name, once: what she says later is a change."""
    meeting = turn.books.meeting(turn.facts["group"], turn.facts["meeting"])
    me = _me(turn, meeting.group)
    if me is None:
        return None
    if meeting.called_off or meeting.day < turn.today:
        turn.say("called_off" if meeting.called_off else "over", **told(meeting))
        return None
    if me.number in meeting.coming:
        said = "comes" if meeting.coming[me.number] else "cannot_come"
        turn.say(said, offers=_CHANGE, **told(meeting))
        return None
    return await answer_for(turn, key, meeting, me)


async def answer_for(
    turn: Turn, key: str, meeting: Meeting, me: Member, said: str = ""
) -> MeetingAnswered:
    """Ask her whether she comes, unless she has ``said`` so."""
    comes = await ask(key, will_come(), already=said, **told(meeting))
    turn.say("see_you" if comes else "never_mind", offers=_CHANGE, **told(meeting))
    return MeetingAnswered(meeting, me, comes)


def _me(turn: Turn, group: int) -> Member | None:
    members = turn.books.members(group)
    return next((one for one in members if one.person.id == turn.me.id), None)


def _expected(change: MeetingNear, books: Books) -> Iterable[Person]:
    it = change.meeting
    if not it.invited:
        return books.mentors(it.group)
    unable = {
        books.member(it.group, number).person.id for number, yes in it.coming.items() if not yes
    }
    return [one for one in everybody(it.group, books) if one.id not in unable]


@dialogue(follows=MeetingNear, to=_expected, kind="question")
async def meeting_near(turn: Turn) -> MeetingAnswered | None:
    """The day before: to the mentors how many come, to members the day, and the question to the silent."""
    meeting = turn.books.meeting(turn.facts["group"], turn.facts["meeting"])
    me = _me(turn, meeting.group)
    if not meeting.invited:
        turn.say("tomorrow_not_invited", offers=("undang kegiatan",), **told(meeting))
        return None
    if me is None:
        count = _answers(meeting, comes=True)
        turn.say("tomorrow_for_mentor", count=count, offers=("kegiatan",), **told(meeting))
        return None
    if me.number in meeting.coming:
        turn.say("tomorrow", **told(meeting))
        return None
    return await will_she_come(turn, "tomorrow_asked")


@dialogue(says=("hadir",), keepers=True)
async def attendance(turn: Turn) -> MeetingHeld | None:
    """``hadir``: who was there, ticked by naming those who were not."""
    group = await led_group(turn)
    if group is None:
        return None
    meeting = await begun_meeting(turn, group)
    if meeting is None:
        return None
    members = turn.books.members(group.id)
    away = await ask("who_was_away", who_was_away(members), count=len(members), **told(meeting))
    attended = {one.number: away.get(one.number, Attendance.PRESENT) for one in members}
    for what in Attendance:
        names = [one for one in members if attended[one.number] is what]
        if names:
            turn.say(str(what), names=names, count=len(names))
    notes = await ask("notes", optional(text(LONGEST_NOTES)))
    turn.say("kept", topic=meeting.topic, offers=("hadir",))
    return MeetingHeld(meeting, attended, notes or "", turn.me)


async def begun_meeting(turn: Turn, group: Group) -> Meeting | None:
    """The newest meetings that have begun."""
    begun = [one for one in turn.books.meetings(group.id) if one.day <= turn.today]
    if not begun:
        turn.say("none_begun", group=group, offers=("kegiatan baru",))
        return None
    fresh = [one for one in begun if not one.held] or begun[-1:]
    return await which_meeting(fresh[-_MOST:], turn.opening)


async def which_meeting(some: Sequence[Meeting], opening: str) -> Meeting:
    """One of several by its topic; the only one without asking."""
    if len(some) == 1:
        return some[0]
    named = among(some, lambda one: one.topic[:20], lambda one: one.number)
    return await ask("which_meeting", named, already=opening)
