"""Reading who comes, who was there ("Sari, Ani dan Tuti"), who not ("izin Sari, tidak hadir Tuti")."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from bot.domain.meetings import Attendance
from bot.domain.people import Member
from bot.talk.answers import Answer, Choice, Got, Reading, yes_or_no
from bot.talk.knowledge import asks
from bot.talk.understand import match_name, tokens
from bot.talk.understand.shorthand import plain

#: The buttons for nobody being away, and for everybody being there.
ALL_THERE, EVERYBODY = "all_there", "semua"

_NOBODY = {"semua hadir", "hadir semua", "semua", "lengkap", "tidak ada", "hadir"}
_WHY = re.compile(
    r"\b(?:(?P<excused>izin|ijin|sakit)|(?P<absent>tidak hadir|tanpa kabar|tidak datang|tidak|absen|alpa))\b"
)
_BETWEEN = re.compile(r"[,;:/\n&+]|\b(?:dan|dn|sama|serta|dengan|dgn)\b", re.IGNORECASE)

_GOD_WILLING = re.compile(r"\bin(?:syaa?|shaa?|s)[ -]?'?all?[ao]h?\b", re.IGNORECASE)
# These look at words in one spelling each: "gak", "ora" and "ndak" are "tidak".
_UNHINDERED = re.compile(r"\b(?:kalau )?(?:tidak|tanpa) (?:ada )?(?:ber)?halangan\b")
_GO = r"\b(?:datang|dateng|dtg|hadir|ikut|teko|rawuh|sumping|(?:di)?usaha(?:kan|in))\b"
_COMES = re.compile(_GO)
_CANNOT = re.compile(
    rf"\b(?:tidak|belum|batal|moal|teu|henteu) (?:\w+ ){{0,2}}(?:{_GO}|\b(?:kumpul|bisa|jadi|sempat|saged|tiasa)\b)"
    r"|\b(?:gajadi|absen|izin|(?:ber)?halangan)\b"
)
_PERHAPS = re.compile(r"\b(?:belum|tidak) (?:tahu|tau|tentu|pasti|yakin)\b")

Away = Mapping[int, Attendance]


def will_come() -> Answer[bool]:
    """Whether she comes; "insyaallah" is a yes, unless she says that she cannot."""
    yes_no = yes_or_no("coming", "cannot")

    def read(words: str) -> Reading[bool]:
        willing = _GOD_WILLING.sub(" ", words)
        said = " ".join(plain(word) for word in tokens.words(willing))
        rest = _UNHINDERED.sub(" ", said)
        if asks(words) or _PERHAPS.search(rest):
            return None
        if _CANNOT.search(rest):
            return Got(value=False)
        hopes = willing != words or rest != said or _COMES.search(rest) is not None
        return yes_no.read(willing if rest == said else rest) or (
            Got(value=True) if hopes else None
        )

    return replace(yes_no, read=read)


def speaks_of_coming(words: str) -> bool:
    """Whether words say that she comes or not, and not only yes or no."""
    goes = _COMES.search(" ".join(plain(word) for word in tokens.words(words)))
    return goes is not None and will_come().read(words) is not None


def who_was_away(members: Sequence[Member]) -> Answer[Away]:
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


def who_came(members: Sequence[Member]) -> Answer[tuple[Member, ...]]:
    """Who was there: some members by their names, in one line or several, or all of them."""
    called, by_number = [one.called for one in members], {str(one.number): one for one in members}

    def read(words: str) -> Got[tuple[Member, ...]] | None:
        if words.strip().lower() in (EVERYBODY, "semuanya", "semua hadir"):
            return Got(tuple(members))
        fits = [match_name(name, called) for name in _names(words)]
        if not fits or any(len(one) != 1 for one in fits):
            return None
        return Got(tuple(dict.fromkeys(members[one[0]] for one in fits)))

    def keep(some: Sequence[Member]) -> str:
        return ",".join(str(one.number) for one in some)

    def recall(kept: str) -> Got[tuple[Member, ...]] | None:
        if kept == EVERYBODY:
            return Got(tuple(members))
        numbers = kept.split(",")
        known = all(one in by_number for one in numbers)
        return Got(tuple(by_number[one] for one in numbers)) if known else None

    return Answer(read, keep, recall, choices=(Choice(EVERYBODY),), counted=False, free=True)


def _names(words: str) -> list[str]:
    """Names apart: at commas, ends of lines, "dan" and "sama"."""
    return [name for part in _BETWEEN.split(words) if (name := part.strip(" ."))]


def _named(plain: str) -> Iterator[tuple[Attendance, str]]:
    """Every name with the reason that stands before it; a name without one is nobody's."""
    reasons = list(_WHY.finditer(plain))
    ends = [*(one.start() for one in reasons[1:]), len(plain)]
    for why, end in zip(reasons, ends, strict=True):
        what = Attendance.EXCUSED if why["excused"] else Attendance.ABSENT
        yield from ((what, name) for name in _names(plain[why.end() : end]))
