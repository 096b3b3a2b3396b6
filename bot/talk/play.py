"""Reading a dialogue again from the top, up to its next open question or to its end.

Each question has a name, and the session keeps what was understood of the answer to it, under that
name. Read again, an answered question answers at once and an unanswered one stops the reading: its
words go out and we wait. Nothing but JSON outlives a turn, so a restart or a deploy between two
messages changes nothing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, fields, replace
from datetime import timedelta
from typing import Any

from bot.domain.changes import Change
from bot.talk.answers import Answer, Choice, Doubt, Got, Later, Reading, Reply, pick
from bot.talk.dialogue import Dialogue, Instead, Line, Turn, ask
from bot.talk.route import plainly
from bot.talk.texts import NoSuchText
from bot.talk.understand import adds, puts_off, read_amount, read_yes_no


@dataclass(slots=True)
class Session:
    """What is remembered of a conversation between two messages; plain JSON.

    ``answers`` are kept by the name of their question; ``asked`` is the open one, ``offered`` the
    values on its buttons, ``doubted`` when these are guesses at what she wrote; ``misses`` counts
    words that were no answer, ``silences`` the times she was left alone with it, ``returns`` how
    often it was asked again after something else, ``free`` says that it takes any words, ``prose``
    that a human is to read them, ``sums`` that it is about money, ``sure`` that it was asked once
    more so that a bare yes is about it, ``quietly`` that it waits behind whatever else she may say,
    ``once`` that it does not come back by itself, ``aside`` that she laid it aside herself.
    """

    dialogue: str
    today: str
    facts: dict[str, Any] = field(default_factory=dict)
    opening: str = ""
    answers: dict[str, str] = field(default_factory=dict)
    asked: str | None = None
    offered: list[str] = field(default_factory=list)
    doubted: bool = False
    free: bool = False
    prose: bool = False
    sums: bool = False
    sure: bool = False
    quietly: bool = False
    once: bool = False
    aside: bool = False
    misses: int = 0
    silences: int = 0
    returns: int = 0

    def state(self) -> dict[str, Any]:
        """The session as JSON."""
        return {name: getattr(self, name) for name in _KEPT}

    @classmethod
    def of(cls, state: Mapping[str, Any]) -> Session:
        """The session from its JSON; what an older or newer program kept besides is passed over."""
        return cls(**{name: value for name, value in state.items() if name in _KEPT})


_KEPT = tuple(one.name for one in fields(Session))


@dataclass(frozen=True, slots=True)
class Played:
    """How a reading ended: with a ``change``, with another wish ``instead``, or at an ``open`` question.

    ``wait`` is how long that question is left alone before silence is an answer; ``later`` says
    that she wants to be left alone with it.
    """

    change: Change | None = None
    instead: Instead | None = None
    open: bool = False
    quietly: bool = False
    wait: timedelta | None = None
    later: bool = False


#: Silence, heard where words could have been.
SILENCE = Reply()


class AskedTwice(Exception):
    """A dialogue reached the same question twice: give it an ``about``."""


def play(dialogue: Dialogue, turn: Turn, session: Session, reply: Reply | None) -> Played:
    """Read ``dialogue`` with what she said last; the session and ``turn.said`` are brought forward.

    ``reply`` is given to the question that was asked and to no other; None when there is none to
    give (a beginning, or the open question is to be asked again). Where what was asked is not
    reached any more, since things have changed, no change comes of it. Raises AskedTwice.
    """
    story = dialogue.tell(turn)
    reached: set[str] = set()
    open_before = session.asked
    try:
        question = story.send(None)
        while True:
            if question.name in reached:
                raise AskedTwice(f"{dialogue.name}: {question.name}")
            reached.add(question.name)
            fresh, reply = (reply, None) if question.name == session.asked else (None, reply)
            value = _settle(question, turn, session, fresh)
            if value is None:
                return _waiting(question, session)
            if isinstance(value, Later):
                return replace(_waiting(question, session), later=True)
            question = story.send(value.value)
    except StopIteration as end:
        if reply is SILENCE:  # what it was to be asked about is over, and nobody said anything
            turn.said.clear()
        session.asked, session.offered = None, []
        if isinstance(end.value, Instead):
            return Played(instead=end.value)
        if end.value is not None and open_before not in (None, *reached):
            turn.said[:] = [Line("asked_no_more", {})]
            return Played()
        return Played(change=end.value)
    finally:
        story.close()


def _waiting(question: ask[Any], session: Session) -> Played:
    left = question.silence[session.silences : session.silences + 1]
    so_far = question.silence[session.silences - 1].after if session.silences else timedelta(0)
    wait = left[0].after - so_far if left else None
    return Played(open=True, quietly=question.quietly, wait=wait)


def _settle(
    question: ask[Any], turn: Turn, session: Session, fresh: Reply | None
) -> Got[Any] | Later | None:
    """The answer to a question; None when it is (still) open and was said again, Later when it waits."""
    kept = session.answers.get(question.name)
    if kept is not None and (recalled := question.answer.recall(kept)) is not None:
        turn.said.clear()  # what was said up to here went out in an earlier turn
        return recalled
    if fresh is SILENCE:
        turn.said.clear()
        _left_alone(question, turn, session)
        return None
    shown: list[Line] = []
    if fresh is not None:
        shown, turn.said[:] = [line for line in turn.said if line.again], []
        reading = _read(question, turn, session, fresh)
    elif session.doubted and session.asked == question.name:  # asked again as it was
        reading = Doubt(_offered(question.answer, session))
    else:
        reading = question.answer.read(question.already) if question.already else None
    if fresh is not None and session.doubted and question.more and adds(fresh.words):
        shown.append(Line(question.more, {}))
        reading = Doubt(_offered(question.answer, session))
    if isinstance(reading, Got):
        session.answers[question.name] = question.answer.keep(reading.value)
        session.asked, session.doubted = None, False
        session.misses = session.silences = session.returns = 0
        return reading
    if isinstance(reading, Later) and fresh is not None:
        return reading
    turn.said += shown
    _ask(question, turn, session, reading, missed=fresh is not None)
    return None


def _read(question: ask[Any], turn: Turn, session: Session, fresh: Reply) -> Reading[Any]:
    answer, words = question.answer, fresh.words
    if fresh.chosen is not None:
        return answer.recall(fresh.chosen)
    if fresh.media and answer.media:
        value = answer.media(fresh)
        return None if value is None else Got(value)
    if (doubted := _agreed(answer, session, words)) is not None:
        return doubted
    known = _typed(answer, turn, session.offered, words) or pick(answer, words, session.offered)
    if known is None and question.silence and not answer.free and puts_off(words):
        return Later()  # its silences run on
    return known or answer.read(words)


def _agreed(answer: Answer[Any], session: Session, words: str) -> Got[Any] | None:
    """The one guess that she was asked about, where she says yes to it and names no other amount."""
    if not (session.doubted and len(session.offered) == 1 and read_yes_no(words)):
        return None
    guess = answer.recall(session.offered[0])
    if guess is None or not read_amount(words).candidates:
        return guess
    again = answer.read(words)
    return guess if isinstance(again, Doubt) and guess.value in again.values else None


def _typed(answer: Answer[Any], turn: Turn, offered: Sequence[str], words: str) -> Got[Any] | None:
    """What stands on a button, written instead of pressed; "sudah?" asks whether it is so."""
    for value in offered:
        known = answer.recall(value)
        if known is None:
            continue
        choice = answer.choice(known.value)
        label = turn.wording(f"buttons.{value}") if choice.shows is None else choice.shows
        # Amounts, days and hours need no labels: they are understood however they are written.
        if isinstance(label, str) and plainly(label) == plainly(words):
            return None if "?" in words and read_yes_no(label) is not None else known
    return None


def on_button(turn: Turn, offered: Sequence[str], words: str) -> bool:
    """Whether these are the words on one of the buttons ``offered``."""
    for value in offered:
        with suppress(NoSuchText):
            if plainly(turn.wording(f"buttons.{value}")) == plainly(words):
                return True
    return False


def _ask(
    question: ask[Any], turn: Turn, session: Session, reading: Reading[Any], *, missed: bool
) -> None:
    """Say the question: as it is, as a doubt about what she wrote, or once more in other words."""
    doubt = reading if isinstance(reading, Doubt) else None
    still_doubted = missed and doubt is None and session.doubted
    if session.asked != question.name:
        session.misses = session.silences = 0
    elif missed and doubt is None:
        session.misses += 1
    answer = question.answer
    choices = answer.choices
    if doubt:
        choices = tuple(answer.choice(value) for value in doubt.values)
    elif still_doubted:  # what she may have meant before is not taken away by one more miss
        choices = tuple(answer.choice(value) for value in _offered(answer, session))
    key = question.key
    if doubt:
        key = f"doubt.{question.key}"
    elif missed:
        key = f"unclear.{question.key}"
    session.asked, session.free = question.name, answer.free
    session.prose, session.sums = answer.free and answer.media is not None, answer.sums
    session.quietly, session.once = question.quietly, question.once
    session.doubted = doubt is not None or still_doubted
    session.offered = [choice.value for choice in choices]
    facts = question.facts
    if doubt:
        shows = answer.shows or (lambda value: value)
        facts = {**facts, "guesses": [shows(value) for value in doubt.values]}
    turn.said.append(Line(key, facts, choices))


def _offered(answer: Answer[Any], session: Session) -> tuple[Any, ...]:
    """The values on the buttons of the open question."""
    recalled = (answer.recall(value) for value in session.offered)
    return tuple(one.value for one in recalled if one)


def _left_alone(question: ask[Any], turn: Turn, session: Session) -> None:
    """Say what the next silence is for; the question stays open."""
    if session.silences < len(question.silence):
        silence = question.silence[session.silences]
        session.silences += 1
        choices: tuple[Choice, ...] = question.answer.choices if silence.to is None else ()
        turn.said.append(Line(silence.say, question.facts, choices, to=silence.to))
