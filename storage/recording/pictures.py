"""Writing down what becomes of pictures: sent, looked at, kept for a while."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import bindparam, delete, insert, select, update

from bot.domain import pictures
from bot.domain.people import Person
from bot.domain.pictures import (
    MOST_KEPT,
    PhotoLooked,
    PhotoReady,
    PhotoUnread,
    Purpose,
    Unreadable,
)
from bot.errands import ErrandKind
from bot.ports import Conflict, Happened
from storage.errands import back_from_errand, send_on_errand
from storage.picture_tables import photo
from storage.reading.pictures import PictureReading
from storage.recording.base import once, record
from storage.recording.meeting_photos import keep_of_meeting
from storage.tables import errand

_newest = (
    select(photo.c.id)
    .where(photo.c.person == bindparam("of"))
    .order_by(photo.c.id.desc())
    .limit(MOST_KEPT)
)
_give_way = delete(photo).where(
    photo.c.person == bindparam("whose"), photo.c.id.not_in(_newest.scalar_subquery())
)
_over = delete(errand).where(errand.c.id == bindparam("this"), errand.c.due_at.is_not(None))
_look_again = (
    update(errand)
    .where(errand.c.id == bindparam("this"))
    .values(due_at=bindparam("at"), tries=0, facts=bindparam("as_said"))
)


@record.register
def _(change: pictures.PhotoSent, books: PictureReading) -> Sequence[Happened]:
    facts = {"purpose": change.purpose, "words": change.words}
    send_on_errand(books, ErrandKind.PHOTO, change.person, change.media, facts)
    return [Happened(change)]


@record.register
def _(change: pictures.PhotoLooked, books: PictureReading) -> Sequence[Happened]:
    back_from_errand(books, change.errand)
    if change.purpose is Purpose.MEETING:
        return [keep_of_meeting(books, change) or _unread(change, Unreadable.ONE_TOO_MANY)]
    row = {"person": change.person.id, "jpeg": change.looked.jpeg, "made_at": books.now}
    (number,) = books.db.execute(insert(photo), row).inserted_primary_key or (0,)
    books.db.execute(_give_way, {"whose": change.person.id, "of": change.person.id})
    faults = " ".join(change.looked.faults)
    return [_ready(change.person, change.purpose, photo=number, words=change.words, faults=faults)]


@record.register
def _(change: pictures.PhotoUnread, books: PictureReading) -> Sequence[Happened]:
    back_from_errand(books, change.errand)
    return [_unread(change, change.why)]


@record.register
def _(change: pictures.PhotoChosen, books: PictureReading) -> Sequence[Happened]:
    if not books.has_photo(change.person, change.photo):
        raise Conflict("it is kept no more")
    return [_ready(change.person, change.purpose, photo=change.photo, words=change.words)]


def _unread(it: PhotoLooked | PhotoUnread, why: Unreadable) -> Happened:
    nothing = PhotoUnread(it.errand, it.person, why, it.purpose)
    return Happened(nothing, {"why": why, "purpose": it.purpose})


def _ready(whose: Person, purpose: Purpose, **facts: int | str) -> Happened:
    return Happened(PhotoReady(whose, purpose), facts)


@record.register
def _(change: pictures.PictureCame, books: PictureReading) -> Sequence[Happened]:
    facts = {"words": change.words, "reply_to": change.reply_to, "at": change.at.isoformat()}
    send_on_errand(books, ErrandKind.GLANCE, change.person, change.media, facts)
    return [Happened(change)]


@record.register
def _(change: pictures.PicturePassed, books: PictureReading) -> Sequence[Happened]:
    once(books, _over, this=change.errand)  # nothing of it stays here
    return [Happened(change)]


@record.register
def _(change: pictures.CardSeen, books: PictureReading) -> Sequence[Happened]:
    back_from_errand(books, change.errand)
    return [Happened(change)]


@record.register
def _(change: pictures.CardDenied, books: PictureReading) -> Sequence[Happened]:
    last = books.last_held_back(change.person)
    if last is None:
        raise Conflict("nothing is held back any more")
    facts = {**last.facts, "vouched": "yes"}
    books.db.execute(_look_again, {"this": last.id, "as_said": facts, "at": books.now})
    return [Happened(change)]
