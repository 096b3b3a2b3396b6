"""Consultations: what a member asks her mentor, kept together until it is settled."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.people import Group, Person

#: Words, photos and voice notes sent within this belong to one question.
TOGETHER = timedelta(hours=1)

#: For so long after the last word in it, whatever a member says that is no other wish belongs to
#: the thread in which a human answered, and we keep silent there.
THREAD = timedelta(hours=24)

#: Left unanswered for so long, the mentors are reminded; then another mentor is asked.
NUDGED_AFTER, HANDED_ON_AFTER = timedelta(hours=24), timedelta(hours=72)

#: A consultation that was answered closes by itself after so much silence.
CLOSES_AFTER = timedelta(days=7)

#: Parts of one consultation, consultations open per member, canned answers per mentor; at most.
MOST_PARTS, MOST_OPEN, MOST_CANNED = 200, 20, 10


class State(StrEnum):
    """Whose turn it is: new (baru) waits for a mentor; answered (dijawab); waiting for the member
    (menunggu ibu), since the mentor asked back; done (selesai).
    """

    NEW = "new"
    ANSWERED = "answered"
    WAITING = "waiting"
    DONE = "done"


class Topic(StrEnum):
    """What it is about."""

    CAPITAL = "modal"
    MARKETING = "pemasaran"
    MONEY = "keuangan"
    PERMIT = "izin"
    PRODUCT = "produk"
    OTHER = "lainnya"


class PartKind(StrEnum):
    """Whose word a part is; a private one only mentors see."""

    HERS = "hers"
    ANSWER = "answer"
    PRIVATE = "private"


class Why(StrEnum):
    """Why a mentor hears of a consultation."""

    NEW = "new"
    MORE = "more"
    NUDGE = "nudge"
    HANDED = "handed"
    ALONE = "alone"  # nobody else answered in time
    NOT_HELPED = "not_helped"


class Verdict(StrEnum):
    """Her word on an article: it helped, not yet, or she asks a human; none: nothing fitted."""

    YES = "yes"
    NOT_YET = "not_yet"
    MENTOR = "mentor"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Judged:
    """An article she read, and what she said of it; without an article: there was no answer."""

    verdict: Verdict
    article: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """A question put to the articles, its ``words`` masked, and what came of it."""

    words: str
    judged: tuple[Judged, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """One thing somebody wrote or sent; ``number`` counts from 1 within the consultation."""

    number: int
    kind: PartKind
    writer: Person
    words: str
    media: str
    at: datetime

    def begins(self, longest: int) -> str:
        """Its first words on one line, with "…" where more follow; none when it is a picture alone."""
        line = " ".join(self.words.split())
        return line if len(line) <= longest else f"{line[:longest].rstrip()}…"


@dataclass(frozen=True, slots=True)
class Consultation:
    """A member's question and all that was said about it.

    ``mentor`` is who takes care of it, ``answered`` whether a human ever answered, ``waits_since``
    when she began to wait for one (None: she does not), ``offered`` the titles of the articles we
    had shown her, ``good`` her word on the answers.
    """

    number: int
    group: Group
    asker: Person
    state: State
    opened_at: datetime
    last_at: datetime
    topic: Topic | None = None
    mentor: Person | None = None
    answered: bool = False
    waits_since: datetime | None = None
    later_on: date | None = None
    offered: tuple[str, ...] = ()
    good: bool | None = None
    remark: str = ""

    def goes_on(self, now: datetime) -> bool:
        """Whether what she says now (aware UTC) still belongs to it."""
        lasts = THREAD if self.answered else TOGETHER
        return self.state is not State.DONE and now - self.last_at <= lasts


@dataclass(frozen=True, slots=True)
class InboxSize:
    """How many consultations a mentor has: waiting for her, put off, answered and not closed."""

    waiting: int
    later: int
    answered: int


@dataclass(frozen=True, slots=True)
class Canned:
    """An answer a mentor gives often; ``number`` counts her own."""

    number: int
    title: str
    words: str


# What happens to a consultation


@dataclass(frozen=True, slots=True)
class MentorsAsked:
    """These mentors are to answer; ``part`` is what they have not seen yet."""

    number: int
    part: int
    to: tuple[Person, ...]
    why: Why


@dataclass(frozen=True, slots=True)
class QuestionTried:
    """A question ended without a mentor: an article helped, or she let it be."""

    group: Group
    tried: Tried


@dataclass(frozen=True, slots=True)
class TopicTold:
    """She says what it is about."""

    number: int
    topic: Topic


@dataclass(frozen=True, slots=True)
class PutOff:
    """A mentor will answer from ``until`` on."""

    number: int
    until: date


@dataclass(frozen=True, slots=True)
class HandedOn:
    """It is another mentor's now; ``by`` whom, or nobody when it waited too long."""

    number: int
    asker: Person
    to: Person
    by: Person | None


@dataclass(frozen=True, slots=True)
class Nudged:
    """The mentors are reminded of a question."""

    number: int


@dataclass(frozen=True, slots=True)
class PrivateNote:
    """A mentor's note for mentors alone."""

    number: int
    mentor: Person
    words: str


@dataclass(frozen=True, slots=True)
class ConsultationClosed:
    """It is settled; ``by`` a mentor or the member, or by silence."""

    number: int
    asker: Person
    by: Person | None


@dataclass(frozen=True, slots=True)
class Rated:
    """The member says whether the answers helped."""

    number: int
    good: bool


@dataclass(frozen=True, slots=True)
class Remarked:
    """Her word about it, to the mentor who answered."""

    number: int
    mentor: Person
    words: str


@dataclass(frozen=True, slots=True)
class CannedKept:
    """A mentor keeps an answer she gives often."""

    mentor: Person
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class CannedDropped:
    """She needs it no more."""

    mentor: Person
    number: int


@dataclass(frozen=True, slots=True)
class AnswerDrafted:
    """A machine wrote ``words`` from the articles of these ``titles``, for mentors to send or not."""

    number: int
    words: str
    titles: str
    to: tuple[Person, ...] = ()


ConsultChange = (
    MentorsAsked
    | QuestionTried
    | TopicTold
    | PutOff
    | HandedOn
    | Nudged
    | PrivateNote
    | ConsultationClosed
    | Rated
    | Remarked
    | CannedKept
    | CannedDropped
    | AnswerDrafted
)
