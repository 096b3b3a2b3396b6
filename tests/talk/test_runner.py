"""One message through the runner: whose words they are, coming back, leaving, buttons, deploys."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import update

from bot.bubbles import LONGEST_PAYLOAD
from bot.clerk import Clerk
from bot.conversing import OpenSession
from bot.delivery import deliver_now
from bot.domain.changes import Change
from bot.domain.pictures import A_LOOK, PictureCame
from bot.errands import ErrandKind
from bot.files import Media, MediaKind
from bot.glance import Glance
from bot.ports import Bubble, Heard
from bot.runner import Runner
from bot.talk import (
    Dialogue,
    Instead,
    Silence,
    Turn,
    anything,
    ask,
    dialogue,
    money,
    one_of,
    text,
    yes_or_no,
)
from bot.talk.texts import Texts
from bot.ticker import Ticker
from storage.store import SqlStore, connect
from storage.tables import person

WORDS = """
left = "left"
laid_aside = "laid aside"
trouble = "trouble"
button_unknown = "unknown"
button_over = "over"
button_answered = "answered"
secret_number = "secret"
unclear = "unclear"
doubt = "meant {guesses:atau}?"
nothing_open = "nothing open"
nudge = "nudge"
name = "name?"
amount = "amount?"
sure = "sure?"
thought = "thought?"
told = "told {what}"
lost = "lost"
[buttons]
yes = "Ya"
no = "Tidak"
setor = "Setor"
"""


@dialogue(wishes=("setor",), says=("setor",))
async def save(turn: Turn) -> None:
    amount = await ask("amount", money(), already=turn.opening)
    if await ask("sure", yes_or_no()):
        turn.say("told", what=amount)


@dialogue(wishes=("saldo",), says=("saldo",))
async def balance(turn: Turn) -> None:
    turn.say("told", what="balance", offers=("setor",))


@dialogue(says=("curhat",))
async def confide(turn: Turn) -> None:
    thought = await ask("thought", text(50))
    turn.say("told", what=thought)


@dialogue(says=("sunyi",))
async def waits(turn: Turn) -> None:
    await ask("sure", yes_or_no(), silence=(Silence(timedelta(hours=1), "nudge"),))
    turn.say("told", what="waited")


@dialogue(says=("bisik",))
async def whisper(turn: Turn) -> None:
    note = await ask("thought", anything(50), quietly=True)
    turn.say("told", what=note.words)


@dialogue(says=("rusak",))
async def breaks(_turn: Turn) -> Change:
    return cast("Change", "nobody knows how to write this down")


@dialogue(says=("panjang",))
async def long_button(_turn: Turn) -> None:
    await ask("name", one_of({"x" * LONGEST_PAYLOAD: ()}))


@dialogue(says=("maksudku",))
async def meant_otherwise(_turn: Turn) -> Instead:
    return Instead("", "ulang")


@dialogue(wishes=("lainnya", "kiriman", "sapaan", "batal"))
async def lost(turn: Turn) -> None:
    turn.say("lost")


EVERY = (save, balance, confide, waits, whisper, breaks, long_button, meant_otherwise, lost)


class Room:
    """Sari and a bot of these dialogues, built anew for every message."""

    def __init__(self, url: str, folder: Path) -> None:
        self.now = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
        (folder / "id").mkdir()
        (folder / "id" / "common.toml").write_text(WORDS, "utf-8")
        self.texts = Texts(folder / "id")
        self.store = SqlStore(connect(url), lambda: self.now)
        self.dialogues: tuple[Dialogue, ...] = EVERY
        self.seen: list[Bubble] = []
        self._numbers = itertools.count(1)

    @property
    def runner(self) -> Runner:
        return Runner(self.dialogues, self.store, self.texts, lambda: self.now)

    def says(self, words: str = "", *, pressed: str = "", reply_to: str = "") -> str:
        """What the bot answers; one bubble at most."""
        self.now += timedelta(minutes=1)
        number = str(next(self._numbers))
        heard = Heard("room", number, "sari", self.now, words, pressed, reply_to=reply_to)
        self.runner.receive(heard)
        return self.read()

    def presses(self, label: str) -> str:
        return self.says(pressed=self.payload(label))

    def payload(self, label: str) -> str:
        every = [button for bubble in self.seen for button in bubble.buttons]
        return next(one.payload for one in reversed(every) if one.label == label)

    def looks(self) -> str:
        """A look at the clock."""
        Ticker(self.runner, self.store, lambda: self.now, lambda: None).look()
        return self.read()

    def read(self) -> str:
        letters = list(deliver_now(self.store.outbox, "room", self.now, lambda some: some))
        assert len(letters) <= 1, "more than one bubble in a turn"
        self.seen += [one.bubble for one in letters]
        return letters[0].bubble.text if letters else ""

    def sessions(self) -> list[OpenSession]:
        with self.store.transaction() as books:
            return books.sessions(books.meet("room", "sari"))


@pytest.fixture
def room(new_sqlite: str, tmp_path: Path) -> Iterator[Room]:
    made = Room(new_sqlite, tmp_path)
    yield made
    made.store.close()


def test_another_wish_is_served_and_the_question_asked_again(room: Room) -> None:
    assert room.says("setor") == "amount?"
    assert room.says("saldo") == "told balance\n\namount?"
    assert room.says("10rb") == "sure?"
    assert room.says("ya") == "told Rp10.000"


def test_words_that_are_no_answer_but_clearly_another_wish(room: Room) -> None:
    room.says("setor 10rb")
    assert room.says("eh saldo saya berapa") == "told balance\n\nsure?"


def test_what_she_meant_instead_is_served_once(room: Room) -> None:
    assert room.says("maksudku") == "nothing open"


def test_leaving_and_starting_again(room: Room) -> None:
    room.says("setor 10rb")
    assert room.says("ulang") == "amount?"
    assert room.says("Batal!") == "left"
    assert room.says("ya") == "lost"
    assert not room.sessions()


def test_free_words_are_only_left_by_an_exact_name(room: Room) -> None:
    assert room.says("curhat") == "thought?"
    assert room.says("saya mau setor 10rb tapi takut") == "told saya mau setor 10rb tapi takut"
    room.says("curhat")
    assert room.says("saldo") == "told balance\n\nthought?"
    assert room.says("batal") == "left"


def test_a_quiet_question_hears_replies_and_not_what_comes_next(room: Room) -> None:
    assert room.says("bisik") == "thought?"
    asked = "1"
    assert room.says("saldo") == "told balance"
    assert room.says("halo") == "lost"
    assert room.says("terima kasih", reply_to=asked) == "told terima kasih"


def test_a_button_belongs_to_its_own_conversation(room: Room) -> None:
    room.says("setor 10rb")
    first = room.payload("Ya")
    room.says("curhat")
    assert room.says(pressed=first) == "told Rp10.000\n\nthought?"
    assert room.says(pressed=first) == "answered\n\nthought?"


def test_a_button_of_what_was_left_says_so(room: Room) -> None:
    room.says("setor 10rb")
    room.says("batal")
    assert room.presses("Ya") == "over"
    assert room.says(pressed="NOSUCH12:sure:yes") == "unknown"
    assert room.says(pressed="nonsense") == "unknown"


def test_somebody_elses_button_is_unknown(room: Room) -> None:
    room.says("setor 10rb")
    payload = room.payload("Ya")
    room.runner.receive(Heard("room", "x1", "ani", room.now, pressed=payload))
    assert room.read() == "unknown"


@pytest.mark.parametrize("words", ["setor 20rb", "eh 20rb"])
def test_the_same_wish_with_another_amount_replaces_the_first(room: Room, words: str) -> None:
    room.says("setor 10rb")
    assert room.says(words) == "sure?"
    assert len(room.sessions()) == 1
    assert room.says("ya") == "told Rp20.000"


def test_the_same_wish_without_an_amount_is_just_not_understood(room: Room) -> None:
    room.says("setor 10rb")
    assert room.says("nabung hari ini") == "unclear"
    assert room.says("ya") == "told Rp10.000"


def test_a_conversation_left_lying_is_forgotten(room: Room) -> None:
    room.says("setor 10rb")
    room.now += timedelta(hours=25)
    assert room.says("ya") == "lost"
    assert room.presses("Ya") == "over"


def test_a_fault_of_ours_is_said_and_changes_nothing(room: Room) -> None:
    assert room.says("rusak") == "trouble"
    assert not room.sessions()
    assert room.says("saldo") == "told balance"


def test_a_fault_of_ours_is_said_of_a_message_that_waited_at_the_gate(room: Room) -> None:
    room.says("saldo")
    photo = Media(MediaKind.PHOTO, "1", "room").packed()
    with room.store.transaction() as books:
        books.record(PictureCame(books.meet("room", "sari"), photo, "rusak", "", room.now))
    glance = room.store.errands.next(ErrandKind.GLANCE, room.now, Glance.lease)
    assert glance is not None
    room.runner.happen(Glance({}).give_up(glance), glance.person)
    assert room.read() == "trouble"
    assert room.store.errands.next(ErrandKind.GLANCE, room.now + Glance.lease, Glance.lease) is None


def test_words_wait_for_the_picture_before_them(room: Room) -> None:
    room.says("setor 10rb")
    with room.store.engine.begin() as db:
        db.execute(update(person).values(name="Sari"))  # strangers' pictures are not looked at
    photo = Media(MediaKind.PHOTO, "1", "room")
    room.runner.receive(Heard("room", "p1", "sari", room.now, "curhat", media=photo))
    room.runner.receive(Heard("room", "p2", "sari", room.now, "takut"))
    assert room.read() == ""
    room.now += timedelta(seconds=1)
    clerk = Clerk(Glance({}), room.store.errands, room.runner, lambda: room.now)
    asyncio.run(clerk.finish())
    letters = deliver_now(room.store.outbox, "room", room.now, lambda some: some)
    assert [one.bubble.text for one in letters] == ["thought?", "told takut\n\nsure?"]


def test_words_wait_no_longer_than_a_look_takes(room: Room) -> None:
    room.says("saldo")
    photo = Media(MediaKind.PHOTO, "1", "room").packed()
    with room.store.transaction() as books:
        books.record(PictureCame(books.meet("room", "sari"), photo, "", "", room.now))
    room.now += A_LOOK
    assert room.says("saldo") == "told balance"


def test_a_button_that_carries_too_much_is_a_fault_of_ours(room: Room) -> None:
    assert room.says("panjang") == "trouble"


def test_sixteen_digits_do_not_get_past_the_door(room: Room) -> None:
    room.says("curhat")
    # Nothing is done with such a message: she is told, and asked again what she was asked.
    assert room.says("nik saya 3201 2345 6789 0123 bu") == "secret\n\nthought?"
    assert not any("3201" in str(one.state) for one in room.sessions())


def test_silence_is_heard_once(room: Room) -> None:
    room.says("sunyi")
    assert room.looks() == ""
    room.now += timedelta(hours=2)
    assert room.looks() == "nudge"
    assert room.looks() == ""
    assert room.says("ya") == "told waited"


# Deploys


def test_a_dialogue_was_removed_while_it_was_open(room: Room) -> None:
    room.says("sunyi")
    room.dialogues = tuple(one for one in EVERY if one is not waits)
    assert room.says("ya") == "lost"
    assert room.presses("Ya") == "over"
    assert room.says("batal") == "lost"
    assert room.says("ya", reply_to="1") == "lost"
    room.now += timedelta(hours=2)
    assert room.looks() == ""


def test_one_conversation_that_fails_does_not_keep_the_others_from_the_clock(room: Room) -> None:
    room.says("sunyi")
    with room.store.transaction() as books:
        her = books.meet("room", "ani")
        broken = OpenSession("", her.id, "waits", {"dialogue": "waits", "today": "no day"})
        broken.wake_at, broken.expires_at = room.now, room.now + timedelta(days=3)
        books.keep_session(broken)
    room.now += timedelta(hours=2)
    assert room.looks() == "nudge"


def test_a_session_of_another_version_goes_on(room: Room) -> None:
    room.says("setor 10rb")
    with room.store.transaction() as books:
        (kept,) = books.sessions(books.meet("room", "sari"))
        kept.state = {name: kept.state[name] for name in ("dialogue", "today", "answers", "asked")}
        kept.state["mood"] = "sunny"
        books.keep_session(kept)
    assert room.says("ya") == "told Rp10.000"
