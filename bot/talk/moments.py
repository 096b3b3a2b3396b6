"""A day and an hour in one answer: "besok jam 9", "Senin 16.00", "jam 4 sore"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from bot.domain.broadcasts import FURTHEST_AHEAD, At
from bot.talk.answers import Answer, Got, one_of
from bot.talk.understand import read_clock, read_day

#: The hour that is meant when only a day is said.
USUAL_HOUR = time(9)


def moment(today: date) -> Answer[At]:
    """A day from ``today`` on and an hour; what is left out is today, or nine o'clock.

    What can be read in two ways is taken the likelier way: it is said back before it happens.
    """

    def read(words: str) -> Got[At] | None:
        if (kept := recall(words)) is not None:
            return kept
        day, clock = read_day(words, today, looking="ahead"), read_clock(words)
        said = day.date or next(iter(day.candidates), None)
        hour = clock.time or next(iter(clock.candidates), None)
        if said is None and hour is None:
            return None
        said = said or today
        fits = today <= said <= today + timedelta(days=FURTHEST_AHEAD)
        return Got(At(said, hour or USUAL_HOUR)) if fits else None

    def recall(kept: str) -> Got[At] | None:
        try:
            then = datetime.fromisoformat(kept)
        except ValueError:
            return None
        return Got(At(then.date(), then.time()))

    return Answer(
        read,
        lambda at: datetime.combine(at.day, at.clock).isoformat("T", "minutes"),
        recall,
        counted=False,
        free=True,
    )


#: How she says that it is to be every week.
_EACH = ("tiap", "setiap", "saban")


def now_or_then(today: date, names: Mapping[str, Sequence[str]]) -> Answer[str]:
    """One of the named choices ``now``, ``later`` and ``weekly``, or at once when, in her words.

    Then the value is the choice, a space, and what `moment` reads.
    """
    buttons, then = one_of(names), moment(today)

    def read(words: str) -> Got[str] | None:
        named = buttons.read(words)
        if isinstance(named, Got):
            return named
        at = then.read(words)
        if not isinstance(at, Got):
            return None
        wanted = "weekly" if words.lower().startswith(_EACH) else "later"
        return Got(f"{wanted} {then.keep(at.value)}") if wanted in names else None

    def recall(kept: str) -> Got[str] | None:
        name, _, said = kept.partition(" ")
        return Got(kept) if name in names and (not said or then.recall(said)) else None

    return replace(buttons, read=read, recall=recall, counted=False)
