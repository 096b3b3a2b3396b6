"""Reading which pictures of a person are kept."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from bot.domain.people import Person
from bot.domain.pictures import KEPT
from storage.picture_tables import photo
from storage.reading_words import WordsReading

_hers = (
    select(photo.c.id)
    .where(photo.c.person == bindparam("person"), photo.c.made_at > bindparam("since"))
    .order_by(photo.c.id.desc())
    .limit(1)
)
_this = _hers.where(photo.c.id == bindparam("this"))
_jpeg = select(photo.c.jpeg).where(photo.c.id == bindparam("this"))


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


def jpeg_of(db: Connection, number: int) -> bytes | None:
    """A picture that is kept (JPEG)."""
    found = db.execute(_jpeg, {"this": number}).scalar_one_or_none()
    return None if found is None else bytes(found)
