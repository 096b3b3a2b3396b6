"""Reading who else leads groups, and which chat a joining code was shown in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from sqlalchemy import bindparam, select

from bot.domain.people import Person
from storage.privacy_tables import link_code
from storage.reading import Reading, hashed
from storage.tables import mentor, person

#: How long a code for joining chats can be typed.
LINKABLE = timedelta(minutes=15)

_mentors = (
    select(mentor.c.person)
    .join(person, person.c.id == mentor.c.person)
    .order_by(person.c.name, person.c.id)
)
_shown = select(link_code.c.person).where(
    link_code.c.code_hash == bindparam("hash"), link_code.c.made_at > bindparam("since")
)


class PrivacyReading(Reading):
    """Fulfils ``bot.domain.privacy_books.PrivacyBooks``."""

    def other_mentors(self, person: Person) -> Sequence[Person]:
        """Everybody else who may lead groups."""
        found = [self.person(row.person) for row in self.all(_mentors)]
        return [one for one in found if one.id != person.id and one.reachable]

    def linking(self, code: str) -> Person | None:
        """Whose chat the code was shown in, while it can be typed."""
        row = self.maybe(_shown, hash=hashed(code), since=self.now - LINKABLE)
        return self.person(row.person) if row else None
