"""What every group hears by itself: each day a look at its box, each week everybody's week."""

from __future__ import annotations

from datetime import time

from bot.domain import cash
from bot.domain.calendar import QUIET_FROM, Zone, local
from bot.domain.ledger_changes import DayBegun, StatementsDue
from bot.domain.people import Person
from bot.domain.stages import ProgrammeDay
from bot.ports import Store
from bot.runner import Runner

#: Groups served at one look; the others wait for the next.
MOST_AT_ONCE = 200

#: From this hour on people hear of tomorrow's meeting and of what else their programme has for today.
PROGRAMMES_AT = time(9)

#: So many days later a week is still told that could not be, because nothing ran.
WEEK_MADE_UP = 2


def make_rounds(runner: Runner, store: Store) -> bool:
    """Tell every group what is due now in its own zone; whether there was anything.

    The database knows who has heard; looking twice does no harm.
    """
    now = runner.now()
    due: list[tuple[DayBegun | StatementsDue | ProgrammeDay, Person]] = []
    with store.transaction() as books:
        for zone in Zone:
            here = local(now, zone)
            day, clock = here.date(), here.time()
            if clock >= QUIET_FROM:
                continue
            if clock >= cash.HOUR:
                begun = books.groups_unheard("day", zone, day, MOST_AT_ONCE)
                due += [(DayBegun(one, day), books.mentors(one.id)[0]) for one in begun]
            if clock >= PROGRAMMES_AT:
                going = books.groups_in_programme(zone, day, MOST_AT_ONCE)
                due += [(ProgrammeDay(one), books.mentors(one.id)[0]) for one in going]
            for late in range(WEEK_MADE_UP + 1):
                week = books.groups_of_week(zone, here, late, MOST_AT_ONCE)
                due += [(StatementsDue(one, day), books.mentors(one.id)[0]) for one in week]
    for change, mentor in due:
        runner.happen(change, mentor)
    return bool(due)
