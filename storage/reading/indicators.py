"""Reading what is measured of each member: days she saved, her NIB, her listing, her answers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from sqlalchemy import bindparam, exists, select

from bot.domain.calendar import local_day
from bot.domain.guides import StepState
from bot.domain.indicators import LISTING_STEP, NIB_STEP, Indicator, Signs
from bot.domain.ledger import EntryKind
from bot.domain.people import Group
from storage.consult_tables import consultation
from storage.guide_tables import guide_step
from storage.ledger_tables import entry
from storage.reading.words import WordsReading
from storage.tables import member

_undoing = entry.alias()
_saved = (
    select(entry.c.member, entry.c.day)
    .where(
        entry.c.group_id == bindparam("group"),
        entry.c.kind == EntryKind.DEPOSIT,
        ~exists().where(
            _undoing.c.group_id == entry.c.group_id, _undoing.c.reverses == entry.c.number
        ),
    )
    .distinct()
)
_done = (
    select(member.c.number.label("member"), guide_step.c.at)
    .join(member, member.c.person == guide_step.c.person)
    .where(
        member.c.group_id == bindparam("group"),
        guide_step.c.guide == bindparam("guide"),
        guide_step.c.step == bindparam("step"),
        guide_step.c.state == StepState.DONE,
    )
)
_answered = (
    select(member.c.number.label("member"), consultation.c.answered_at.label("at"))
    .join(member, member.c.person == consultation.c.asker)
    .where(
        member.c.group_id == bindparam("group"),
        consultation.c.group_id == bindparam("group"),
        consultation.c.answered_at.is_not(None),
    )
)


class IndicatorReading(WordsReading):
    """Fulfils the indicators of ``bot.domain.programme_books.ProgrammeBooks``."""

    def signs(self, group: Group) -> Signs:
        """On which days what is measured was seen of each member; what was reversed is not."""
        saved = ((row.member, row.day) for row in self.all(_saved, group=group.id))
        steps = {
            one: self.all(_done, group=group.id, guide=guide, step=step)
            for one, (guide, step) in (
                (Indicator.NIB, NIB_STEP),
                (Indicator.LISTING, LISTING_STEP),
            )
        }
        steps[Indicator.ANSWERED] = self.all(_answered, group=group.id)
        dated = {
            one: ((row.member, local_day(row.at, group.zone)) for row in rows)
            for one, rows in steps.items()
        }
        return {one: _by_member(seen) for one, seen in {Indicator.SAVES: saved, **dated}.items()}


def _by_member(seen: Iterable[tuple[int, date]]) -> dict[int, Collection[date]]:
    found: dict[int, set[date]] = {}
    for number, day in seen:
        found.setdefault(number, set()).add(day)
    return dict(found)
