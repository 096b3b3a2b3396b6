"""The hour a message speaks of: `jam 7 malam`, `19.00`, `setengah 8 malam`."""

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bot.talk.understand.days import numbers_as_digits
from bot.talk.understand.tokens import bag, tidy

NOON = 12
_LAST_HOUR = 23
_LAST_MINUTE = 59
_HALF = 30
_QUARTER = 15


@dataclass(frozen=True)
class Clock:
    """A time of day: `time` is the best reading or None, `sure` says it may be acted on alone,
    `candidates` are what to offer, likeliest first.
    """

    time: dt.time | None
    sure: bool
    candidates: tuple[dt.time, ...]

    @property
    def hour(self) -> int | None:
        """The hour of the best reading, 0–23."""
        return self.time.hour if self.time else None

    @property
    def minute(self) -> int | None:
        """The minute of the best reading, 0–59."""
        return self.time.minute if self.time else None


NO_TIME = Clock(None, sure=False, candidates=())
"""No hour was spoken of."""

_PARTS: Final = {
    **dict.fromkeys(bag("pagi pgi esuk isuk subuh"), "pagi"),
    **dict.fromkeys(bag("siang siyang awan"), "siang"),
    **dict.fromkeys(bag("sore petang sre"), "sore"),
    **dict.fromkeys(bag("malam malem mlm mlem bengi"), "malam"),
    "dini": "dini",
}
_PART: Final = "|".join(_PARTS)
_MARK: Final = r"(?:jam|jm|pukul|pkl|pk)\.?\s*"
_SHIFT: Final = r"(?:\s*(?P<way>lewat|lebih|kurang|krg)\s*(?P<by>\d{1,2}|seperempat)(?:\s*menit)?)?"
_NUMBER_AFTER: Final = r"(?![\d]|[.,]\d|\s*(?:rb|ribu|rebu|k\b|jt|juta))"
_TIMES: Final = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?:{_MARK})?\b(?P<half>setengah|stgh|stengah|1/2)\s*(?P<h>\d{{1,2}})(?P<m>)(?P<way>)(?P<by>)(?!\d|\s*(?:jam|juta|jt|kg|kilo|hari|ribu|rb))(?:\s*(?P<part>{_PART})\b)?",
        rf"\b{_MARK}(?P<half>)(?P<h>\d{{1,2}})(?:[.:](?P<m>\d{{2}})|\s+(?P<m2>[1-5]\d)(?=\s*(?:{_PART}|wib|$)))?{_NUMBER_AFTER}{_SHIFT}(?:\s*wib)?(?:\s*(?P<part>{_PART})\b)?",
        rf"(?<![\d.,:/-])(?P<half>)(?P<h>[0-2]?\d)[.:](?P<m>[0-5]\d){_NUMBER_AFTER}(?P<way>)(?P<by>)(?:\s*wib)?(?:\s*(?P<part>{_PART})\b)?",
        rf"(?<![\d.,:/-])(?P<half>)(?P<h>\d{{1,2}})(?P<m>)(?P<way>)(?P<by>)\s*(?P<part>{_PART})\b",
    )
)
_PRAYERS: Final = (
    (re.compile(r"\bsubuh\b"), dt.time(5, 0)),
    (re.compile(r"\b(?:d?zuhur|dhuhur|lohor|luhur|tengah hari)\b"), dt.time(12, 30)),
    (re.compile(r"\b(?:ashar|asar|ashr)\b"), dt.time(16, 0)),
    (re.compile(r"\b(?:magh?rib|mahrib|magrip)\b"), dt.time(18, 30)),
    (re.compile(r"\b(?:isya|isak|isyak)\b"), dt.time(19, 30)),
)


def read_clock(text: str) -> Clock:
    """The hour anywhere in a message.

    An hour up to 12 without a part of the day is unsure, and both readings are offered.

    >>> read_clock("ingatkan jam 7 malam").time
    datetime.time(19, 0)
    """
    tidied = numbers_as_digits(tidy(text))
    left = tidied
    found: list[tuple[tuple[dt.time, ...], bool]] = []
    for pattern in _TIMES:
        for match in pattern.finditer(left):
            got = _time(match, _part_of(match, tidied))
            if got:
                found.append(got)
                left = left[: match.start()] + " " * len(match[0]) + left[match.end() :]
    if not found:
        prayers = tuple(time for pattern, time in _PRAYERS if pattern.search(tidied))
        return Clock(prayers[0], sure=False, candidates=prayers) if prayers else NO_TIME
    times = tuple(dict.fromkeys(time for got in found for time in got[0]))
    sure = all(got[1] for got in found) and len({got[0][0] for got in found}) == 1
    return Clock(times[0], sure=sure and not _RANGE.search(tidied), candidates=times[:3])


_RANGE: Final = re.compile(r"\d\s*(?:-|s/?d|sampai|sampe|atau|ato|apa)\s*(?:jam\s*)?\d")


def _part_of(match: re.Match[str], text: str) -> str | None:
    """The part of the day: beside the hour, else the only one named in the message."""
    if match["part"]:
        return _PARTS[match["part"]]
    named = {_PARTS[word] for word in re.findall(rf"\b(?:{_PART})\b", text)}
    return named.pop() if len(named) == 1 else None


def _time(match: re.Match[str], part: str | None) -> tuple[tuple[dt.time, ...], bool] | None:
    """The readings of one hour, likeliest first, and whether the first is certain."""
    groups = match.groupdict()
    hour, minute = int(groups["h"]), int(groups["m"] or groups.get("m2") or 0)
    if hour > _LAST_HOUR + 1 or minute > _LAST_MINUTE:
        return None
    written_full = groups["h"].startswith("0") or hour > NOON
    hours, sure = _hours(hour % 24, part, written_full=written_full)
    times = tuple(_shifted(one, minute, groups) for one in hours)
    return times, sure


def _shifted(hour: int, minute: int, groups: dict[str, str | None]) -> dt.time:
    """`setengah 8` is 7.30, `jam 8 kurang 10` is 7.50, `jam 8 lewat seperempat` is 8.15."""
    minutes = hour * 60 + minute
    if groups["half"]:
        minutes -= _HALF
    by = groups["by"]
    if by:
        amount = _QUARTER if by == "seperempat" else int(by)
        minutes += amount if groups["way"] in {"lewat", "lebih"} else -amount
    minutes %= 24 * 60
    return dt.time(minutes // 60, minutes % 60)


def _hours(hour: int, part: str | None, *, written_full: bool) -> tuple[tuple[int, ...], bool]:
    """The hours 0–23 an hour may be, given the part of the day it was said with."""
    if hour > NOON or (written_full and part is None):
        return (hour,), True
    if part in {"pagi", "dini"}:
        return (hour % NOON if part == "dini" else hour,), hour != NOON
    if part == "siang":
        return (hour if hour >= 9 else hour + NOON,), hour >= 9 or hour < 5  # noqa: PLR2004 - a noon hour
    if part == "sore":
        return ((hour % NOON) + NOON,), 1 <= hour <= 7  # noqa: PLR2004 - an afternoon hour
    if part == "malam":
        if hour == NOON:
            return (0,), True
        late = hour >= 5  # noqa: PLR2004 - 5 malam is in the evening, 2 malam after midnight
        return ((hour + NOON,), True) if late else ((hour, hour + NOON), False)
    if hour == 0:
        return (0,), written_full
    if hour == NOON:
        return (NOON, 0), False
    return (hour, hour + NOON), False
