"""Reading which pictures of a person are kept, and which are held back."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, bindparam, select

from bot.domain.people import Person
from bot.domain.pictures import A_LOOK, HELD_BACK, KEPT
from bot.errands import ErrandKind
from storage.picture_tables import photo
from storage.reading.words import WordsReading
from storage.tables import errand

_hers = (
    select(photo.c.id)
    .where(photo.c.person == bindparam("person"), photo.c.made_at > bindparam("since"))
    .order_by(photo.c.id.desc())
    .limit(1)
)
_this = _hers.where(photo.c.id == bindparam("this"))
_jpeg = select(photo.c.jpeg).where(photo.c.id == bindparam("this"))
_at_the_gate = (
    select(errand.c.id)
    .where(
        errand.c.person == bindparam("person"),
        errand.c.kind == ErrandKind.GLANCE,
        errand.c.due_at.is_not(None),
        errand.c.made_at > bindparam("since"),
    )
    .limit(1)
)
_held_back = (
    select(errand.c.id, errand.c.facts)
    .where(
        errand.c.person == bindparam("person"),
        errand.c.kind == ErrandKind.GLANCE,
        errand.c.due_at.is_(None),
        errand.c.made_at > bindparam("since"),
    )
    .order_by(errand.c.id.desc())
    .limit(1)
)


class PictureReading(WordsReading):
    """The pictures of ``bot.domain.books.Books``."""

    def last_photo(self, person: Person) -> int | None:
        """Her newest picture."""
        row = self.maybe(_hers, person=person.id, since=self.now - KEPT)
        return None if row is None else int(row.id)

    def has_photo(self, person: Person, photo: int) -> bool:
        """Whether it is hers and still kept."""
        found = self.maybe(_this, person=person.id, since=self.now - KEPT, this=photo)
        return found is not None

    def at_the_gate(self, person: Person) -> bool:
        """Whether a picture of hers came just now and is still looked at."""
        return self.maybe(_at_the_gate, person=person.id, since=self.now - A_LOOK) is not None

    def held_back(self, person: Person) -> bool:
        """Whether a picture of hers was held back lately."""
        return self.last_held_back(person) is not None

    def last_held_back(self, person: Person) -> Row[Any] | None:
        """The errand of it."""
        return self.maybe(_held_back, person=person.id, since=self.now - HELD_BACK)


def jpeg_of(db: Connection, number: int) -> bytes | None:
    """A picture that is kept (JPEG)."""
    found = db.execute(_jpeg, {"this": number}).scalar_one_or_none()
    return None if found is None else bytes(found)
