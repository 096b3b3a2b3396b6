"""What a conversation can end in: facts to be written down, in the past tense."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from bot.domain.articles import ArticleWritten
from bot.domain.broadcasts import BroadcastChange
from bot.domain.buddies import BuddyChange
from bot.domain.calendar import Zone
from bot.domain.claims import Claim
from bot.domain.consultations import ConsultChange, Topic, Tried
from bot.domain.guides import GuideChange
from bot.domain.habit_changes import HabitChange
from bot.domain.ledger import Entry
from bot.domain.ledger_changes import LedgerChange
from bot.domain.metering_changes import MessagesNearlyUsed
from bot.domain.money import Money
from bot.domain.notebook import NoteKind
from bot.domain.people import Group, Member, Person
from bot.domain.pictures import PictureChange
from bot.domain.pricing import Costing
from bot.domain.privacy_changes import PrivacyChange
from bot.domain.programme_changes import ProgrammeChange


@dataclass(frozen=True, slots=True)
class MentorJoined:
    """A person showed a mentor's code; the code is used up."""

    person: Person
    code: str


@dataclass(frozen=True, slots=True)
class GroupOpened:
    """A mentor opened a group."""

    mentor: Person
    name: str
    place: str
    zone: Zone
    ends_on: date | None


@dataclass(frozen=True, slots=True)
class Consent:
    """What she said yes to: the version and the very words she read."""

    version: str
    wording: str


@dataclass(frozen=True, slots=True)
class ConsentRefused:
    """She read the agreement and would rather not: what she sent is forgotten."""

    person: Person


@dataclass(frozen=True, slots=True)
class MemberJoined:
    """She read the agreement, said yes and told who she is."""

    person: Person
    group: Group
    name: str
    sapaan: str
    business: str
    usual: Money | None
    remind_at: time | None
    consent: Consent


@dataclass(frozen=True, slots=True)
class MemberAdded:
    """The mentor or the holder put someone without a phone on the list."""

    group: Group
    name: str
    sapaan: str
    by: Person


@dataclass(frozen=True, slots=True)
class TakeoverAsked:
    """Someone with a phone says she is a member who was added without one."""

    person: Person
    member: Member
    group: Group
    consent: Consent


@dataclass(frozen=True, slots=True)
class TakeoverGranted:
    """The mentor says that it is she: her chat and her consent belong to the member from now on."""

    person: Person
    member: Member
    group: Group
    consent: Consent


@dataclass(frozen=True, slots=True)
class TakeoverRefused:
    """The mentor says that it is someone else."""

    person: Person
    member: Member
    group: Group


@dataclass(frozen=True, slots=True)
class ProfileChanged:
    """A member as she wants to be known from now on."""

    member: Member


@dataclass(frozen=True, slots=True)
class MemberLeft:
    """She said goodbye; her savings stay hers until they are handed back."""

    member: Member
    group: Group


@dataclass(frozen=True, slots=True)
class HolderAsked:
    """A mentor asks a member to keep the celengan."""

    group: Group
    member: Member
    by: Person


@dataclass(frozen=True, slots=True)
class HolderAccepted:
    """She keeps it from now on."""

    group: Group
    member: Member


@dataclass(frozen=True, slots=True)
class HolderDeclined:
    """She would rather not."""

    group: Group
    member: Member


@dataclass(frozen=True, slots=True)
class DepositClaimed:
    """A member says she handed over ``amount`` on ``day``; ``confirmer`` is asked.

    ``instead_of`` is the claim of another amount for the same money, which this one settles.
    """

    member: Member
    amount: Money
    day: date
    confirmer: Person
    instead_of: Claim | None = None


@dataclass(frozen=True, slots=True)
class ClaimReceived:
    """The one who was asked says: it arrived."""

    claim: Claim
    by: Person


@dataclass(frozen=True, slots=True)
class ClaimRefused:
    """The one who was asked says: it did not arrive, or another amount did (``instead``).

    With another amount in her hand it stays open, until both say the same.
    """

    claim: Claim
    by: Person
    instead: Money | None = None


@dataclass(frozen=True, slots=True)
class AmountInsisted:
    """She stays with what she told, though another amount was counted: it is counted once more."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class AmountAskedAgain:
    """A mentor has the member asked again whether the amount that was counted is right."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class ClaimWithdrawn:
    """She takes back a claim that nobody has confirmed yet."""

    claim: Claim


@dataclass(frozen=True, slots=True)
class ClaimReplaced:
    """She mistyped a claim that nobody has confirmed yet: it was ``amount`` that she handed over."""

    claim: Claim
    amount: Money


@dataclass(frozen=True, slots=True)
class DepositsRecorded:
    """The holder writes down what she was given today, a line a member."""

    group: Group
    by: Member
    day: date
    lines: tuple[tuple[Member, Money], ...]


@dataclass(frozen=True, slots=True)
class DepositBooked:
    """Money arrived and stands in the books; ``by`` is whose word it was."""

    member: Member
    entry: Entry
    by: Person


@dataclass(frozen=True, slots=True)
class TeachingChanged:
    """A mentor says whether her group's unplaced words may be kept, masked."""

    group: Group
    teaches: bool


@dataclass(frozen=True, slots=True)
class WordsUnplaced:
    """Words nobody could place, masked; kept only when the group agreed to that."""

    group: Group
    words: str


@dataclass(frozen=True, slots=True)
class VoiceSent:
    """She sent a voice note (``media``), to be put into words by a machine of ours."""

    person: Person
    media: str


@dataclass(frozen=True, slots=True)
class VoiceRead:
    """The machine is done with voice note ``number``; no ``words`` when it made nothing of it."""

    number: int
    person: Person
    media: str
    words: str


@dataclass(frozen=True, slots=True)
class MentorWrote:
    """A mentor's words to one member, unasked; ``media`` is what was sent with them."""

    mentor: Person
    member: Member
    words: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class WordsPassed:
    """A member's words on their way to her mentors; ``media`` is what was sent with them.

    They go to the consultation that is going on, to the one named by its number, or, ``anew``, to
    one of their own; ``offered`` are the titles she had been shown, ``tried`` what she said of
    them. Words of thanks ask nothing. A ``topic`` is asked for when it is ``unclear``.
    """

    person: Person
    group: Group
    words: str
    media: str = ""
    consultation: int | None = None
    anew: bool = False
    asks: bool = True
    topic: Topic | None = None
    unclear: bool = False
    offered: tuple[str, ...] = ()
    tried: Tried | None = None


@dataclass(frozen=True, slots=True)
class WordsAnswered:
    """A mentor's answer, in the consultation of the number ``question``."""

    question: int
    asker: Person
    mentor: Person
    words: str
    media: str = ""


@dataclass(frozen=True, slots=True)
class WritingHeld:
    """What we want to tell ``person`` waits until she writes again; ``why`` names a text."""

    person: Person
    group: Group
    why: str


@dataclass(frozen=True, slots=True)
class Jotted:
    """A member wrote a line into her private notebook."""

    person: Person
    kind: NoteKind
    amount: Money
    day: date


@dataclass(frozen=True, slots=True)
class JottingStruck:
    """She struck a line of it out again."""

    person: Person
    number: int


@dataclass(frozen=True, slots=True)
class Costed:
    """She reckoned what a piece of something costs; an older reckoning of it gives way."""

    person: Person
    costing: Costing


Change = (
    MentorJoined
    | GroupOpened
    | ConsentRefused
    | MemberJoined
    | MemberAdded
    | TakeoverAsked
    | TakeoverGranted
    | TakeoverRefused
    | ProfileChanged
    | MemberLeft
    | HolderAsked
    | HolderAccepted
    | HolderDeclined
    | DepositClaimed
    | ClaimReceived
    | ClaimRefused
    | AmountInsisted
    | AmountAskedAgain
    | ClaimWithdrawn
    | ClaimReplaced
    | DepositsRecorded
    | DepositBooked
    | VoiceSent
    | VoiceRead
    | TeachingChanged
    | WordsUnplaced
    | MentorWrote
    | WordsPassed
    | WordsAnswered
    | WritingHeld
    | Jotted
    | JottingStruck
    | Costed
    | ConsultChange
    | ArticleWritten
    | LedgerChange
    | HabitChange
    | BroadcastChange
    | GuideChange
    | PictureChange
    | ProgrammeChange
    | BuddyChange
    | PrivacyChange
    | MessagesNearlyUsed
)
