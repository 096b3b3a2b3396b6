"""Writing down what is said in focus groups, and how needs are ranked."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Update, bindparam, insert, update

from bot.domain import focus as changes
from bot.domain.focus import Focus
from bot.ports import Conflict, Happened
from storage.programme_tables import focus, focus_answer, need_vote
from storage.putting import in_turn, put
from storage.reading.plan import PlanReading
from storage.recording.base import once, record

_this = (focus.c.group_id == bindparam("in_group")) & (focus.c.number == bindparam("this"))
_reword = update(focus).where(_this).values(guide=bindparam("worded"))
_go_on = update(focus).where(_this).values(at=bindparam("place"))
_close = update(focus).where(_this, focus.c.closed_at.is_(None)).values(closed_at=bindparam("now"))
_put_to_vote = update(focus).where(_this).values(needs=bindparam("named"), shared_at=None)
_share = update(focus).where(_this).values(shared_at=bindparam("now"))
_theirs = (focus_answer.c.group_id == bindparam("in_group")) & (
    focus_answer.c.focus == bindparam("this")
)
_retheme = (
    update(focus_answer)
    .where(_theirs, focus_answer.c.number == bindparam("which"))
    .values(theme=bindparam("about"))
)
_allow = (
    update(focus_answer)
    .where(_theirs, focus_answer.c.member == bindparam("whose"))
    .values(may=bindparam("told"))
)


def _which(it: Focus) -> dict[str, int]:
    return {"in_group": it.group, "this": it.number}


def _change(books: PlanReading, statement: Update, it: Focus, **values: object) -> None:
    once(books, statement, **_which(it), **values)


def _facts(it: Focus, **more: int | str) -> dict[str, int | str]:
    return {"group": it.group, "focus": it.number, **more}


@record.register
def _(change: changes.FocusOpened, books: PlanReading) -> Sequence[Happened]:
    in_turn(books, change.group.id)
    newest = books.focus(change.group.id)
    if newest is not None and not newest.closed:
        raise Conflict("a focus group is open")
    row = {
        "group_id": change.group.id,
        "number": (newest.number if newest else 0) + 1,
        "in_chat": change.in_chat,
        "guide": list(change.guide),
        "at": 0,
        "needs": [],
        "by": change.by.id,
        "opened_at": books.now,
    }
    books.db.execute(insert(focus), row)
    opened = books.focus(change.group.id)
    if opened is None:
        raise LookupError("a focus group was written and is not there")
    happened = [Happened(change, _facts(opened))]
    if opened.in_chat:
        happened += [_asked(opened, one, 0) for one in books.members(opened.group)]
    return happened


def _asked(it: Focus, member: Any, question: int) -> Happened:
    facts = _facts(it, member=member.number, question=question)
    return Happened(changes.FocusAsked(it, member, question), facts)


@record.register
def _(change: changes.GuideChanged, books: PlanReading) -> Sequence[Happened]:
    _change(books, _reword, change.focus, worded=list(change.guide))
    return [Happened(change, _facts(change.focus))]


def _keep(
    books: PlanReading, it: Focus, question: int, said: Sequence[tuple[int, str, str, str]]
) -> None:
    """Each answer as member, words, media and theme."""
    in_turn(books, it.group)
    first = books.last_said(it) + 1
    rows = [
        {
            "group_id": it.group,
            "focus": it.number,
            "number": number,
            "question": question,
            "member": member,
            "words": words,
            "media": media,
            "theme": theme,
            "said_at": books.now,
        }
        for number, (member, words, media, theme) in enumerate(said, first)
    ]
    if rows:
        books.db.execute(insert(focus_answer), rows)


@record.register
def _(change: changes.FocusAnswered, books: PlanReading) -> Sequence[Happened]:
    it, she = change.focus, change.member
    if change.words or change.media:
        _keep(books, it, change.question, [(she.number, change.words, change.media, change.theme)])
    happened = [Happened(change, _facts(it, member=she.number))]
    following = change.question + 1
    if it.in_chat and following < len(it.guide):
        happened.append(_asked(it, she, following))
    return happened


@record.register
def _(change: changes.FocusNoted, books: PlanReading) -> Sequence[Happened]:
    _keep(
        books,
        change.focus,
        change.question,
        [(who, words, "", about) for who, words, about in change.lines],
    )
    _change(books, _go_on, change.focus, place=change.at)
    return [Happened(change, _facts(change.focus))]


@record.register
def _(change: changes.VoiceInvited, _books: PlanReading) -> Sequence[Happened]:
    facts = _facts(change.focus, member=change.member.number, question=change.question)
    return [Happened(change, {**facts, "by": change.by.id})]


@record.register
def _(change: changes.ThemeCorrected, books: PlanReading) -> Sequence[Happened]:
    _change(books, _retheme, change.focus, which=change.said, about=change.theme)
    return [Happened(change, _facts(change.focus))]


@record.register
def _(change: changes.FocusClosed, books: PlanReading) -> Sequence[Happened]:
    _change(books, _close, change.focus, now=books.now)
    return [Happened(change, _facts(change.focus))]


@record.register
def _(change: changes.AloudAnswered, books: PlanReading) -> Sequence[Happened]:
    values = {**_which(change.focus), "whose": change.member.number, "told": change.may}
    books.db.execute(_allow, values)
    return [Happened(change, _facts(change.focus))]


@record.register
def _(change: changes.RankingAsked, books: PlanReading) -> Sequence[Happened]:
    _change(books, _put_to_vote, change.focus, named=list(change.needs))
    return [Happened(change, _facts(change.focus))]


@record.register
def _(change: changes.NeedsRanked, books: PlanReading) -> Sequence[Happened]:
    it = change.focus
    which = {"group_id": it.group, "focus": it.number, "member": change.member.number}
    put(books, need_vote, {**which, "votes": list(change.votes), "voted_at": books.now})
    return [Happened(change, _facts(it))]


@record.register
def _(change: changes.NeedsShared, books: PlanReading) -> Sequence[Happened]:
    _change(books, _share, change.focus, now=books.now)
    return [Happened(change, _facts(change.focus))]
