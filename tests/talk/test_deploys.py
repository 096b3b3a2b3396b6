"""The program changes while people are in the middle: nobody is lost, nothing is answered for them."""

from __future__ import annotations

import json
from collections.abc import Callable, Coroutine
from typing import Any, cast

import pytest

from bot.domain.changes import Change
from bot.domain.money import Money
from bot.talk import Dialogue, Turn, ask, dialogue, money, one_of, text, yes_or_no
from bot.talk.play import Session
from tests.talk.telling import Chat

Tale = Callable[[Turn], Coroutine[ask[Any], Any, Change | None]]


def told(tale: Tale) -> Dialogue:
    """A version of the conversation ``tale``."""
    tale.__name__ = "tale"
    return dialogue()(tale)


async def _before(_turn: Turn) -> Change:
    name = await ask("name", text(20))
    amount = await ask("amount", money())
    sure = await ask("sure", yes_or_no())
    return cast("Change", (name, amount, sure))


async def _one_more_question(_turn: Turn) -> Change:
    name = await ask("name", text(20))
    colour = await ask("colour", one_of({"red": (), "blue": ()}))
    amount = await ask("amount", money())
    sure = await ask("sure", yes_or_no())
    return cast("Change", (name, colour, amount, sure))


async def _one_question_less(_turn: Turn) -> Change:
    name = await ask("name", text(20))
    sure = await ask("sure", yes_or_no())
    return cast("Change", (name, sure))


async def _in_another_order(_turn: Turn) -> Change:
    sure = await ask("sure", yes_or_no())
    amount = await ask("amount", money())
    name = await ask("name", text(20))
    return cast("Change", (name, amount, sure))


async def _choices_renamed(_turn: Turn) -> Change:
    name = await ask("name", text(20))
    amount = await ask("amount", money())
    sure = await ask("sure", yes_or_no("go", "rest"))
    return cast("Change", (name, amount, sure))


async def _question_renamed(_turn: Turn) -> Change:
    name = await ask("called", text(20))
    amount = await ask("amount", money())
    return cast("Change", (name, amount))


async def _another_kind_of_answer(_turn: Turn) -> Change:
    name = await ask("name", money())
    return cast("Change", (name,))


@pytest.fixture
def chat() -> Chat:
    """Sari, who said her name and is being asked for the amount."""
    chat = Chat(told(_before))
    chat.begins()
    chat.says("Sari")
    assert chat.session.asked == "amount"
    return chat


def test_a_question_was_added_before_the_open_one(chat: Chat) -> None:
    chat.dialogue = told(_one_more_question)
    assert chat.says("10rb") == ["colour"]
    chat.says("red")
    chat.says("10rb")
    chat.says("ya")
    assert chat.change == ("Sari", "red", Money(10_000), True)


def test_the_open_question_was_removed(chat: Chat) -> None:
    chat.dialogue = told(_one_question_less)
    assert chat.says("10rb") == ["sure"]
    chat.says("ya")
    assert chat.change == ("Sari", True)


def test_the_order_changed(chat: Chat) -> None:
    chat.dialogue = told(_in_another_order)
    assert chat.says("10rb") == ["sure"]
    assert chat.says("ya") == ["amount"]
    chat.says("10rb")
    assert chat.change == ("Sari", Money(10_000), True)


def test_the_open_questions_choices_were_renamed(chat: Chat) -> None:
    chat.says("10rb")
    chat.dialogue = told(_choices_renamed)
    assert chat.presses("yes") == ["unclear.sure"]
    assert chat.offered == ["go", "rest"]
    chat.presses("go")
    assert chat.change == ("Sari", Money(10_000), True)


def test_an_answered_question_was_renamed(chat: Chat) -> None:
    chat.dialogue = told(_question_renamed)
    assert chat.says("10rb") == ["called"]
    chat.says("Sari")
    assert chat.says("10rb") == []
    assert chat.change == ("Sari", Money(10_000))


def test_an_answer_is_of_another_kind_now(chat: Chat) -> None:
    chat.dialogue = told(_another_kind_of_answer)
    assert chat.is_asked_again() == ["name"]
    chat.says("10rb")
    assert chat.change == (Money(10_000),)


def test_a_session_of_an_older_version_lacks_fields(chat: Chat) -> None:
    old = {name: json.loads(chat.kept)[name] for name in ("dialogue", "today", "answers", "asked")}
    chat.kept = json.dumps(old)
    assert chat.says("10rb") == ["sure"]


def test_a_session_of_a_newer_version_has_fields_we_do_not_know(chat: Chat) -> None:
    chat.kept = json.dumps({**json.loads(chat.kept), "mood": "sunny"})
    assert chat.says("10rb") == ["sure"]


def test_a_session_is_its_json() -> None:
    session = Session("tale", "2026-11-23", {"group": 1}, "kemarin", {"name": "Sari"}, "amount")
    assert Session.of(json.loads(json.dumps(session.state()))) == session
