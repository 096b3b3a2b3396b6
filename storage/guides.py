"""Reading and writing how far people are in the guides, and the official list of codes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Row, bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from bot.domain.guide_books import KbliCode
from bot.domain.guides import GuideMoved, SessionHeld, StepKept, StepState, Walk
from bot.domain.people import Group, Member, Person
from bot.ports import Happened
from storage.guide_tables import guide_present, guide_session, guide_step, guide_walk, kbli_code
from storage.reading.words import WordsReading
from storage.recording.base import record
from storage.tables import member

_INSERTS: Mapping[str, Any] = {"postgresql": postgresql.insert, "sqlite": sqlite.insert}

_kept = select(guide_step).where(
    guide_step.c.person == bindparam("person"), guide_step.c.guide == bindparam("guide")
)
_walks = (
    select(guide_walk)
    .where(guide_walk.c.person == bindparam("person"))
    .order_by(guide_walk.c.moved_at.desc(), guide_walk.c.guide)
)
_of_group = (
    select(guide_step)
    .join(member, member.c.person == guide_step.c.person)
    .where(
        member.c.group_id == bindparam("group"),
        member.c.active,
        guide_step.c.guide == bindparam("guide"),
    )
)
_sessions = (
    select(guide_session.c.day, func.count(guide_present.c.member).label("many"))
    .join(guide_present, guide_present.c.session == guide_session.c.id)
    .where(
        guide_session.c.group_id == bindparam("group"), guide_session.c.guide == bindparam("guide")
    )
    .group_by(guide_session.c.id, guide_session.c.day)
    .order_by(guide_session.c.id)
)
_stamp: Any = select(
    func.max(kbli_code.c.loaded_at).label("at"), func.count(kbli_code.c.code).label("many")
)
_codes = select(kbli_code).order_by(kbli_code.c.code)


class GuideReading(WordsReading):
    """Fulfils ``bot.domain.guide_books.GuideBooks``."""

    def steps_kept(self, person: Person, guide: str) -> Mapping[str, StepKept]:
        """What she said of each step."""
        return {row.step: _as_kept(row) for row in self.all(_kept, person=person.id, guide=guide)}

    def walks(self, person: Person) -> Sequence[Walk]:
        """The guides she is or was in."""
        rows = self.all(_walks, person=person.id)
        return [Walk(row.guide, row.begun_at, row.moved_at, row.ended) for row in rows]

    def steps_of_group(
        self, group: Group, guide: str
    ) -> Sequence[tuple[Member, Mapping[str, StepKept]]]:
        """Every active member with what she said of each step."""
        theirs: dict[int, dict[str, StepKept]] = {}
        for row in self.all(_of_group, group=group.id, guide=guide):
            theirs.setdefault(row.person, {})[row.step] = _as_kept(row)
        return [(one, theirs.get(one.person.id, {})) for one in self.members(group.id)]

    def sessions_held(self, group: Group, guide: str) -> Sequence[tuple[date, int]]:
        """The sessions held over a guide."""
        rows = self.db.execute(_sessions, {"group": group.id, "guide": guide}).all()
        return [(row.day, row.many) for row in rows]

    def kbli_stamp(self) -> str:
        """Which official list is loaded."""
        row = self.one(_stamp)
        return f"{row.at} {row.many}" if row.many else ""

    def kbli_list(self) -> Sequence[KbliCode]:
        """The official list."""
        return [KbliCode(row.code, row.title, row.text) for row in self.all(_codes)]


def load_codes(db: Connection, codes: Iterable[KbliCode], now: datetime) -> int:
    """Put this list in the place of the one before; how many codes it has."""
    rows = [
        {"code": one.code, "title": one.title, "text": one.text, "loaded_at": now} for one in codes
    ]
    db.execute(delete(kbli_code))
    if rows:
        db.execute(insert(kbli_code), rows)
    return len(rows)


@record.register
def _(change: GuideMoved, books: WordsReading) -> Sequence[Happened]:
    _walk(books, change.person, change)
    if change.step and change.state:
        _step(books, change.person.id, change)
    told = change.given if change.state is StepState.STUCK else ""
    facts = {"guide": change.guide, "step": change.step, "state": str(change.state or "")}
    return [Happened(change, {**facts, "told": told})]


@record.register
def _(change: SessionHeld, books: WordsReading) -> Sequence[Happened]:
    row = {
        "group_id": change.group.id,
        "guide": change.guide,
        "day": change.day,
        "by": change.by.id,
        "held_at": books.now,
    }
    (session_id,) = books.db.execute(insert(guide_session), row).inserted_primary_key or (0,)
    for one in change.members:
        here = {"session": session_id, "group_id": change.group.id, "member": one.number}
        books.db.execute(insert(guide_present), here)
        _walk(books, one.person, GuideMoved(one.person, change.guide, ends=change.ends))
        done = set(change.done) - _done(books, one.person, change.guide)
        for step in change.done:
            if step in done:
                moved = GuideMoved(one.person, change.guide, step, StepState.DONE)
                _step(books, one.person.id, moved)
    return [Happened(change, {"guide": change.guide, "by": change.by.id, "step": change.done[-1]})]


def _done(books: WordsReading, person: Person, guide: str) -> set[str]:
    rows = books.all(_kept, person=person.id, guide=guide)
    return {row.step for row in rows if row.state == StepState.DONE}


def _walk(books: WordsReading, person: Person, change: GuideMoved) -> None:
    """Begin or move her walk. What has ended stays ended."""
    row = {"person": person.id, "guide": change.guide, "begun_at": books.now, "moved_at": books.now}
    begin = _INSERTS[books.db.dialect.name](guide_walk).values(row).on_conflict_do_nothing()
    books.db.execute(begin)
    moved: dict[str, Any] = {"moved_at": books.now, "paused": change.state is StepState.PAUSED}
    if change.ends:
        moved["ended"] = True
    hers = (guide_walk.c.person == person.id) & (guide_walk.c.guide == change.guide)
    books.db.execute(update(guide_walk).where(hers).values(moved))


def _step(books: WordsReading, person: int, change: GuideMoved) -> None:
    row = {
        "person": person,
        "guide": change.guide,
        "step": change.step,
        "state": str(change.state),
        "at": books.now,
        "given": change.given,
        "media": change.media,
    }
    keep = _INSERTS[books.db.dialect.name](guide_step).values(row)
    again = {name: keep.excluded[name] for name in ("state", "at", "given", "media")}
    keys = ["person", "guide", "step"]
    books.db.execute(keep.on_conflict_do_update(index_elements=keys, set_=again))


def _as_kept(row: Row[Any]) -> StepKept:
    return StepKept(row.step, StepState(row.state), row.at, row.given, row.media)
