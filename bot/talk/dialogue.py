"""What a conversation is written in: a dialogue, its questions, and the turn it is read in."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Generator, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from typing import Any, Generic, TypeVar

from bot.domain.books import Books
from bot.domain.calendar import Zone
from bot.domain.changes import Change
from bot.domain.invite import Ways
from bot.domain.kinds import Kind
from bot.domain.people import Person
from bot.talk.answers import Answer, Choice

T_co = TypeVar("T_co", covariant=True)
C = TypeVar("C")

#: An ordinary conversation that was left lying is forgotten after this long.
FORGOTTEN_AFTER = timedelta(hours=24)


#: The kind of what is said when we did not understand.
NOT_UNDERSTOOD = "unclear"


@dataclass(frozen=True, slots=True)
class Line:
    """One thing said, by the name of its text; with ``rows`` the text is said once for each.

    What is said ``again`` comes back with the question behind it, also when that was not understood.
    """

    key: str
    facts: Mapping[str, object]
    choices: tuple[Choice, ...] = ()
    rows: tuple[Mapping[str, object], ...] | None = None
    to: Person | None = None
    qr: str = ""
    media: str = ""
    again: bool = False


@dataclass(slots=True)
class Turn:
    """One reading of a dialogue: who speaks with us, what we may look at, what we said.

    ``today`` is the day the conversation began where she lives, ``facts`` what it was begun with,
    ``opening`` what she said at the start besides the wish itself; none of them moves while the
    conversation lasts. ``ways`` are the ways people can reach us.
    """

    me: Person
    books: Books
    today: date
    zone: Zone
    facts: Mapping[str, Any]
    ways: Ways
    opening: str = ""
    wording: Callable[..., str] = field(default=lambda key, **facts: key.format(**facts))
    said: list[Line] = field(default_factory=list)

    def say(
        self,
        key: str,
        *,
        offers: Sequence[str | tuple[str, object]] = (),
        rows: Iterable[Mapping[str, object]] | None = None,
        qr: str = "",
        media: str = "",
        again: bool = False,
        **facts: object,
    ) -> None:
        """Say the text ``key`` of this conversation.

        ``offers`` are words put on buttons: pressing one is saying it; with something beside them
        (``("setor 10000", Money(10_000))``) that is what the button shows. ``rows`` says the text once
        for each of them, a line each; said ``again`` it comes back with the question behind it. ``qr`` is sent as a QR picture, ``media`` as it was heard.
        """
        buttons = tuple(
            Choice(offer, command=True)
            if isinstance(offer, str)
            else Choice(offer[0], offer[1], command=True)
            for offer in offers
        )
        listed = None if rows is None else tuple(rows)
        self.said.append(Line(key, facts, buttons, listed, qr=qr, media=media, again=again))


@dataclass(frozen=True, slots=True)
class Silence:
    """What happens when a question is left alone ``after`` so long.

    The text ``say`` goes to ``to``; to nobody means to her who was asked, with the question.
    """

    after: timedelta
    say: str
    to: Person | None = None


class ask(Generic[T_co]):  # noqa: N801 - reads as a verb
    """A question, by the name of its text; awaiting it gives her answer.

    ``about`` tells apart a question that is asked of several things; ``already`` is what she
    said before, in which the answer is looked for first; ``silence`` what happens if she does not
    answer, in order of time. A question asked ``quietly`` hears buttons and replies to its own
    message; of what she writes next only what plainly answers it, while nothing louder is open.
    One asked ``once`` does not come back by itself after something else was served. ``more`` is
    said where she tells of one more sum beside a doubted one, so that none gets lost unnoticed.
    """

    def __init__(
        self,
        key: str,
        answer: Answer[T_co],
        *,
        about: object = "",
        already: str = "",
        silence: Sequence[Silence] = (),
        quietly: bool = False,
        once: bool = False,
        more: str = "",
        **facts: object,
    ) -> None:
        self.key, self.facts = key, facts
        self.answer: Answer[Any] = answer
        self.name = f"{key}.{about}" if about != "" else key
        self.already, self.silence, self.quietly = already, tuple(silence), quietly
        self.once, self.more = once, more

    def __await__(self) -> Generator[ask[Any], Any, T_co]:
        answer: T_co = yield self
        return answer


@dataclass(frozen=True, slots=True)
class Instead:
    """How a dialogue ends when she wanted another: go on with that ``wish`` and her ``words``.

    Without a wish the words are read as if she had just written them. ``facts`` go along.
    """

    wish: str
    words: str
    facts: Mapping[str, Any] = field(default_factory=dict)


class Behind(StrEnum):
    """What may stand behind the words that begin a dialogue; anything else is no command."""

    ANYTHING = "anything"
    NAME = "name"
    NOTHING = "nothing"


Story = Coroutine[ask[Any], Any, Change | Instead | None]
Tell = Callable[[Turn], Story]


@dataclass(frozen=True, slots=True)
class Dialogue:
    """A conversation: how it is told, and what begins it.

    ``wishes`` name what people may want in their own words, ``says`` the exact words that begin
    it, ``follows`` the change after which it begins by itself, for each person of ``to``. One that
    ``yields`` is not asked again: whatever else she writes is read afresh, and ends it. What is
    written in a ``verbatim`` one is for others to read: only the exact name of another leaves it.
    What stands behind the words of a ``keepers`` one makes it theirs: said by a member who neither leads
    nor holds ("siapa pendamping saya") it is read as any other words. With ``behind`` the same holds for
    everybody: "teman saya mau ikut" names no friend, "data saya dicuri" asks for no data. Behind one that
    ``recalls`` another, the open question of that is asked again.
    """

    name: str
    tell: Tell
    wishes: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    follows: type[Any] | None = None
    to: Callable[[Any, Books], Iterable[Person]] | None = None
    lasts: timedelta = FORGOTTEN_AFTER
    kind: Kind = Kind.ANSWER
    yields: bool = False
    verbatim: bool = False
    keepers: bool = False
    behind: Behind = Behind.ANYTHING
    recalls: str = ""


def dialogue(  # noqa: PLR0913 - what begins it, and its manner, by name
    *,
    wishes: Sequence[str] = (),
    says: Sequence[str] = (),
    follows: type[C] | None = None,
    to: Callable[[C, Books], Iterable[Person]] | None = None,
    lasts: timedelta = FORGOTTEN_AFTER,
    kind: str = "answer",
    yields: bool = False,
    verbatim: bool = False,
    keepers: bool = False,
    behind: str = Behind.ANYTHING,
    recalls: str = "",
) -> Callable[[Tell], Dialogue]:
    """Make a dialogue of a coroutine function; its texts lie under the function's name."""

    def made(tell: Tell) -> Dialogue:
        name = tell.__name__
        beginning = (tuple(wishes), tuple(says), follows, to, lasts)
        manner = (Kind(kind), yields, verbatim, keepers, Behind(behind))
        return Dialogue(name, tell, *beginning, *manner, recalls=recalls)

    return made
