"""A day off, days off, or the same days every week: no reminder then, and nobody asks why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.habit_changes import HabitChanged
from bot.domain.habits import Habit, as_bits, from_bits
from bot.domain.people import Member
from bot.talk import Instead, Turn, ask, dialogue
from bot.talk.answers import Answer, Choice, Got
from bot.talk.quantities import read_count
from bot.talk.understand import read_amount, read_day
from handlers.who import membership

#: Days of the longest rest that can be said at once.
_LONGEST = 92

_WEEKDAYS = ("senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "minggu")
_EVERY = re.compile(r"\b(?:se)?tiap\b")
_SO_MANY = re.compile(r"\b(\w+) (hari|minggu)\b(?! (?:lagi|ini|depan))")
_THIS_WEEK, _A_WEEK = re.compile(r"\bminggu ini\b"), re.compile(r"\bseminggu(?:an)?\b")
#: A rest begins today; one that begins later cannot be kept, so she is asked until when.
_NEXT_WEEK = re.compile(r"(?<!sampai )(?<!sampe )(?<!hingga )\bminggu depan\b")
_AROUND = re.compile(r"\b(?:libur|sampai|sampe|hingga|saya|mau|dulu|ya|bu|hari)\b")
_A_DAY = re.compile(rf"^({'|'.join(_WEEKDAYS)})$")
_TODAY = re.compile(r"\bhari ini\b")


@dataclass(frozen=True, slots=True)
class _Rest:
    """``until`` a day, or on the same weekdays (``days``) every week; or she told of ``money`` instead."""

    until: date | None = None
    days: frozenset[int] = frozenset()
    money: str = ""


@dialogue(wishes=("izin_libur",), says=("libur",))
async def rest(turn: Turn) -> HabitChanged | Instead | None:
    """``libur hari ini``, ``libur 3 hari``, ``libur sampai Senin``, ``libur setiap Jumat``."""
    me = await membership(turn)
    if me is None:
        return None
    chosen = await ask("how_long", _resting(turn.today, turn.opening), already=turn.opening)
    if chosen.money:
        return Instead("", chosen.money)
    if chosen.days:
        names = [_WEEKDAYS[day].capitalize() for day in sorted(chosen.days)]
        turn.say("every_week", days=names, offers=("masuk lagi",))
        return _with(me, replace(me.habit, rest_days=chosen.days))
    key = "today" if chosen.until == turn.today else "until"
    turn.say(key, until=chosen.until, offers=("masuk lagi",))
    return _with(me, replace(me.habit, rest_until=chosen.until))


@dialogue(says=("masuk lagi", "selesai libur"))
async def back_again(turn: Turn) -> HabitChanged | None:
    """Her rest is over, and so are her fixed days of rest."""
    me = await membership(turn)
    if me is None:
        return None
    turn.say("welcome_back", offers=("setor",))
    return _with(me, replace(me.habit, rest_until=None, rest_days=frozenset()))


def _with(me: Member, habit: Habit) -> HabitChanged:
    return HabitChanged(replace(me, habit=habit))


def _resting(today: date, opening: str) -> Answer[_Rest]:
    """How long she rests, from today on; an amount, where she was asked, is no answer to that."""

    def read(words: str) -> Got[_Rest] | None:
        if words != opening and len(read_amount(words).candidates) == 1:
            return Got(_Rest(money=words))
        return _read(words.lower(), today)

    def keep(value: _Rest) -> str:
        return value.money or (str(as_bits(value.days)) if value.days else str(value.until))

    offered = (today, today + timedelta(days=2), today + timedelta(days=6))
    return Answer(
        read,
        keep,
        _recall,
        choices=tuple(Choice(str(day), day) for day in offered),
        shows=lambda value: value.until or [_WEEKDAYS[day] for day in sorted(value.days)],
        counted=False,
    )


def _read(words: str, today: date) -> Got[_Rest] | None:
    if _EVERY.search(words):
        days = frozenset(number for number, name in enumerate(_WEEKDAYS) if name in words)
        return Got(_Rest(days=days)) if 0 < len(days) < len(_WEEKDAYS) else None
    if _TODAY.search(words):
        return Got(_Rest(today))
    if _NEXT_WEEK.search(words):
        return None
    if many := _so_many(words, today):
        return _until([today + timedelta(days=many - 1)], today)
    spoken = _A_DAY.sub(r"hari \1", " ".join(_AROUND.sub(" ", words).split()))
    found_day = read_day(spoken, today, looking="ahead")
    days_meant = [found_day.date] if found_day.date else []
    return _until([day for day in (*days_meant, *found_day.candidates) if day > today], today)


def _so_many(words: str, today: date) -> int:
    """How many days she rests, with today; 0 where the words count none."""
    if _THIS_WEEK.search(words):
        return 7 - today.weekday()
    if _A_WEEK.search(words):
        return 7
    found = _SO_MANY.search(words)
    count = read_count(found[1]) if found else None
    return (count or 0) * (7 if found and found[2] == "minggu" else 1)


def _until(days: Sequence[date], today: date) -> Got[_Rest] | None:
    """The first that can be a rest; she reads until when, and can say *masuk lagi*."""
    fits = [day for day in days if 0 <= (day - today).days <= _LONGEST]
    return Got(_Rest(fits[0])) if fits else None


def _recall(kept: str) -> Got[_Rest] | None:
    if kept.isdecimal():
        return Got(_Rest(days=from_bits(int(kept))))
    try:
        return Got(_Rest(date.fromisoformat(kept)))
    except ValueError:
        return None
