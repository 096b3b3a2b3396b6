"""How long something takes: `2 jam`, `90 menit`, or from one hour of the day to another."""

from __future__ import annotations

import re
from datetime import time, timedelta
from itertools import product

from bot.talk.answers import Answer, Doubt, Got, Reading
from bot.talk.quantities import read_count
from bot.talk.understand import read_clock
from bot.talk.understand.days import numbers_as_digits
from bot.talk.understand.tokens import tidy

_MINUTES, _DAY = 60, 24 * 60
_LONGEST = 7 * _DAY

#: A bare number is hours up to here: hardly anybody works longer at a stretch.
_MOST_BARE = 16 * _MINUTES

_HALF = re.compile(r"\b(?:setengah|stengah|separuh|separo)\b|(?<![\d/])1/2(?![\d/])")
_PART = re.compile(r"(\d{1,6})(?:[.,](\d))?\s*(jam|jm|menit|mnt)?")
_UNIT = re.compile(r"(?:sejam|jam|jm|menit|mnt)(?![a-z])")
_FROM_TO = re.compile(r"\b(?:sampai|sampe|smpe?|hingga|s/?d|selesai(?= *(?:jam|pukul)))\b|-")
#: An hour of the day and no number of hours: "jam 6", but not "2 jam 30 menit".
_CLOCK = re.compile(r"(?<!\d)(?<!\d )\b(?:jam|jm|pukul|pkl)\b\.?\s*\d|\d[.:]\d\d\b")
_DAYS = re.compile(r"\d\s*(?:hari|hr|minggu|mgg|bulan|bln)\b|\bse(?:hari|minggu|bulan)")


def duration() -> Answer[int]:
    """How long, in minutes; a bare number is hours, and asked about when it is large."""

    def read(words: str) -> Reading[int]:
        match _how_long(words):
            case Got(value):
                return Got(value) if 0 < value <= _LONGEST else None
            case Doubt(values):
                fits = tuple(one for one in values if 0 < one <= _LONGEST)
                return Doubt(fits) if fits else None
        return None

    def recall(kept: str) -> Got[int] | None:
        return Got(int(kept)) if kept.isdecimal() else None

    return Answer(
        read, str, recall, shows=lambda minutes: timedelta(minutes=minutes), counted=False
    )


def _how_long(words: str) -> Reading[int]:
    said = numbers_as_digits(tidy(words.replace("½", " 1/2")))
    if _DAYS.search(said):
        return None
    ends = _FROM_TO.split(said)
    if len(ends) == 2:  # noqa: PLR2004 - from and to
        return _from_to(*ends)
    minutes = _minutes(said)
    if _CLOCK.search(said):  # it may be when she begins
        return Doubt((minutes,)) if len(_PART.findall(said)) == 1 else None
    if _UNIT.search(said) or minutes <= _MOST_BARE:
        return Got(minutes)
    return Doubt((minutes // _MINUTES, minutes))


def _from_to(first: str, last: str) -> Reading[int]:
    """What lies between two hours of the day; or one of two lengths, "2 sampai 3 jam"."""
    between, unit = _between(first, last), _UNIT.search(last)
    least, most = _minutes(first), _minutes(last)
    if _CLOCK.search(first) or _CLOCK.search(last) or not (least and most):
        return Got(between) if between else None
    if unit is None:
        return Doubt((between, least, most))
    if _UNIT.search(first) is None:
        least = _minutes(f"{first} {unit[0]}")
    return Doubt((least, most))


def _between(first: str, last: str) -> int:
    """The shortest time from one hour of the day to the next; 0 when one of them is none."""
    spans = (
        (end.hour - begin.hour) * _MINUTES + end.minute - begin.minute
        for begin, end in product(_hours(first), _hours(last))
    )
    return min((span % _DAY for span in spans if span % _DAY), default=0)


def _hours(words: str) -> tuple[time, ...]:
    """The hours of the day that may be meant; a bare number is one here."""
    said = words.strip()
    return read_clock(said if read_clock(said).candidates else f"jam {said}").candidates


def _minutes(words: str) -> int:
    """The minutes spoken of; 0 for none. A half is half an hour, wherever it stands."""
    said, halves = _HALF.subn(" ", words)
    said = numbers_as_digits(said)
    found = _PART.findall(said)
    minutes = _MINUTES // 2 if halves else 0
    for whole, tenth, unit in found:
        tenths = int(whole) * 10 + int(tenth or 0)
        minutes += tenths // 10 if unit.startswith("m") else tenths * _MINUTES // 10
    if found:
        return minutes
    number = read_count(said) or ("sejam" in said)
    return minutes + int(number) * (1 if "menit" in said else _MINUTES)
