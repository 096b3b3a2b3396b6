"""What is said to one person in one turn becomes as few bubbles as it can."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar

from bot.conversing import OpenSession
from bot.domain.people import Person
from bot.files import Media
from bot.ports import Bubble, Button
from bot.talk.answers import Choice
from bot.talk.dialogue import Line
from bot.talk.texts import Said

T = TypeVar("T")

#: Bytes of a button's payload at most (Telegram's callback_data, the tightest).
LONGEST_PAYLOAD = 64


@dataclass(frozen=True, slots=True)
class Piece:
    """Something said to somebody; ``session`` when it asks for an answer."""

    to: Person
    said: Said
    kind: str
    session: OpenSession | None = None


def apart(said: Sequence[T], content: Callable[[T], Line | Said]) -> list[list[T]]:
    """As few parts as there are pictures and documents: a bubble carries one of them."""

    def carries(one: T) -> bool:
        return bool(content(one).media or content(one).qr)

    parts: list[list[T]] = []
    for one in said:
        if not parts or (carries(one) and any(map(carries, parts[-1]))):
            parts.append([])
        parts[-1].append(one)
    return parts


def bubbles(
    pieces: Sequence[Piece],
) -> Iterator[tuple[Person, Bubble, str, OpenSession | None]]:
    """One bubble for each person, and one more for each further picture or document.

    With it: whose it is, its kind, and the conversation in which it asks something.
    """
    for person in {piece.to.id: piece.to for piece in pieces}.values():
        hers = [piece for piece in pieces if piece.to.id == person.id]
        asking = next((one for one in reversed(hers) if one.said.choices), hers[-1])
        sessions = [one.session for one in (asking, *reversed(hers)) if one.session]
        # A quiet question gives way to one that waits for her words.
        session = next((one for one in sessions if one.asked_at), next(iter(sessions), None))
        for part in apart(hers, lambda piece: piece.said):
            yield person, _merged(part, asking), asking.kind, session


def _merged(pieces: list[Piece], asking: Piece) -> Bubble:
    """Several pieces as one bubble, with the buttons of the one that asks if it is among them."""
    media = next((piece.said.media for piece in pieces if piece.said.media), "")
    choices = asking.said.choices if asking in pieces else ()
    return Bubble(
        "\n\n".join(piece.said.text for piece in pieces if piece.said.text),
        tuple(Button(label, _payload(one, asking.session)) for label, one in choices),
        qr=next((piece.said.qr for piece in pieces if piece.said.qr), ""),
        media=Media.unpacked(media) if media else None,
    )


def _payload(choice: Choice, session: OpenSession | None) -> str:
    if choice.command:
        payload = f"={choice.value}"
    else:
        if session is None:
            raise ValueError(f"a choice without an open question: {choice.value}")
        payload = f"{session.id}:{session.state['asked']}:{choice.value}"
    if len(payload.encode()) > LONGEST_PAYLOAD:
        raise ValueError(f"a button carries too much: {payload}")
    return payload
