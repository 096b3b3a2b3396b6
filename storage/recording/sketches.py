"""Writing down what a mentor draws of a member's family, when she may."""

from __future__ import annotations

from collections.abc import Sequence

from bot.domain import sketches as changes
from bot.domain.people import Member
from bot.ports import Conflict, Happened
from storage.programme_tables import sketch
from storage.putting import put
from storage.reading.ending import EndingReading
from storage.recording.base import record


def _put(books: EndingReading, she: Member, **values: object) -> None:
    row: dict[str, object] = {"group_id": she.group, "member": she.number}
    put(books, sketch, {**row, **values, "changed_at": books.now})


@record.register
def _(change: changes.SketchAsked, books: EndingReading) -> Sequence[Happened]:
    _put(books, change.member, allowed=None, lines=[])
    facts: dict[str, int | str] = {"group": change.member.group, "member": change.member.number}
    return [Happened(change, {**facts, "by": change.by.id})]


@record.register
def _(change: changes.SketchAnswered, books: EndingReading) -> Sequence[Happened]:
    _put(books, change.member, allowed=change.allows, lines=[])
    return [Happened(change, {"group": change.member.group, "member": change.member.number})]


@record.register
def _(change: changes.SketchDrawn, books: EndingReading) -> Sequence[Happened]:
    now = books.sketch(change.member)
    if now is None or not now.allowed:
        raise Conflict("she has not allowed it")
    _put(books, change.member, lines=list(change.lines))
    return [Happened(change, {"group": change.member.group, "member": change.member.number})]
