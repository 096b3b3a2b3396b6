"""Reading who else leads groups, and which chat a joining code was shown in."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import bindparam, select

from bot.domain.people import Person
from storage.privacy_tables import link_code
from storage.reading.base import Reading, hashed

#: How long a code for joining chats can be typed.
LINKABLE = timedelta(minutes=15)

_shown = select(link_code.c.person).where(
    link_code.c.code_hash == bindparam("hash"), link_code.c.made_at > bindparam("since")
)


class PrivacyReading(Reading):
    """Fulfils ``bot.domain.privacy_books.PrivacyBooks``."""

    def linking(self, code: str) -> Person | None:
        """Whose chat the code was shown in, while it can be typed."""
        row = self.maybe(_shown, hash=hashed(code), since=self.now - LINKABLE)
        return self.person(row.person) if row else None
