"""What every group hears by itself: each day a look at its box, each week the members' statements."""

from __future__ import annotations

from datetime import datetime, time

from bot.domain import cash, statements
from bot.domain.calendar import QUIET_FROM, Zone, local
from bot.domain.ledger_changes import DayBegun, StatementsDue
from bot.domain.stages import ProgrammeDay
from bot.ports import Store
from bot.runner import Runner

#: Groups served at one look; the others wait for the next.
MOST_AT_ONCE = 200

#: From this hour on people hear of tomorrow's meeting and of what else their programme has for today.
PROGRAMMES_AT = time(9)


def make_rounds(runner: Runner, store: Store) -> bool:
    """Tell every group what is due now in its own zone; whether there was anything.

    The database knows who has heard; looking twice does no harm.
    """
    now = runner.now()
    due = [(zone, kind) for zone in Zone for kind in _due(local(now, zone))]
    heard = False
    for zone, kind in due:
        day = local(now, zone).date()
        with store.transaction() as books:
            groups = books.groups_unheard(kind, zone, day, MOST_AT_ONCE)
            led = [(one, books.mentors(one.id)[0]) for one in groups]
        for group, mentor in led:
            made = StatementsDue if kind == "statement" else DayBegun
            runner.happen(made(group, day), mentor)
            heard = True
    return _programmes(runner, store, now) or heard


def _programmes(runner: Runner, store: Store, now: datetime) -> bool:
    """Begin the day of every programme where it is time for that."""
    heard = False
    for zone in Zone:
        here = local(now, zone)
        if not PROGRAMMES_AT <= here.time() < QUIET_FROM:
            continue
        with store.transaction() as books:
            groups = books.groups_in_programme(zone, here.date(), MOST_AT_ONCE)
            led = [(one, books.mentors(one.id)[0]) for one in groups]
        for group, mentor in led:
            runner.happen(ProgrammeDay(group), mentor)
            heard = True
    return heard


def _due(here: datetime) -> list[str]:
    clock = here.time()
    if clock >= QUIET_FROM:
        return []
    due = ["day"] if clock >= cash.HOUR else []
    weekly = here.weekday() == statements.WEEKDAY and clock >= statements.HOUR
    return [*due, "statement"] if weekly else due
