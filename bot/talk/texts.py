"""The words: a TOML file per conversation and language, with facts put in as people write them.

A file that begins with ``like = "pay"`` says what that conversation says, but for its own texts.
The code knows texts only by name. A text may use the facts it is given and ``{ibu}``, which is
"you" as she wants it. ``{amount:kata}`` spells money out, ``{day:tahun}`` adds the year,
``{day:hari}`` is the weekday alone, and ``{names:atau}`` joins a list with that word instead of "dan".
"""

from __future__ import annotations

import string
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from babel.dates import format_date
from babel.numbers import format_decimal
from babel.units import format_unit
from num2words import num2words

from bot.domain.calendar import Zone, local
from bot.domain.money import Money
from bot.domain.people import Group, Member, Person
from bot.talk.answers import Choice
from bot.talk.dialogue import Line

#: Other ways to write a day: with its year, or only which day of the week it is.
_DAYS = {"tahun": "EEEE, d MMMM y", "hari": "EEEE"}

#: Looked into when a conversation has no text of that name.
COMMON = "common"

#: Names, at the head of a file, the conversation whose words it says.
_LIKE = "like"


class NoSuchText(KeyError):
    """A conversation says something its texts do not have."""


@dataclass(frozen=True, slots=True)
class Said:
    """Lines in words: the text of a bubble, and the labelled choices under it."""

    text: str
    choices: tuple[tuple[str, Choice], ...] = ()
    qr: str = ""
    media: str = ""


class Ours(str):
    """Words of our own among the facts: their *bold* is kept."""

    __slots__ = ()


class Texts:
    """All texts of one language, read once from ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.language = folder.name
        written = {
            file.stem: _flat(tomllib.loads(file.read_text("utf-8")))
            for file in sorted(folder.glob("*.toml"))
        }
        self._texts = {name: _whole(name, written) for name in written}

    def conversations(self) -> Mapping[str, Mapping[str, str]]:
        """Every text by conversation and name, for checks."""
        return self._texts

    def of(self, dialogue: str, key: str) -> str:
        """The text ``key`` of a conversation, as written. Raises NoSuchText.

        ``unclear.x`` and ``doubt.x`` fall back to the common ``unclear`` and ``doubt``.
        """
        general = key.split(".", maxsplit=1)[0] if key.startswith(("unclear.", "doubt.")) else key
        for place, name in ((dialogue, key), (COMMON, key), (COMMON, general)):
            found = self._texts.get(place, {}).get(name)
            if found is not None:
                return found
        raise NoSuchText(f"{self.language}/{dialogue}: {key}")

    def say(self, dialogue: str, key: str, *, you: str, zone: Zone, **facts: object) -> str:
        """One text with its facts put in. Raises NoSuchText, KeyError for a missing fact."""
        return _Formatter(self.language, zone).vformat(
            self.of(dialogue, key), (), {**facts, "ibu": you}
        )

    def label(self, dialogue: str, choice: Choice, *, you: str, zone: Zone) -> str:
        """What stands on a button."""
        if choice.shows is None:
            name = choice.value.rstrip(" 0123456789") if choice.command else choice.value
            return self.say(dialogue, f"buttons.{name}", you=you, zone=zone)
        return _Formatter(self.language, zone).format_field(choice.shows, "")

    def bubble(self, dialogue: str, lines: Iterable[Line], *, you: str, zone: Zone) -> Said:
        """Everything said in one turn as one text; the choices are those of the last that has any."""
        paragraphs: list[str] = []
        choices: tuple[tuple[str, Choice], ...] = ()
        qr = media = ""
        for line in lines:
            if line.rows is None:
                paragraphs.append(self.say(dialogue, line.key, you=you, zone=zone, **line.facts))
            else:
                rows = (
                    self.say(dialogue, line.key, you=you, zone=zone, **row) for row in line.rows
                )
                paragraphs.append("\n".join(rows))
            if line.choices:
                choices = tuple(
                    (self.label(dialogue, choice, you=you, zone=zone), choice)
                    for choice in line.choices
                )
            qr, media = line.qr or qr, line.media or media
        return Said("\n\n".join(part for part in paragraphs if part), choices, qr, media)


def _flat(raw: Mapping[str, Any], prefix: str = "") -> dict[str, str]:
    flat: dict[str, str] = {}
    for name, value in raw.items():
        if isinstance(value, Mapping):
            flat |= _flat(value, f"{prefix}{name}.")
        else:
            flat[f"{prefix}{name}"] = str(value).strip()
    return flat


def _whole(name: str, written: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    """A conversation's own texts, and those of the one it is like. Raises KeyError for an unknown one."""
    mine = dict(written[name])
    model = mine.pop(_LIKE, None)
    return mine if model is None else _whole(model, written) | mine


# Babel reads its patterns anew each time; people give the same few amounts on few days.
_MOST_SAID = 4096


@lru_cache(_MOST_SAID)
def _in_digits(number: int, language: str) -> str:
    return format_decimal(number, locale=language)


@lru_cache(_MOST_SAID)
def _as_day(day: date, pattern: str, language: str) -> str:
    return format_date(day, pattern, locale=language)


class _Formatter(string.Formatter):
    """Puts facts into texts the way people write them in this language."""

    def __init__(self, language: str, zone: Zone) -> None:
        self.language, self.zone = language, zone

    def format_field(self, value: Any, format_spec: str) -> str:
        match value:
            case Money():
                return self._money(value, format_spec)
            case date() | time() | timedelta():
                return self._time(value, format_spec)
            case Person() | Member():
                return value.called
            case Group():
                return value.name
            case str():
                return value if isinstance(value, Ours) else value.replace("*", "∗")
            case int():
                return str(value)
            case Sequence():
                return self._listed([self.format_field(one, "") for one in value], format_spec)
        raise TypeError(f"no way to say a {type(value).__name__}")

    def _money(self, value: Money, spec: str) -> str:
        if spec == "kata":
            return f"{num2words(value.rupiah, lang=self.language)} rupiah"
        sign = "-" if value.rupiah < 0 else ""
        return f"{sign}Rp{_in_digits(abs(value.rupiah), self.language)}"

    def _time(self, value: date | time | timedelta, spec: str) -> str:
        match value:
            case datetime():
                here = local(value, self.zone)
                return here.strftime("%H.%M") if spec == "jam" else self._day(here.date())
            case date():
                return self._day(value, _DAYS.get(spec))
            case time():
                return value.strftime("%H.%M")
            case timedelta():
                return self._length(value)

    def _day(self, value: date, pattern: str | None = None) -> str:
        return _as_day(value, pattern or "EEEE, d MMMM", self.language)

    def _length(self, value: timedelta) -> str:
        hours, minutes = divmod(int(value.total_seconds()) // 60, 60)
        units = ((hours, "duration-hour"), (minutes, "duration-minute"))
        return " ".join(
            format_unit(many, unit, locale=self.language) for many, unit in units if many
        )

    def _listed(self, words: list[str], joined_by: str) -> str:
        if len(words) < 2:  # noqa: PLR2004 - one word needs no "and"
            return "".join(words)
        return f"{', '.join(words[:-1])} {joined_by or 'dan'} {words[-1]}"
