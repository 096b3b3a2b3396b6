"""Reading who was away: "izin Sari dan Ani, tidak hadir Tuti"; the others were there."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from bot.domain.meetings import Attendance
from bot.domain.people import Member
from bot.talk.answers import Answer, Choice, Got
from bot.talk.understand import match_name

#: The button for nobody being away.
ALL_THERE = "all_there"

_NOBODY = {"semua hadir", "hadir semua", "semua", "lengkap", "tidak ada", "hadir"}
_WHY = re.compile(
    r"\b(?:(?P<excused>izin|ijin|sakit)|(?P<absent>tidak hadir|tanpa kabar|tidak datang|tidak|absen|alpa))\b"
)
_BETWEEN = re.compile(r"[,;:\n]|\bdan\b|&")

Away = Mapping[int, Attendance]


def marks(members: Sequence[Member]) -> Answer[Away]:
    """Who was away and why, by number."""
    called = [one.called for one in members]

    def read(words: str) -> Got[Away] | None:
        plain = words.lower().strip(" .")
        if plain in _NOBODY:
            return Got({})
        if not _WHY.match(plain):
            return None
        found: dict[int, Attendance] = {}
        for what, name in _named(plain):
            fits = match_name(name, called)
            if len(fits) != 1:
                return None
            found[members[fits[0]].number] = what
        return Got(found) if found else None

    def keep(away: Away) -> str:
        return json.dumps({number: str(what) for number, what in away.items()})

    def recall(kept: str) -> Got[Away] | None:
        if kept == ALL_THERE:
            return Got({})
        try:
            return Got({int(one): Attendance(what) for one, what in json.loads(kept).items()})
        except (ValueError, AttributeError):
            return None

    return Answer(read, keep, recall, choices=(Choice(ALL_THERE),), counted=False)


def _named(plain: str) -> Iterator[tuple[Attendance, str]]:
    """Every name with the reason that stands before it; a name without one is nobody's."""
    reasons = list(_WHY.finditer(plain))
    ends = [*(one.start() for one in reasons[1:]), len(plain)]
    for why, end in zip(reasons, ends, strict=True):
        what = Attendance.EXCUSED if why["excused"] else Attendance.ABSENT
        names = _BETWEEN.split(plain[why.end() : end])
        yield from ((what, name.strip(" .")) for name in names if name.strip(" ."))
