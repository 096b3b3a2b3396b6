"""Turning what people write or press into what they meant."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from types import MappingProxyType
from typing import Any, Generic, TypeVar

from bot.domain.money import LARGEST, SMALLEST, Money
from bot.domain.people import Member, how_called
from bot.domain.privacy import HIDDEN
from bot.talk.understand import (
    bare_reply,
    does_not_know,
    match_name,
    read_amount,
    read_clock,
    read_day,
    read_pick,
    read_yes_no,
)

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: typed ``words``, a ``chosen`` button's value, or ``media`` with or without words."""

    words: str = ""
    chosen: str | None = None
    media: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: ``value`` is what it means; its label is ``shows``, or a text named by the value.

    With ``command`` it belongs to no question: pressing it is saying its value.
    """

    value: str
    shows: object = None
    command: bool = False


@dataclass(frozen=True, slots=True)
class Got(Generic[T]):
    """We are sure of it."""

    value: T


@dataclass(frozen=True, slots=True)
class Doubt(Generic[T]):
    """It could be one of these: she is asked which."""

    values: tuple[T, ...]


@dataclass(frozen=True, slots=True)
class Later:
    """She will answer another time."""


#: What became of her words; None: they were no answer.
Reading = Got[T] | Doubt[T] | Later | None


@dataclass(frozen=True, slots=True)
class Answer(Generic[T]):
    """A kind of answer.

    ``read`` understands typed words. ``keep`` and ``recall`` turn a value into the plain words a session and a button
    carry, and back (None: no longer an answer). ``free`` answers take any words, so only the
    exact name of another wish leaves them; ``counted`` ones may be chosen by number. ``sums`` are
    of money: an amount said to them is theirs, whatever else is said ("saya kasih 15 ribu bu").
    """

    read: Callable[[str], Reading[T]]
    keep: Callable[[T], str]
    recall: Callable[[str], Got[T] | None]
    choices: tuple[Choice, ...] = ()
    shows: Callable[[T], object] | None = None
    media: Callable[[Reply], T | None] | None = None
    free: bool = False
    counted: bool = True
    sums: bool = False

    def choice(self, value: T) -> Choice:
        """The button for one value."""
        return Choice(self.keep(value), self.shows(value) if self.shows else None)


def _sure_or_not(value: T | None, values: Sequence[T], *, sure: bool) -> Reading[T]:
    if value is not None and sure:
        return Got(value)
    return Doubt(tuple(values[:3])) if values else None


_WHOLE = re.compile(r"\b(?:se?mua|seluruh|sekalian)(?:nya|nye)?\b")


def money(usual: Sequence[Money] = (), whole: Money | None = None) -> Answer[Money]:
    """An amount of rupiah, her ``usual`` ones on buttons; what is not sure is asked again.

    "All of it" is ``whole``, where there is such a thing.
    """

    def read(words: str) -> Reading[Money]:
        amount = read_amount(words)
        if whole is not None and not amount.candidates and _WHOLE.search(words.lower()):
            return Got(whole)
        values = [Money(rupiah) for rupiah in amount.candidates if SMALLEST <= rupiah <= LARGEST]
        best = None if amount.rupiah is None else Money(amount.rupiah)
        fits = best is not None and SMALLEST <= best.rupiah <= LARGEST
        return _sure_or_not(best, values, sure=amount.sure and fits)

    def recall(kept: str) -> Got[Money] | None:
        fits = kept.isdecimal() and SMALLEST <= int(kept) <= LARGEST
        return Got(Money(int(kept))) if fits else None

    made = Answer(
        read,
        lambda value: str(value.rupiah),
        recall,
        shows=lambda value: value,
        counted=False,
        sums=True,
    )
    return _offering(made, usual)


#: A week and a day have one word; where a day is asked for it is the day.
_SUNDAY = re.compile(r"^\W*(?:hari )?(?:minggu|ahad)\W*$", re.IGNORECASE)


def _as_day(words: str) -> str:
    """The words, but for a bare "minggu", which answers which day."""
    return "hari minggu" if _SUNDAY.match(words) else words


def day_back(today: date, *, most: int) -> Answer[date]:
    """A day up to ``most`` days before ``today``."""

    def allowed(value: date | None) -> bool:
        return value is not None and today - timedelta(days=most) <= value <= today

    def read(words: str) -> Reading[date]:
        found = read_day(_as_day(words), today, looking="back")
        values = [value for value in found.candidates if allowed(value)]
        return _sure_or_not(found.date, values, sure=found.sure and allowed(found.date))

    made = Answer(read, date.isoformat, _iso_day, shows=lambda value: value, counted=False)
    return _offering(made, (today, today - timedelta(days=1)))


def day_ahead(today: date, *, most: int) -> Answer[date]:
    """A day from tomorrow on, up to ``most`` days after ``today``."""

    def read(words: str) -> Reading[date]:
        found = read_day(_as_day(words), today, looking="ahead")
        last = today + timedelta(days=most)
        values = [value for value in found.candidates if today < value <= last]
        fits = found.date is not None and today < found.date <= last
        return _sure_or_not(found.date, values, sure=found.sure and fits)

    return Answer(read, date.isoformat, _iso_day, shows=lambda value: value, counted=False)


def _iso_day(kept: str) -> Got[date] | None:
    try:
        return Got(date.fromisoformat(kept))
    except ValueError:
        return None


def hour(usual: Sequence[time] = ()) -> Answer[time]:
    """An hour of the day; a bare number is one where an hour is asked for."""

    def read(words: str) -> Reading[time]:
        found = read_clock(f"jam {words}" if words.strip().isdecimal() else words)
        return _sure_or_not(found.time, found.candidates, sure=found.sure)

    def recall(kept: str) -> Got[time] | None:
        try:
            return Got(time.fromisoformat(kept))
        except ValueError:
            return None

    made = Answer(
        read,
        lambda value: value.isoformat("minutes"),
        recall,
        shows=lambda value: value,
        counted=False,
    )
    return _offering(made, usual)


#: With so many words behind it, a word may be the beginning of something else.
_FEW = 3


def yes_or_no(
    yes: str = "yes", no: str = "no", *, also: Mapping[str, bool] = MappingProxyType({})
) -> Answer[bool]:
    """Yes or no, on buttons named by the texts ``yes`` and ``no``.

    ``also`` are words by which it is said here, alone or first among three at most: "hapus saja bu".
    """

    def read(words: str) -> Got[bool] | None:
        first, *more = words.lower().split() or [""]
        said = also.get(first.strip(".,!")) if len(more) < _FEW else None
        said = read_yes_no(words) if said is None else said
        return None if said is None else Got(said)

    def recall(kept: str) -> Got[bool] | None:
        return Got(kept == yes) if kept in (yes, no) else None

    return Answer(
        read, lambda value: yes if value else no, recall, choices=(Choice(yes), Choice(no))
    )


def one_of(names: Mapping[str, Sequence[str]]) -> Answer[str]:
    """One of some named choices, each with the words it may also be said in."""

    def read(words: str) -> Got[str] | None:
        said = words.strip().lower()
        return next(
            (Got(name) for name, ways in names.items() if said in (name.lower(), *ways)), None
        )

    return Answer(
        read,
        lambda value: value,
        lambda kept: Got(kept) if kept in names else None,
        choices=tuple(Choice(name) for name in names),
    )


def among(things: Sequence[T], named: Callable[[T], str], key: Callable[[T], object]) -> Answer[T]:
    """One of some ``things`` by name, tolerant of how it is written; several that fit are asked."""
    by_key = {str(key(thing)): Got(thing) for thing in things}

    def read(words: str) -> Reading[T]:
        fits = [things[index] for index in match_name(words, [named(thing) for thing in things])]
        return _sure_or_not(fits[0] if fits else None, fits, sure=len(fits) == 1)

    made: Answer[T] = Answer(read, lambda thing: str(key(thing)), by_key.get, shows=named)
    return _offering(made, things if len(things) <= MOST_BUTTONS else ())


#: More choices than this are asked for by name instead of being shown.
MOST_BUTTONS = 10


def member_of(members: Sequence[Member]) -> Answer[Member]:
    """One member of a group, by name."""
    return among(members, lambda member: member.called, lambda member: member.number)


def text(longest: int) -> Answer[str]:
    """Any words, up to ``longest`` signs, but "lewati" and a bare "ya" or "sudah", which name nothing."""

    def read(words: str) -> Got[str] | None:
        kept = " ".join(words.split())[:longest]
        return Got(kept) if kept and kept.lower() != SKIPPED and not bare_reply(kept) else None

    return Answer(read, str, Got, free=True)


def name(longest: int) -> Answer[str]:
    """Words in which somebody's name stands."""

    def read(words: str) -> Got[str] | None:
        kept = " ".join(words.split())[:longest]
        answers = bare_reply(kept) and read_yes_no(kept) is not None  # Amin is somebody's name
        return Got(kept) if HIDDEN not in kept and how_called(kept)[1] and not answers else None

    return replace(text(longest), read=read)


@dataclass(frozen=True, slots=True)
class Note:
    """Words with or without something sent along; ``media`` is what a channel can send again."""

    words: str
    media: str = ""


def anything(longest: int) -> Answer[Note]:
    """Words, a photo, a voice note: whatever she wants to tell a human."""

    def read(words: str) -> Got[Note] | None:
        kept = words.strip()[:longest]
        return Got(Note(kept)) if kept else None

    def recall(kept: str) -> Got[Note] | None:
        match kept_json(kept):
            case [str(words), str(media)]:
                return Got(Note(words, media))
        return None

    return Answer(
        read,
        lambda note: json.dumps([note.words, note.media]),
        recall,
        media=lambda reply: Note(reply.words.strip()[:longest], reply.media),
        free=True,
    )


def kept_json(kept: str) -> Any:
    """What was kept as JSON, or None where another kind of answer was kept before a change of ours."""
    try:
        return json.loads(kept)
    except ValueError:
        return None


SKIPPED = "lewati"
_SKIP_WORDS = {SKIPPED, "skip", "lewat", "lewatkan", "nanti", "nanti saja", "tidak ada", "-"}


def optional(
    answer: Answer[T], skip: str = SKIPPED, said: Collection[str] = _SKIP_WORDS
) -> Answer[T | None]:
    """The same, but she may leave it out, have nothing to tell, or not know: then it is None.

    ``skip`` names the button for that, ``said`` are the words for it.
    """
    skipped: Got[T | None] = Got(None)
    told = answer.free and answer.media is None  # in words of hers, and not for a human to read

    def read(words: str) -> Reading[T | None]:
        nothing = does_not_know(words) or (
            told and bare_reply(words) and read_yes_no(words) is False
        )
        left_out = words.strip().lower() in said or (said is _SKIP_WORDS and nothing)
        return skipped if left_out else _widened(answer.read(words))

    def recall(kept: str) -> Got[T | None] | None:
        if kept == skip:
            return skipped
        found = answer.recall(kept)
        return None if found is None else Got(found.value)

    return Answer(
        read,
        lambda value: skip if value is None else answer.keep(value),
        recall,
        choices=(*answer.choices, Choice(skip)),
        shows=lambda value: answer.shows(value) if answer.shows and value is not None else None,
        media=answer.media,
        free=answer.free,
        counted=answer.counted,
        sums=answer.sums,
    )


def photo() -> Answer[str]:
    """A photo, as a channel can send it again."""
    return Answer(
        lambda _: None,
        str,
        Got,
        media=lambda reply: reply.media if reply.media.startswith("photo") else None,
        free=True,
    )


def _widened(reading: Reading[T]) -> Reading[T | None]:
    match reading:
        case Got(value):
            return Got(value)
        case Doubt(values):
            return Doubt(values)
    return None


def pick(answer: Answer[T], words: str, offered: Sequence[str]) -> Got[T] | None:
    """What she chose by place ("yang pertama", "2") among the values shown, if she did."""
    if not answer.counted or answer.free:
        return None
    index = read_pick(words, len(offered))
    return None if index is None else answer.recall(offered[index])


def _offering(answer: Answer[T], values: Sequence[T]) -> Answer[T]:
    return replace(answer, choices=tuple(dict.fromkeys(answer.choice(value) for value in values)))
