"""What we need of a channel and of a store; they fulfil it without being imported here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any, Protocol

from bot.domain.books import Books
from bot.domain.calendar import Zone
from bot.domain.changes import Change
from bot.domain.people import Group, Person

#: Signs of one message that are read; the rest of a longer one is left aside.
LONGEST_HEARD = 4000


class MediaKind(StrEnum):
    """What was sent besides words."""

    PHOTO = "photo"
    VOICE = "voice"
    VIDEO = "video"
    DOCUMENT = "document"
    STICKER = "sticker"
    LOCATION = "location"
    CONTACT = "contact"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Media:
    """Something sent besides words; ``ref`` is the handle of ``channel`` for it."""

    kind: MediaKind
    ref: str = ""
    channel: str = ""

    def packed(self) -> str:
        """The same in one word, as conversations carry it."""
        return f"{self.kind}:{self.channel}:{self.ref}"

    @classmethod
    def unpacked(cls, word: str) -> Media:
        """What ``packed`` made a word of."""
        kind, channel, ref = word.split(":", 2)
        return cls(MediaKind(kind), ref, channel)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as a channel verified it.

    ``id`` is unique within ``channel`` and the same when the platform repeats itself;
    ``address`` is the platform's id of the person; ``pressed`` is a button's payload;
    ``reply_to`` is the platform's id of the message she answered; ``at`` is aware UTC.
    """

    channel: str
    id: str
    address: str
    at: datetime
    words: str = ""
    pressed: str = ""
    media: Media | None = None
    reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice under a message: what it shows, and what comes back when it is pressed."""

    label: str
    payload: str


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message to one person: ``text`` with ``*bold*`` as its only markup, and what hangs on it.

    ``qr`` is a text to be sent as a QR picture; ``media`` something heard on the same channel.
    """

    text: str
    buttons: tuple[Button, ...] = ()
    qr: str = ""
    media: Media | None = None


@dataclass(frozen=True, slots=True)
class Letter:
    """A bubble on its way: one row of the outbox, claimed for sending; ``tries`` counts this one."""

    id: int
    channel: str
    address: str
    bubble: Bubble
    kind: str
    tries: int
    since: datetime


class TryAgain(Exception):
    """The platform cannot take it now; ``after`` seconds are its own word, if it gave one."""

    def __init__(self, reason: str, after: float | None = None, *, everyone: bool = False) -> None:
        super().__init__(reason)
        self.after = after
        self.everyone = everyone


class Refused(Exception):
    """The platform will never take it; ``gone`` when she cannot be written to at all."""

    def __init__(self, reason: str, *, gone: bool = False) -> None:
        super().__init__(reason)
        self.gone = gone


class Uncertain(Exception):
    """The request went out and its answer was lost: it may have arrived."""


class Channel(Protocol):
    """A way to reach people."""

    name: str

    async def send(self, letter: Letter) -> str:
        """Send it once and return the platform's id of the message.

        Raises TryAgain, Refused or Uncertain; anything else is a fault of ours.
        """
        ...


class Conflict(Exception):
    """Somebody else was faster: nothing was written, and reading again shows what is so now."""


class Unavailable(Exception):
    """The database cannot be reached just now; nothing was written."""


@dataclass(slots=True)
class OpenSession:
    """A conversation on its way: ``state`` is the talk's own JSON, the rest is for finding it.

    ``asked_at`` orders typed words (None: she is not being asked); ``wake_at`` is when silence
    becomes an answer; all aware UTC.
    """

    id: str
    person: int
    dialogue: str
    state: dict[str, Any]
    asked_at: datetime | None = None
    wake_at: datetime | None = None
    expires_at: datetime | None = None
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of a change, with the numbers it was given: ``facts`` are JSON."""

    change: Change
    facts: dict[str, int | str] = field(default_factory=dict)


class Writing(Books, Protocol):
    """One transaction: everything a message may read and write."""

    def first_time(self, channel: str, message_id: str) -> bool:
        """Note the message; False when it was here before."""
        ...

    def meet(self, channel: str, address: str) -> Person:
        """The person behind an address, made known if she is new, and locked until the end."""
        ...

    def hold(self, person: int) -> None:
        """Wait until nobody else serves her, and lock her until the end."""
        ...

    def zone_of(self, person: Person) -> Zone:
        """The zone of her group; WIB while she has none."""
        ...

    def sessions(self, person: Person) -> list[OpenSession]:
        """Her open conversations, the one asked last at the end."""
        ...

    def session(self, session_id: str) -> OpenSession | None:
        """One conversation, open or closed; None when it is unknown or long gone."""
        ...

    def spoken(self, person: Person, since: datetime, most: int) -> Sequence[tuple[str, str]]:
        """Kind and text of the newest bubbles put out for her since then, newest first."""
        ...

    def sessions_to_wake(self, most: int) -> list[str]:
        """The conversations whose silence is due, the longest due first."""
        ...

    def session_of_message(self, person: Person, platform_id: str) -> str | None:
        """The conversation a sent message belonged to, by the platform's id of it."""
        ...

    def keep_session(self, session: OpenSession) -> None:
        """Write it, new or not; gives a new one its id."""
        ...

    def groups_unheard(self, kind: str, zone: Zone, day: date, most: int) -> Sequence[Group]:
        """Groups with open books in ``zone`` that have not heard of ``kind`` on ``day``."""
        ...

    def record(self, change: Change) -> Sequence[Happened]:
        """Write what was agreed, and say what came of it. Raises Conflict."""
        ...

    def post(self, person: Person, bubble: Bubble, kind: str, session_id: str | None) -> None:
        """Put a bubble into the outbox; one to a person without a chat is dropped."""
        ...


class Outbox(Protocol):
    """The bubbles on their way."""

    def claim(
        self, channels: Sequence[str], limit: int, now: datetime, lease: timedelta
    ) -> list[Letter]:
        """Take up to ``limit`` letters that are due, oldest first, at most one a chat.

        They are ours until ``now + lease``; then another worker may take them.
        """
        ...

    def sent(self, receipts: Iterable[tuple[Letter, str]], now: datetime) -> None:
        """Mark letters as taken by the platform, with its ids."""
        ...

    def later(self, letter: Letter, reason: str, at: datetime) -> None:
        """Give a letter back, to be tried at ``at``."""
        ...

    def failed(self, letter: Letter, reason: str, *, gone: bool) -> None:
        """Give it up; ``gone`` also stops all writing to that chat until she writes again."""
        ...


@dataclass(frozen=True, slots=True)
class VoiceNote:
    """A voice note to be put into words; ``tries`` counts this one."""

    number: int
    person: Person
    media: Media
    tries: int


class Voices(Protocol):
    """The voice notes that wait."""

    def next(self, now: datetime, lease: timedelta) -> VoiceNote | None:
        """Take the oldest that is due; it comes back by itself when the lease is over."""
        ...


class Store(Protocol):
    """The database behind everything.

    ``writers`` is how many transactions may write at once, ``shared`` how many waiting messages
    one commit may carry.
    """

    writers: int
    shared: int

    @property
    def outbox(self) -> Outbox:
        """The bubbles on their way."""
        ...

    def transaction(self) -> AbstractContextManager[Writing]:
        """One transaction; commits at its end, rolls back on an exception. Raises Unavailable."""
        ...

    def sweep(self) -> None:
        """Forget what nobody can ask for any more. Raises Unavailable."""
        ...


#: Hand over what was heard; returns once it is written for good. Raises Unavailable.
Receive = Callable[[Heard], Awaitable[None]]

#: The time, aware UTC.
Clock = Callable[[], datetime]
