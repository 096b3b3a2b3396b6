"""A conversation without a database: its session goes through JSON before every message."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any, cast

from bot.domain.books import Books
from bot.domain.calendar import Zone
from bot.domain.invite import Ways
from bot.domain.people import Person
from bot.talk import Dialogue, Turn
from bot.talk.answers import Reply
from bot.talk.dialogue import Line
from bot.talk.play import SILENCE, Played, Session, play

MONDAY = date(2026, 11, 23)
SARI = Person(1, "Sari")
LABELS = {"buttons.go": "Lanjut dulu", "buttons.rest": "Nanti saja"}


class Chat:
    """One person in one conversation; ``dialogue`` may be changed under her as by a deploy."""

    def __init__(self, dialogue: Dialogue, facts: Mapping[str, Any] | None = None) -> None:
        self.dialogue = dialogue
        self.kept = json.dumps(
            Session(dialogue.name, MONDAY.isoformat(), dict(facts or {})).state()
        )
        self.lines: list[Line] = []
        self.played = Played()

    def begins(self, opening: str = "") -> list[str]:
        """The texts said first."""
        self.kept = json.dumps({**json.loads(self.kept), "opening": opening})
        return self._turn(None)

    def says(self, words: str) -> list[str]:
        return self._turn(Reply(words))

    def sends(self, media: str, words: str = "") -> list[str]:
        return self._turn(Reply(words, media=media))

    def presses(self, value: str) -> list[str]:
        return self._turn(Reply(chosen=value))

    def is_silent(self) -> list[str]:
        return self._turn(SILENCE)

    def is_asked_again(self) -> list[str]:
        return self._turn(None)

    @property
    def session(self) -> Session:
        return Session.of(json.loads(self.kept))

    def waits(self) -> timedelta | None:
        """How long the open question is left alone before silence is an answer."""
        return self.played.wait

    @property
    def open(self) -> bool:
        return self.played.open

    @property
    def change(self) -> Any:
        """What it ended in; dialogues of tests end in whatever they like."""
        return self.played.change

    @property
    def offered(self) -> list[str]:
        return self.session.offered

    def _turn(self, reply: Reply | None) -> list[str]:
        session = self.session
        turn = Turn(
            SARI,
            cast("Books", object()),
            date.fromisoformat(session.today),
            Zone.WIB,
            session.facts,
            Ways(),
            session.opening,
            lambda key, **_: LABELS.get(key, key),
        )
        self.played = play(self.dialogue, turn, session, reply)
        self.kept = json.dumps(session.state())
        self.lines = turn.said
        return [line.key for line in turn.said]
