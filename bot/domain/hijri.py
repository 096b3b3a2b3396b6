"""The Islamic months, by the tabular calendar: close, and a day off where the moon is sighted later.

What the ministry has announced (``_ANNOUNCED``) goes before the reckoning; a group's own list of
days goes before both.
"""

from __future__ import annotations

from datetime import date, timedelta

#: First days as Indonesia's ministry of religious affairs announced them: Ramadan, Idulfitri.
_ANNOUNCED = {
    1446: (date(2025, 3, 1), date(2025, 3, 31)),
    1447: (date(2026, 2, 19), date(2026, 3, 21)),
}

RAMADAN, SYAWAL = 9, 10

#: Day 1 of month 1 of year 1 (16 July 622, Julian), as the calendar of ``date`` counts.
_EPOCH = 227015


def first_of(year: int, month: int) -> date:
    """The first day of a month of a Hijri year, by the tabular calendar of thirty years."""
    leap_days = (3 + 11 * year) // 30
    months = -(-59 * (month - 1) // 2)  # 30 and 29 days in turn: 29.5 a month, rounded up
    return date.fromordinal(_EPOCH + (year - 1) * 354 + leap_days + months)


def year_of(day: date) -> int:
    """The Hijri year a day belongs to."""
    year = (day.toordinal() - _EPOCH) * 30 // 10631 + 1
    while first_of(year + 1, 1) <= day:
        year += 1
    while first_of(year, 1) > day:
        year -= 1
    return year


def ramadan(year: int) -> tuple[date, date]:
    """The first day of Ramadan of a Hijri year, and Idulfitri, the day after its last."""
    return _ANNOUNCED.get(year) or (first_of(year, RAMADAN), first_of(year, SYAWAL))


def in_ramadan(day: date) -> bool:
    """Whether a day is in Ramadan."""
    first, idulfitri = ramadan(year_of(day))
    return first <= day < idulfitri


def lebaran(day: date) -> tuple[date, date]:
    """The next Lebaran from ``day`` on, as the days most people are away: the eve to the fifth day."""
    for year in (year_of(day), year_of(day) + 1):
        idulfitri = ramadan(year)[1]
        last = idulfitri + timedelta(days=4)
        if last >= day:
            return idulfitri - timedelta(days=1), last
    raise AssertionError("one of two years holds the next Lebaran")
