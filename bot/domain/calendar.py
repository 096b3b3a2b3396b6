"""Instants are UTC; days and hours belong to the group's own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo


class Zone(StrEnum):
    """The three time zones of Indonesia, by the short name everybody uses."""

    WIB = "WIB"
    WITA = "WITA"
    WIT = "WIT"

    @property
    def tz(self) -> ZoneInfo:
        """The IANA zone; Indonesia keeps no summer time."""
        return ZoneInfo(_IANA[self])


_IANA = {Zone.WIB: "Asia/Jakarta", Zone.WITA: "Asia/Makassar", Zone.WIT: "Asia/Jayapura"}

#: Nothing but answers goes out from the first of these local hours to the second.
QUIET_FROM, QUIET_UNTIL = time(21, 0), time(6, 30)


def local(instant: datetime, zone: Zone) -> datetime:
    """The same ``instant`` (aware) on a clock in ``zone``."""
    return instant.astimezone(zone.tz)


def local_day(instant: datetime, zone: Zone) -> date:
    """The day it is in ``zone`` at ``instant`` (aware)."""
    return local(instant, zone).date()


def in_daytime(instant: datetime, zone: Zone) -> datetime:
    """``instant`` (aware), or the end of the quiet hours it falls into; in UTC."""
    here = local(instant, zone)
    if here.time() >= QUIET_FROM:
        here = datetime.combine(here.date() + timedelta(days=1), QUIET_UNTIL, zone.tz)
    elif here.time() < QUIET_UNTIL:
        here = datetime.combine(here.date(), QUIET_UNTIL, zone.tz)
    return here.astimezone(UTC)
