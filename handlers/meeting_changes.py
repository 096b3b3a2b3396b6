"""A planned meeting that changes: another day, another place, called off, or another answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from bot.domain.books import Books
from bot.domain.meetings import (
    LONGEST_PLACE,
    Meeting,
    MeetingAnswered,
    MeetingCalledOff,
    MeetingMoved,
)
from bot.domain.people import Member, Person
from bot.talk import Instead, Turn, ask, dialogue, one_of, text, yes_or_no
from handlers.attendance import speaks_of_coming
from handlers.meetings import (
    answer_for,
    coming_meetings,
    meeting_day,
    meeting_hour,
    told,
    which_meeting,
    will_she_come,
)
from handlers.who import led_group, members_of, membership

#: What may change, with the words for it.
_CHANGES = {
    "time": ("hari", "jam", "hari dan jam", "tanggal", "waktu"),
    "place": ("tempat", "lokasi"),
    "off": ("batal", "batalkan", "tidak jadi"),
}


@dialogue(says=("ubah kegiatan", "pindah kegiatan"), keepers=True)
async def change_meeting(turn: Turn) -> MeetingMoved | Instead | None:
    """``ubah kegiatan``: when or where it is, or that it is not."""
    meeting = await _one_ahead(turn)
    if meeting is None:
        return None
    what = await ask("what", one_of(_CHANGES), **told(meeting))
    if what == "off":
        return Instead("", f"batal kegiatan {meeting.topic}")
    day, at, place = meeting.day, meeting.at, meeting.place
    if what == "place":
        place = await ask("place", text(LONGEST_PLACE))
    else:
        days = meeting_day(turn.today)
        day = await ask("day", replace(days, choices=(days.choice(day),)))
        at = await ask("at", meeting_hour((at,)), day=day)
    if (day, at, place) == (meeting.day, meeting.at, meeting.place):
        turn.say("as_it_was", **told(meeting))
        return None
    facts: dict[str, Any] = {"topic": meeting.topic, "day": day, "at": at, "place": place}
    if not await ask("tell" if meeting.invited else "keep", yes_or_no("do", "do_not"), **facts):
        turn.say("as_it_was", **told(meeting))
        return None
    turn.say("told" if meeting.invited else "kept", offers=("kegiatan",))
    return MeetingMoved(meeting, day, at, place)


@dialogue(says=("batal kegiatan", "batalkan kegiatan"), keepers=True)
async def call_off_meeting(turn: Turn) -> MeetingCalledOff | None:
    """``batal kegiatan``: everybody who was invited hears of it."""
    meeting = await _one_ahead(turn)
    if meeting is None:
        return None
    question = "tell" if meeting.invited else "keep"
    if not await ask(question, yes_or_no("do", "do_not"), **told(meeting)):
        turn.say("as_it_was", **told(meeting))
        return None
    turn.say("told" if meeting.invited else "kept", topic=meeting.topic, offers=("kegiatan baru",))
    return MeetingCalledOff(meeting)


async def _one_ahead(turn: Turn) -> Meeting | None:
    """The meeting a mentor means, of those that are still to come."""
    group = await led_group(turn)
    if group is None:
        return None
    coming = coming_meetings(turn, group)
    if not coming:
        turn.say("none", group=group, offers=("kegiatan baru",))
        return None
    return await which_meeting(coming, turn.opening)


def _invited(change: MeetingMoved | MeetingCalledOff, books: Books) -> Iterable[Person]:
    return members_of(change.meeting.group, books) if change.meeting.invited else ()


@dialogue(follows=MeetingMoved, to=_invited, kind="question")
async def meeting_moved(turn: Turn) -> MeetingAnswered | None:
    """To every member who was invited: what it is now, and whether she can come then."""
    return await will_she_come(turn, "moved")


@dialogue(follows=MeetingCalledOff, to=_invited)
async def meeting_called_off(turn: Turn) -> None:
    """To every member who was invited."""
    meeting = turn.books.meeting(turn.facts["group"], turn.facts["meeting"])
    turn.say("called_off", **told(meeting))


@dialogue(says=("jawab undangan",))
async def answer_invitation(turn: Turn) -> MeetingAnswered | None:
    """``jawab undangan``: a member answers late, or otherwise than before."""
    me = await membership(turn)
    if me is None:
        return None
    invited = _invitations(turn, me)
    if not invited:
        turn.say("none", group=turn.books.group(me.group))
        return None
    meeting = await which_meeting(invited, turn.opening)
    return await answer_for(turn, "invitation", meeting, me, turn.opening)


def answers_invitation(turn: Turn, words: str) -> bool:
    """Whether a member's words can only be about a meeting she is invited to."""
    mine = turn.books.memberships(turn.me)
    return speaks_of_coming(words) and any(_invitations(turn, me) for me in mine)


def _invitations(turn: Turn, me: Member) -> Sequence[Meeting]:
    coming = coming_meetings(turn, turn.books.group(me.group))
    return [one for one in coming if one.invited]
