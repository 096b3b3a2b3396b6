"""Reading again from the top: what is kept, what is asked, what a doubt and a silence are."""

from __future__ import annotations

import json
from datetime import date, time, timedelta
from typing import Any, cast

import pytest

from bot.domain.changes import Change
from bot.domain.money import Money
from bot.domain.people import Member, Person
from bot.talk import (
    Silence,
    Turn,
    among,
    anything,
    ask,
    day_back,
    dialogue,
    hour,
    listing,
    member_of,
    money,
    one_of,
    optional,
    text,
    yes_or_no,
)
from bot.talk.answers import Answer, Doubt, Got
from bot.talk.play import AskedTwice
from tests.talk.telling import MONDAY, Chat

RINA, SARI_D, SARI_W = (
    Member(1, number, Person(number, name))
    for number, name in enumerate(("Rina", "Sari Dewi", "Sari Wati"), start=1)
)


def ended(*values: object) -> Change:
    """What a dialogue of these tests ends in: the values it was given."""
    return cast("Change", values)


def asks(answer: Answer[Any], **more: Any) -> Chat:
    """A conversation of one question called ``it``."""

    async def single(turn: Turn) -> Change:
        return ended(await ask("it", answer, already=turn.opening, **more))

    return Chat(dialogue()(single))


def answered(chat: Chat) -> Any:
    (value,) = cast("tuple[Any]", chat.change)
    return value


# Reading again


@dialogue()
async def order(turn: Turn) -> Change:
    turn.say("hello")
    what = await ask("what", text(20))
    turn.say("noted")
    count = await ask("count", money(), what=what)
    return ended(what, count)


def test_what_was_said_in_an_earlier_turn_is_not_said_again() -> None:
    chat = Chat(order)
    assert chat.begins() == ["hello", "what"]
    assert chat.says("kue") == ["noted", "count"]
    assert chat.says("10rb") == []
    assert chat.change == ("kue", Money(10_000))
    assert not chat.open


def test_nothing_happens_when_what_was_asked_is_asked_no_more() -> None:
    chat = Chat(order)
    chat.begins()
    chat.says("kue")
    kept = json.loads(chat.kept)
    chat.kept = json.dumps({**kept, "answers": {"what": "kue", "count": "10000"}, "asked": "sure"})
    assert chat.says("tidak") == ["asked_no_more"]
    assert chat.change is None
    assert not chat.open


def test_a_message_is_given_only_to_the_question_that_was_asked() -> None:
    chat = Chat(order)
    chat.begins()
    chat.says("10rb")
    assert chat.session.answers == {"what": "10rb"}
    assert chat.session.asked == "count"


def test_no_answer_asks_in_other_words_and_counts() -> None:
    chat = Chat(order)
    chat.begins()
    chat.says("kue")
    assert chat.says("banyak") == ["unclear.count"]
    assert chat.says("entah") == ["unclear.count"]
    assert chat.session.misses == 2
    chat.says("10rb")
    assert chat.session.misses == 0


def test_asking_again_changes_nothing() -> None:
    chat = Chat(order)
    chat.begins()
    chat.says("kue")
    chat.says("banyak")
    kept = chat.session
    assert chat.is_asked_again()[-1] == "count"
    assert chat.session == kept


def test_the_opening_answers_what_it_can() -> None:
    chat = asks(money((Money(5_000),)))
    assert chat.begins("setor 10rb") == []
    assert answered(chat) == Money(10_000)


def test_an_opening_that_is_not_sure_is_a_doubt() -> None:
    chat = asks(money())
    assert chat.begins("nabung 20") == ["doubt.it"]
    chat.says("iya")
    assert answered(chat) == Money(20_000)


def test_the_same_question_twice_is_a_fault_of_ours() -> None:
    @dialogue()
    async def stutter(_turn: Turn) -> None:
        for _ in range(2):
            await ask("name", text(9))

    chat = Chat(stutter)
    chat.begins()
    with pytest.raises(AskedTwice, match=r"stutter: name"):
        chat.says("Sari")


def test_about_tells_apart_what_is_asked_of_several() -> None:
    @dialogue()
    async def each(_turn: Turn) -> Change:
        return ended(*[await ask("name", text(9), about=place) for place in (0, 1)])

    chat = Chat(each)
    chat.begins()
    chat.says("Sari")
    chat.says("Ani")
    assert chat.change == ("Sari", "Ani")
    assert chat.session.answers == {"name.0": "Sari", "name.1": "Ani"}


# Doubts, picks, buttons


def test_one_candidate_is_confirmed_by_a_yes() -> None:
    chat = asks(money())
    chat.begins()
    assert chat.says("20") == ["doubt.it"]
    assert chat.offered == ["20000"]
    chat.says("ya")
    assert answered(chat) == Money(20_000)


@pytest.mark.parametrize(
    ("words", "who"), [("2", SARI_W), ("yang pertama", SARI_D), ("wati", SARI_W)]
)
def test_of_several_candidates_one_is_picked(words: str, who: Member) -> None:
    chat = asks(member_of((RINA, SARI_D, SARI_W)))
    chat.begins()
    assert chat.says("sari") == ["doubt.it"]
    assert chat.offered == ["2", "3"]
    assert chat.says("ya") == ["unclear.it"]
    chat.says("sari")
    chat.says(words)
    assert answered(chat) == who


def test_a_doubt_that_is_asked_again_keeps_its_buttons() -> None:
    chat = asks(member_of((RINA, SARI_D, SARI_W)))
    chat.begins()
    chat.says("sari")
    assert chat.is_asked_again() == ["doubt.it"]
    assert chat.says("ya") == ["unclear.it"]
    assert chat.is_asked_again() == ["doubt.it"]
    assert chat.offered == ["2", "3"]
    chat.says("2")
    assert answered(chat) == SARI_W


def test_a_doubt_is_left_behind_by_a_better_answer() -> None:
    chat = asks(money())
    chat.begins()
    chat.says("20")
    chat.says("15rb")
    assert answered(chat) == Money(15_000)


def test_a_number_is_a_place_only_where_things_are_counted() -> None:
    chat = asks(money((Money(5_000), Money(10_000))))
    chat.begins()
    assert chat.says("2") != []
    assert chat.open


def test_a_button_is_its_value_and_a_wrong_value_is_no_answer() -> None:
    chat = asks(yes_or_no("go", "rest"))
    chat.begins()
    assert chat.presses("somewhere") == ["unclear.it"]
    chat.presses("rest")
    assert answered(chat) is False


@pytest.mark.parametrize(("label", "meant"), [("lanjut dulu", True), ("Nanti saja.", False)])
def test_what_stands_on_a_button_can_be_typed(label: str, *, meant: bool) -> None:
    chat = asks(yes_or_no("go", "rest"))
    chat.begins()
    chat.says(label)
    assert answered(chat) is meant


def test_the_label_of_a_thing_can_be_typed() -> None:
    claims = {1: "Rp5.000, Senin, 23 November", 2: "Rp10.000, Senin, 23 November"}
    chat = asks(among(tuple(claims), claims.__getitem__, int))
    chat.begins()
    chat.says("rp10.000, senin, 23 november")
    assert answered(chat) == 2


def test_many_things_are_asked_for_by_name() -> None:
    chat = asks(among(range(11), lambda one: f"Orang {'abcdefghijk'[one]}{one}x", int))
    chat.begins()
    assert chat.offered == []


# Optional, skipped


@pytest.mark.parametrize("words", ["lewati", "Lewati", "skip", "-", "nanti saja"])
def test_an_optional_question_can_be_left_out(words: str) -> None:
    chat = asks(optional(money((Money(5_000),))))
    chat.begins()
    assert chat.offered == ["5000", "lewati"]
    chat.says(words)
    assert answered(chat) is None


def test_an_optional_question_can_be_answered_all_the_same() -> None:
    chat = asks(optional(hour((time(7),))))
    chat.begins()
    chat.says("jam 19.00")
    assert answered(chat) == time(19)


# What is kept comes back as it was


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (money(), "10rb"),
        (day_back(MONDAY, most=7), "kemarin"),
        (hour(), "19.30"),
        (yes_or_no(), "tidak"),
        (one_of({"WIB": ("jakarta",), "WIT": ()}), "jakarta"),
        (member_of((RINA, SARI_D)), "rina"),
        (text(9), "  kue   basah enak"),
        (anything(9), "apa kabar semua"),
        (listing(5), "Sari 10rb\nAni 5"),
        (optional(text(9)), "kue"),
    ],
    ids=[
        "money",
        "day",
        "hour",
        "yes",
        "one_of",
        "member",
        "text",
        "anything",
        "listing",
        "optional",
    ],
)
def test_an_answer_survives_being_kept(answer: Answer[Any], words: str) -> None:
    reading = answer.read(words)
    assert isinstance(reading, Got)
    assert answer.recall(answer.keep(reading.value)) == reading


@pytest.mark.parametrize(
    "kept", ["", "x", "[1]", '["a"]', "null", "{}", "99999999999", "²", "lewati"]
)
@pytest.mark.parametrize(
    "answer",
    [
        money(),
        day_back(MONDAY, most=7),
        hour(),
        yes_or_no(),
        member_of((RINA,)),
        anything(9),
        listing(5),
    ],
    ids=["money", "day", "hour", "yes", "member", "anything", "listing"],
)
def test_what_is_no_answer_any_more_is_asked_again(answer: Answer[Any], kept: str) -> None:
    assert answer.recall(kept) in (None, Got(()))


def test_a_list_kept_before_its_lines_had_a_way_is_still_one() -> None:
    kept = '[["Sari", [10000], true]]'
    assert listing(5).recall(kept) == listing(5).read("Sari 10rb")


def test_a_day_too_far_back_is_asked() -> None:
    reading = day_back(MONDAY, most=7).read("tanggal 3")
    assert not isinstance(reading, Got)
    assert day_back(MONDAY, most=7).read("kemarin") == Got(date(2026, 11, 22))


@pytest.mark.parametrize("words", ["99 milyar", "50 rupiah", "nol"])
def test_an_amount_nobody_saves_is_no_answer(words: str) -> None:
    reading = money().read(words)
    assert reading is None or isinstance(reading, Doubt)


def test_media_answers_only_where_anything_does() -> None:
    chat = asks(anything(99))
    chat.begins()
    chat.sends("photo:telegram:1", "ini")
    assert answered(chat).media == "photo:telegram:1"


# Silence


WAITS = (
    Silence(timedelta(hours=6), "nudge"),
    Silence(timedelta(hours=24), "tell", to=Person(9, "Dewi")),
)


def test_silence_speaks_step_by_step_and_keeps_the_question_open() -> None:
    chat = asks(yes_or_no(), silence=WAITS)
    chat.begins()
    assert chat.waits() == timedelta(hours=6)
    assert chat.is_silent() == ["nudge"]
    assert chat.lines[0].choices
    assert chat.waits() == timedelta(hours=18)
    assert chat.is_silent() == ["tell"]
    assert chat.lines[0].to == Person(9, "Dewi")
    assert not chat.lines[0].choices
    assert chat.waits() is None
    assert chat.is_silent() == []
    chat.says("ya")
    assert answered(chat) is True


def test_silence_hears_nothing_of_what_is_over_by_then() -> None:
    over: list[bool] = []

    async def told(turn: Turn) -> None:
        if over:
            turn.say("already")
        else:
            await ask("it", yes_or_no(), silence=WAITS)

    chat = Chat(dialogue()(told))
    chat.begins()
    over.append(True)
    assert chat.is_silent() == []
    assert chat.says("ya") == ["already"]


def test_words_between_do_not_begin_the_silence_anew() -> None:
    chat = asks(yes_or_no(), silence=WAITS)
    chat.begins()
    chat.is_silent()
    chat.says("hm?")
    assert chat.is_silent() == ["tell"]


def test_a_quiet_question_says_that_it_is_quiet() -> None:
    chat = asks(anything(9), quietly=True)
    chat.begins()
    assert chat.played.quietly
