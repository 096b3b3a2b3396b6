"""What a mentor sets for her whole group: days without reminders, and the hours in which we are quiet."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, time, timedelta

from bot.domain.habit_changes import GroupRestEnded, GroupRestSet, QuietSet
from bot.domain.habits import GroupRest, Quiet
from bot.domain.hijri import lebaran
from bot.domain.people import Group
from bot.talk import Turn, among, ask, day_ahead, dialogue, hour, optional, text
from bot.talk.answers import Answer, Doubt, Got, Reading
from handlers.who import led_group

#: How far ahead a rest may be set, how long it may be in days, and how many may stand ahead.
_AHEAD, _LONGEST, _MOST = 400, 31, 40
_LONGEST_NAME = 40
_LEBARAN = "Lebaran"

#: Stands between two hours.
_UNTIL = re.compile(r"\s*(?:sampai|sampe|hingga|s\.?/?d\.?|[-–])\s*(?=\S)", re.IGNORECASE)

#: Evenings at which quiet may begin, and mornings at which it may end.
_EVENINGS, _MORNINGS = (time(18), time(22)), (time(5), time(9))


@dialogue(says=("hari libur kelompok", "libur kelompok"), keepers=True)
async def group_rest(turn: Turn) -> GroupRestSet | None:
    """``hari libur kelompok``: what stands ahead, and one more; Lebaran by one tap."""
    group = await led_group(turn)
    if group is None:
        return None
    ahead = turn.books.group_rests_from(group, turn.today)
    if ahead:
        turn.say("ahead", rows=[{"rest": _in_words(turn, one)} for one in ahead])
        turn.say("take_off")
    if len(ahead) >= _MOST:
        turn.say("enough", offers=("hapus libur kelompok",))
        return None
    feast = lebaran(turn.today + timedelta(days=2))
    known = any(one.first == feast[0] for one in ahead)
    answer = _day_or_lebaran(turn.today, feast[0], known=known)
    first = await ask("first", answer, already=turn.opening)
    if first == feast[0]:
        last, name = feast[1], _LEBARAN
    else:
        last = await _last(first)
        given = await ask("name", optional(text(_LONGEST_NAME)))
        name = given or ""
    turn.say("set_day" if first == last else "set_days", group=group, first=first, last=last)
    return GroupRestSet(group, first, last, name)


async def _last(first: date) -> date:
    until = await ask("last", optional(day_ahead(first, most=_LONGEST)), first=first)
    return until or first


def _day_or_lebaran(today: date, feast: date, *, known: bool) -> Answer[date]:
    """A day ahead, or the eve of the next Lebaran by its name."""
    answer = day_ahead(today, most=_AHEAD)

    def read(words: str) -> Reading[date]:
        return Got(feast) if _LEBARAN.lower() in words.lower() else answer.read(words)

    named = replace(answer, read=read, shows=lambda day: _LEBARAN if day == feast else day)
    return named if known else replace(named, choices=(named.choice(feast),))


def _in_words(turn: Turn, one: GroupRest) -> str:
    key = "one_day" if one.first == one.last else "some_days"
    days = turn.wording(key, first=one.first, last=one.last)
    return turn.wording("with_name", name=one.name, days=days) if one.name else days


@dialogue(says=("hapus libur kelompok",), keepers=True)
async def group_works(turn: Turn) -> GroupRestEnded | None:
    """One of them is taken off the list."""
    group = await led_group(turn)
    if group is None:
        return None
    ahead = turn.books.group_rests_from(group, turn.today)
    if not ahead:
        turn.say("none_ahead", group=group)
        return None

    def named(one: GroupRest) -> str:
        return one.name or turn.wording("one_day", first=one.first)

    chosen = await ask("which", among(ahead, named, lambda one: one.first.isoformat()))
    turn.say("taken_off", group=group, first=chosen.first)
    return GroupRestEnded(group, chosen.first)


@dialogue(says=("jam tenang",), keepers=True)
async def quiet_hours(turn: Turn) -> QuietSet | None:
    """``jam tenang``: from which evening hour to which morning hour nothing but answers goes out."""
    group = await led_group(turn)
    if group is None:
        return None
    turn.say("now", group=group, begins=group.quiet.begins, ends=group.quiet.ends)
    evening, morning = _EVENINGS, _MORNINGS
    begins, ends = await ask("begins", _span(), earliest=evening[0], latest=evening[1])
    if ends is None:
        ends = await ask("ends", _between(*morning), earliest=morning[0], latest=morning[1])
    quiet = Quiet(begins, ends)
    turn.say("kept", group=group, begins=begins, ends=ends)
    _who_is_inside(turn, group, quiet)
    return QuietSet(group, quiet)


def _who_is_inside(turn: Turn, group: Group, quiet: Quiet) -> None:
    """Members whose hour is now one of quiet hear no reminder until they choose another."""
    inside = [
        one
        for one in turn.books.members(group.id)
        if one.remind_at is not None and quiet.holds(one.remind_at)
    ]
    if inside:
        turn.say("inside", members=inside)


def _span() -> Answer[tuple[time, time | None]]:
    """The evening hour, and the morning hour when she says both: "21 sampai 5"."""
    evening, morning = _between(*_EVENINGS), _between(*_MORNINGS)

    def read(words: str) -> Reading[tuple[time, time | None]]:
        first, *rest = _UNTIL.split(words.strip(), maxsplit=1)
        begins = evening.read(first)
        ends = morning.read(rest[0]) if rest else None
        if not isinstance(begins, Got) or (rest and not isinstance(ends, Got)):
            return None
        return Got((begins.value, ends.value if isinstance(ends, Got) else None))

    def keep(span: tuple[time, time | None]) -> str:
        return "-".join(one.isoformat("minutes") for one in span if one is not None)

    def recall(kept: str) -> Got[tuple[time, time | None]] | None:
        begins, _, ends = kept.partition("-")
        first, last = evening.recall(begins), morning.recall(ends)
        return Got((first.value, last.value if last else None)) if first else None

    made = Answer(read, keep, recall, shows=lambda span: span[0], counted=False)
    return replace(made, choices=tuple(made.choice((one, None)) for one in _EVENINGS))


def _between(earliest: time, latest: time) -> Answer[time]:
    """An hour within these; half past counts, a doubt within them too."""
    answer = hour((earliest, latest))
    fits: Callable[[time], bool] = lambda clock: earliest <= clock <= latest  # noqa: E731

    def read(words: str) -> Reading[time]:
        match answer.read(words):
            case Got(value):
                return Got(value) if fits(value) else None
            case Doubt(values):
                fitting = [one for one in values if fits(one)]
                return Got(fitting[0]) if len(fitting) == 1 else None
        return None

    return replace(answer, read=read)
