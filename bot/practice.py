"""The practice room as the rest needs it: who plays, what her phone shows, where that is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple, Protocol

from bot.ports import Button

#: The name of the practice channel.
CHANNEL = "practice"

#: Bytes of one photo at most.
LARGEST_PHOTO = 2 * 1024 * 1024

#: Photos and documents, lines and phones of one run at most.
MOST_PHOTOS = 200
MOST_LINES = 5000
MOST_PHONES = 9

#: The run's id and the name in an address: ``k3x9-sari``.
SEPARATOR = "-"


class Role(StrEnum):
    """What someone is in the group being played."""

    MEMBER = "member"
    HOLDER = "holder"
    MENTOR = "mentor"
    GUEST = "guest"


class Phone(NamedTuple):
    """One phone on the table: whose it is; ``called`` is how she is spoken to, ``Bu Sari``."""

    address: str
    called: str
    role: Role


@dataclass(frozen=True, slots=True)
class Seeded:
    """A group made for playing: its name, the code that lets others in, and its people."""

    group: str
    code: str
    cast: tuple[Phone, ...]


#: Make a group for this run, with people at addresses that begin with it; runs in a thread.
Seed = Callable[[str], Seeded]


@dataclass(frozen=True, slots=True)
class Room:
    """The run being played; ``rev`` grows with everything that happens in it."""

    run: str
    seeded: Seeded
    rev: int

    def phone(self, address: str) -> Phone | None:
        """The phone with that address, if it is on the table."""
        return next((phone for phone in self.seeded.cast if phone.address == address), None)

    def with_phone(self, phone: Phone) -> Seeded:
        """The same group with one phone more."""
        return replace(self.seeded, cast=(*self.seeded.cast, phone))


@dataclass(frozen=True, slots=True)
class Line:
    """One message on one phone.

    ``key`` is unique in its run, so that what comes twice is shown once. ``id`` and ``rev`` are
    given by the log: ``id`` orders the lines, ``rev`` their changes. ``photo`` is a photo's id,
    ``qr`` a text shown as a QR picture, ``chosen`` the label of the button that was pressed,
    ``reply_to`` the id of the line she answered.
    """

    address: str
    key: str
    from_her: bool
    at: datetime
    text: str = ""
    buttons: tuple[Button, ...] = ()
    qr: str = ""
    photo: str = ""
    reply_to: int | None = None
    chosen: str = ""
    id: int = 0
    rev: int = 0


@dataclass(frozen=True, slots=True)
class Photo:
    """A photo sent on a practice phone."""

    mime: str
    data: bytes


class NoRoom(Exception):
    """There is no such run, or it holds as much as a run may."""


class PracticeLog(Protocol):
    """What appeared in the practice room, kept where every process sees it.

    All of it blocks and belongs in a thread; all of it may raise ``ports.Unavailable``.
    """

    def current(self) -> Room | None:
        """The run being played; None before the first."""
        ...

    def begin(self, run: str, seeded: Seeded, instead_of: str, at: datetime) -> Room:
        """Play this run from now on instead of ``instead_of`` ("" for the first).

        Who comes second finds the run of who came first.
        """
        ...

    def add_phone(self, run: str, phone: Phone) -> Room:
        """Put one more phone on the table. Raises NoRoom."""
        ...

    def add(self, line: Line) -> Line:
        """Keep a line, once for its key, and give it its numbers. Raises NoRoom."""
        ...

    def line(self, line_id: int) -> Line | None:
        """One line."""
        ...

    def after(self, run: str, rev: int, limit: int) -> list[Line]:
        """The lines that came or changed after ``rev``, in that order."""
        ...

    def choose(self, line_id: int, label: str) -> None:
        """Show what was chosen, once; the buttons are gone then."""
        ...

    def keep_photo(self, run: str, photo_id: str, photo: Photo, at: datetime) -> None:
        """Keep a photo, once for its id, which the caller makes. Raises NoRoom."""
        ...

    def photo(self, photo_id: str) -> Photo | None:
        """One photo."""
        ...


def run_of(address: str) -> str:
    """The run an address belongs to."""
    return address.partition(SEPARATOR)[0]
