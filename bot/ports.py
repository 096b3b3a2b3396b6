"""What we need of a channel and of a store; they fulfil it without being imported here."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any, Protocol

from bot.domain.books import Books
from bot.domain.calendar import Zone
from bot.domain.changes import Change
from bot.domain.consult_books import LateQuestions
from bot.domain.pace import Limit
from bot.domain.people import Group, Person
from bot.domain.reminding import Schedule
from bot.domain.sharing import Shared
from bot.files import Media
from bot.told import Told

#: Signs of one message that are read; the rest of a longer one is left aside.
LONGEST_HEARD = 4000

#: Before any instant that matters.
NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Heard:
    """One message as a channel verified it.

    ``id`` is unique within ``channel`` and the same when the platform repeats itself;
    ``address`` is the platform's id of the person; ``pressed`` is a button's payload;
    ``reply_to`` is the platform's id of the message she answered; ``at`` is aware UTC. ``phone`` is
    another address of hers on the same channel, where the platform tells one; after ``open_until``
    we may no longer write to her freely (None: always). A ``nod`` is a sign put on one message:
    an answer to that message or nothing.
    """

    channel: str
    id: str
    address: str
    at: datetime
    words: str = ""
    pressed: str = ""
    media: Media | None = None
    reply_to: str = ""
    phone: str = ""
    open_until: datetime | None = None
    nod: bool = False


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
class About:
    """What a letter is about that is put into words only when it goes out.

    The conversation ``says`` is read for a member of a group, for a day of hers.
    """

    says: str
    group: int
    member: int
    day: date


@dataclass(frozen=True, slots=True)
class Letter:
    """A bubble on its way: one row of the outbox, claimed for sending.

    ``tries`` counts this one; ``since`` is when it was written, ``heard_at`` when the message came
    that it answers; ``person`` is whom it is for, ``lease`` until when it is ours, ``pieces_sent`` how many pieces of it
    have arrived. The bubble is empty while it is still to be put into words (``about``). ``broadcast``
    is the mentor's broadcast it belongs to.
    """

    id: int
    channel: str
    address: str
    bubble: Bubble
    kind: str
    tries: int
    since: datetime
    lease: datetime = NEVER
    pieces_sent: int = 0
    about: About | None = None
    heard_at: datetime | None = None
    person: int = 0
    broadcast: int | None = None


@dataclass(frozen=True, slots=True)
class Claimed:
    """Letters that are ours for now, and when looking again is worth while."""

    letters: Sequence[Letter]
    look_again: datetime | None = None


@dataclass(frozen=True, slots=True)
class Waits:
    """How many letters of a kind are in a state; ``oldest``: since when the first of them is due."""

    kind: str
    state: str
    count: int
    oldest: datetime | None


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
    """A way to reach people.

    ``longest`` is how long a text one message may carry, ``longest_beside`` a text beside a
    picture or anything else sent along; both in UTF-16 units, as the platforms count.
    """

    name: str
    longest: int
    longest_beside: int

    async def send(self, letter: Letter) -> str:
        """Send a letter that fits into one message and return the platform's id of it.

        Raises TryAgain, Held, Refused or Uncertain; anything else is a fault of ours.
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


class Writing(Books, LateQuestions, Protocol):
    """One transaction: everything a message may read and write."""

    def first_time(self, channel: str, message_id: str) -> bool:
        """Note the message; False when it was here before."""
        ...

    def meet(
        self, channel: str, address: str, phone: str = "", open_until: datetime | None = None
    ) -> Person:
        """The person behind an address, made known if she is new, and locked until the end.

        ``phone`` is another address of hers there; what waited for her window to open goes out
        when it is open (again) ``open_until``.
        """
        ...

    def waits_for(self, person: Person) -> bool:
        """Whether anything is on its way to her."""
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

    def sessions_beyond(self, person: Person, most: int) -> list[OpenSession]:
        """Her open conversations but for the ``most`` asked last."""
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

    def home(self, person: Person) -> Group | None:
        """The group whose hours hold for her, as a member or a mentor; None while she has none."""
        ...

    def keep_session(self, session: OpenSession) -> None:
        """Write it, new or not; gives a new one its id."""
        ...

    def groups_unheard(self, kind: str, zone: Zone, day: date, most: int) -> Sequence[Group]:
        """Groups with open books in ``zone`` that have not heard of ``kind`` on ``day``."""
        ...

    def groups_in_programme(self, zone: Zone, day: date, most: int) -> Sequence[Group]:
        """Groups in ``zone`` whose programme has not begun that ``day`` yet."""
        ...

    def groups_of_week(self, zone: Zone, here: datetime, late: int, most: int) -> Sequence[Group]:
        """Groups in ``zone`` whose week was due ``late`` days before ``here``, and is not told yet."""
        ...

    def record(self, change: Change) -> Sequence[Happened]:
        """Write what was agreed, and say what came of it. Raises Conflict."""
        ...

    def speaks(self, shared: Shared, speaker: Person, until: datetime) -> None:
        """Note who is writing in a shared chat; nothing waits for that any more."""
        ...

    def wait_for_speaker(self, shared: Shared, words: str, media: str) -> None:
        """Keep what came in a shared chat while we do not know who writes."""
        ...

    def post(
        self,
        person: Person,
        bubble: Bubble,
        kind: str,
        session_id: str | None,
        heard_at: datetime | None = None,
    ) -> None:
        """Put a bubble into the outbox; one to a person without a chat is dropped.

        ``heard_at`` is when the message came that it answers.
        """
        ...


class Outbox(Protocol):
    """The bubbles on their way. A state never goes back; what no longer fits does nothing."""

    def claim(
        self,
        limits: Mapping[str, Limit],
        room: Callable[[int], int],
        now: datetime,
        until: datetime,
    ) -> Claimed:
        """Take letters that are due on these channels, as many as their limits let out now.

        Urgent ones come first, and each person's in order; ``room(rank)`` is how many of a rank
        or of more urgent ones we can carry. They are ours until ``until``; then they go back, or
        are given up if they may not come twice.
        """
        ...

    def sent(self, receipts: Iterable[tuple[Letter, str]], now: datetime) -> None:
        """Mark letters as taken by the platform, with its ids."""
        ...

    def piece_sent(self, letter: Letter, now: datetime) -> None:
        """One more piece has arrived; the rest waits for its turn."""
        ...

    def later(self, letter: Letter, reason: str, at: datetime, *, counted: bool = True) -> None:
        """Give a letter back, to be tried at ``at``; the try is not ``counted`` when we were told to wait."""
        ...

    def failed(self, letter: Letter, reason: str, now: datetime, *, gone: bool = False) -> None:
        """Give it up; ``gone`` also stops all writing to that chat until she writes again."""
        ...

    def held(self, letter: Letter, until: datetime, now: datetime) -> None:
        """Keep it for when she writes again, and look again at ``until``; no try is counted.

        Should she have written meanwhile, it goes out at once.
        """
        ...

    def told(self, one: Told) -> None:
        """Take in what a platform tells about a message: in any order, and only once."""
        ...

    def cancelled(self, letter: Letter, reason: str, now: datetime) -> None:
        """Let it be: what it says is no longer wanted."""
        ...

    def hold_chat(self, letter: Letter, until: datetime) -> None:
        """Nothing goes to this letter's chat before ``until``."""
        ...

    def hold_all(self, channel: str, until: datetime) -> None:
        """Nothing goes out on this channel before ``until``, whoever sends."""
        ...

    def depth(self, now: datetime) -> Sequence[Waits]:
        """What is not settled yet."""
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

    @property
    def schedule(self) -> Schedule:
        """Who is to be reminded when."""
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
