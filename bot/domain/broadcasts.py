"""A mentor's words to many: what, to whom, when, and what became of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time
from enum import StrEnum

from bot.domain.people import Group, Person

#: Letters of a broadcast, a poll's question and one of its choices at most: a platform's text
#: beside a picture carries the first, a button the last.
LONGEST, LONGEST_QUESTION, LONGEST_CHOICE = 900, 300, 40

#: Choices of a poll.
FEWEST_CHOICES, MOST_CHOICES = 2, 10

#: Without a deposit for so many days she counts as quiet.
QUIET_DAYS = 7

#: Broadcasts of one mentor that wait or run at once, and days ahead one may be planned.
MOST_AT_ONCE, FURTHEST_AHEAD = 20, 90

#: Later than any instant that matters: letters of a paused broadcast are due then.
PAUSED_UNTIL = datetime(9999, 1, 1, tzinfo=UTC)


class Who(StrEnum):
    """Which members of the groups hear it."""

    EVERYBODY = "everybody"
    QUIET = "quiet"
    BUSINESS = "business"
    HOLDERS = "holders"
    NO_NIB = "no_nib"


@dataclass(frozen=True, slots=True)
class Audience:
    """To whom: the members of ``group`` (None: of every group she leads) that ``who`` names.

    ``business`` is part of what those make whom ``Who.BUSINESS`` means.
    """

    group: Group | None
    who: Who = Who.EVERYBODY
    business: str = ""


@dataclass(frozen=True, slots=True)
class At:
    """A day and an hour on the clock of whoever reads it."""

    day: date
    clock: time


@dataclass(frozen=True, slots=True)
class When:
    """At once (no ``at``), or then on each group's own clock; ``weekly`` from then on."""

    at: At | None = None
    weekly: bool = False


class Form(StrEnum):
    """What it says: her own words, an article, a tip of the library, each group's next tip, a
    question, or what was answered to one.
    """

    WORDS = "words"
    ARTICLE = "article"
    TIP = "tip"
    NEXT_TIP = "next_tip"
    POLL = "poll"
    OUTCOME = "outcome"

    @property
    def apart(self) -> bool:
        """Whether each group is told something of its own."""
        return self in (Form.TIP, Form.NEXT_TIP)


@dataclass(frozen=True, slots=True)
class Content:
    """What it says; ``piece`` names a tip or an article, ``media`` is what she sent with her words.

    A poll's ``choices`` are counted until ``closes_at`` (aware UTC).
    """

    form: Form
    words: str = ""
    media: str = ""
    piece: str = ""
    choices: tuple[str, ...] = ()
    closes_at: datetime | None = None


class State(StrEnum):
    """Where a broadcast is."""

    PLANNED = "planned"
    RUNNING = "running"
    DONE = "done"
    CANCELLED = "cancelled"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One sending; a weekly one is followed by the next as soon as it begins.

    ``outcome_of`` is the poll whose votes it tells; ``resent`` when what failed was sent once more.
    """

    number: int
    mentor: Person
    content: Content
    audience: Audience
    when: When
    state: State = State.PLANNED
    paused: bool = False
    resent: bool = False
    closed: bool = False
    outcome_of: int | None = None

    @property
    def open(self) -> bool:
        """Whether anything of it may still go out."""
        return self.state in (State.PLANNED, State.RUNNING)


@dataclass(frozen=True, slots=True)
class Reach:
    """How many people would hear it: each once, however many groups she is in.

    ``without_chat`` cannot be written to; ``whatsapp`` of the people are there, of whom ``closed``
    must first be asked to open their window; ``sent_this_month`` counts our messages there.
    """

    people: int
    groups: int
    without_chat: int
    whatsapp: int
    closed: int
    sent_this_month: int


class Fate(StrEnum):
    """What became of a letter; ``UNSURE`` when nobody knows whether it arrived."""

    WAITING = "waiting"
    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    GONE = "gone"
    REFUSED = "refused"
    UNSURE = "unsure"
    DROPPED = "dropped"


#: What failed for good, as it is told; what nobody is sure of is never sent again.
FAILED = (Fate.GONE, Fate.REFUSED)

#: What arrived at the platform at least.
TAKEN = (Fate.SENT, Fate.DELIVERED, Fate.READ)


@dataclass(frozen=True, slots=True)
class Results:
    """How many people each fate befell, how many answered, and how many stopped since."""

    people: int
    fates: Mapping[Fate, int] = field(default_factory=dict)
    answered: int = 0
    stopped: int = 0

    def of(self, *fates: Fate) -> int:
        """People with one of these fates."""
        return sum(self.fates.get(one, 0) for one in fates)


@dataclass(frozen=True, slots=True)
class Tally:
    """A poll's votes: each choice with how many chose it, in the order asked."""

    votes: Sequence[tuple[str, int]]

    @property
    def people(self) -> int:
        """How many voted."""
        return sum(count for _, count in self.votes)


# What a conversation about broadcasts can end in.


@dataclass(frozen=True, slots=True)
class BroadcastPlanned:
    """A mentor wants ``content`` told to ``audience``."""

    mentor: Person
    content: Content
    audience: Audience
    when: When


@dataclass(frozen=True, slots=True)
class BroadcastChanged:
    """She changes its words or its time before it goes."""

    broadcast: Broadcast
    content: Content
    when: When


@dataclass(frozen=True, slots=True)
class BroadcastPaused:
    """Nothing more of it goes out for now."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class BroadcastResumed:
    """It goes on."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class BroadcastCancelled:
    """What has not gone out never does; a weekly one ends."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class BroadcastResent:
    """Those whom it did not reach are sent it once more."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class TipChosen:
    """A group hears this tip of the library by a broadcast."""

    broadcast: int
    group: int
    tip: str


@dataclass(frozen=True, slots=True)
class BroadcastAnswered:
    """A member answers a broadcast: ``told`` are its words and hers, for the mentor."""

    person: Person
    group: Group
    broadcast: int
    told: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class BroadcastFinished:
    """Everything of it is settled, or a day is over."""

    broadcast: Broadcast


@dataclass(frozen=True, slots=True)
class Voted:
    """She chooses one of a poll's choices, by its place from 0."""

    person: Person
    poll: Broadcast
    choice: int


@dataclass(frozen=True, slots=True)
class PollClosed:
    """A poll's time is over; everybody asked hears the outcome."""

    poll: Broadcast


BroadcastChange = (
    BroadcastPlanned
    | BroadcastChanged
    | BroadcastPaused
    | BroadcastResumed
    | BroadcastCancelled
    | BroadcastResent
    | TipChosen
    | BroadcastAnswered
    | BroadcastFinished
    | Voted
    | PollClosed
)
