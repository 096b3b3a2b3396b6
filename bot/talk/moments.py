"""A day and an hour in one answer: "besok jam 9", "Senin 16.00", "jam 4 sore"."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from bot.domain.broadcasts import FURTHEST_AHEAD, At
from bot.talk.answers import Answer, Got
from bot.talk.understand import read_clock, read_day

#: The hour that is meant when only a day is said.
USUAL_HOUR = time(9)


def moment(today: date) -> Answer[At]:
    """A day from ``today`` on and an hour; what is left out is today, or nine o'clock.

    What can be read in two ways is taken the likelier way: it is said back before it happens.
    """

    def read(words: str) -> Got[At] | None:
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
