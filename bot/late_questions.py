"""Questions nobody has answered in time: the mentors are reminded, then another mentor is asked."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.domain.calendar import Zone, in_daytime
from bot.domain.changes import Change
from bot.domain.consultations import ConsultationClosed, HandedOn, Nudged
from bot.domain.people import Person
from bot.ports import Store, Writing
from bot.runner import Runner

#: Questions looked after at one look; the others wait for the next.
MOST_AT_ONCE = 100


def look_after_questions(runner: Runner, store: Store) -> bool:
    """Do what is due, in the daytime of each zone; whether there was anything.

    The database knows what was done; looking twice does no harm.
    """
    with store.transaction() as books:
        due = list(_due(books, runner.now()))
    for change, person in due:
        runner.happen(change, person)
    return bool(due)


def _due(books: Writing, now: datetime) -> Iterator[tuple[Change, Person]]:
    for zone in (one for one in Zone if in_daytime(now, one) == now):
        handed = set()
        for it in books.to_hand_on(zone, MOST_AT_ONCE):
            other = books.next_mentor(it)
            if other is not None:
                handed.add(it.number)
                yield HandedOn(it.number, it.asker, other, by=None), it.asker
        for it in books.to_nudge(zone, MOST_AT_ONCE):
            if it.number not in handed:
                yield Nudged(it.number), it.asker
        for it in books.to_close(zone, MOST_AT_ONCE):
            yield ConsultationClosed(it.number, it.asker, by=None), it.asker
