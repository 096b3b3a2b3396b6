"""What conversations about pictures may look at; they never write here."""

from __future__ import annotations

from typing import Protocol

from bot.domain.people import Person


class PictureBooks(Protocol):
    """Reading which pictures are kept."""

    def last_photo(self, person: Person) -> int | None:
        """The number of her newest picture that is still kept."""
        ...

    def has_photo(self, person: Person, photo: int) -> bool:
        """Whether this picture is hers and still kept."""
        ...

    def at_the_gate(self, person: Person) -> bool:
        """Whether a picture of hers came just now and is still looked at."""
        ...

    def held_back(self, person: Person) -> bool:
        """Whether a picture of hers was held back lately, since it looked like an identity card."""
        ...
