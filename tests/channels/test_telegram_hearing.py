"""What is heard of everything Telegram can bring."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from telegram import Update

from bot.channels.telegram import left
from bot.channels.telegram.hearing import added_to, hear
from bot.files import Media, MediaKind
from bot.ports import (
    Heard,
)
from tests.servers.bot_api_people import Group, Person
from tests.servers.bot_api_world import World

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)


@pytest.fixture
def world() -> World:
    return World("pendamping_uji_bot")


@pytest.fixture
def sari(world: World) -> Person:
    return Person(world, "Sari")


def update(world: World, number: int) -> Update:
    return Update.de_json(world.updates[number][1], None)


def heard(person: Person, number: int) -> Heard:
    found = hear(update(person.world, number), NOW)
    assert found is not None
    assert found.id == str(number)
    assert (found.channel, found.address) == ("telegram", person.address)
    assert found.at.utcoffset() is not None
    return found


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ("setor 10rb", "setor 10rb"),
        ("/start g_ABC123", "/start g_ABC123"),
        ("/saldo@pendamping_uji_bot", "/saldo"),
        ("/setor@Pendamping_Uji_Bot 10rb", "/setor 10rb"),
        ("email saya sari@contoh.id", "email saya sari@contoh.id"),
        ("Sari 10rb\nAni 5rb", "Sari 10rb\nAni 5rb"),
        ("hal\x00o \ud83d", "halo \ufffd"),
    ],
)
def test_words(sari: Person, said: str, words: str) -> None:
    assert heard(sari, sari.writes(said)).words == words


def test_the_time_is_when_she_wrote_it(sari: Person) -> None:
    number = sari.writes("saldo")
    date = sari.world.updates[number][1]["message"]["date"]
    assert heard(sari, number).at == datetime.fromtimestamp(date, UTC)


@pytest.mark.parametrize(
    ("send", "kind", "what"),
    [
        (Person.sends_photo, MediaKind.PHOTO, "photo"),
        (Person.sends_voice, MediaKind.VOICE, "voice"),
        (Person.sends_audio, MediaKind.VOICE, "audio"),
        (Person.sends_video, MediaKind.VIDEO, "video"),
        (Person.sends_video_note, MediaKind.VIDEO, "video_note"),
        (Person.sends_document, MediaKind.DOCUMENT, "document"),
        (Person.sends_sticker, MediaKind.STICKER, "sticker"),
        (Person.sends_location, MediaKind.LOCATION, "copy"),
        (Person.sends_contact, MediaKind.CONTACT, "copy"),
        (Person.sends_dice, MediaKind.OTHER, "copy"),
    ],
)
def test_media(sari: Person, send: Callable[[Person], int], kind: MediaKind, what: str) -> None:
    found = heard(sari, send(sari))
    assert found.media is not None
    assert found.media.kind is kind
    assert found.media.ref.startswith(f"{what}:")
    assert found.words == ""


@pytest.mark.parametrize(
    ("said", "what"),
    [
        ({"mime_type": "image/jpeg", "file_name": "IMG_1.jpg"}, "picture"),
        ({"mime_type": "image/heic"}, "picture"),
        ({"mime_type": "application/octet-stream", "file_name": "IMG_1.PNG"}, "picture"),
        ({"mime_type": "application/octet-stream"}, "picture"),  # it may be one
        ({"file_name": "tanpa akhiran"}, "picture"),
        ({"mime_type": "application/pdf"}, "document"),
        ({"mime_type": "application/octet-stream", "file_name": "kas.xlsx"}, "document"),
    ],
)
def test_a_document_that_may_be_a_picture(sari: Person, said: dict[str, str], what: str) -> None:
    media = heard(sari, sari.sends_document(None, b"", **said)).media
    assert media is not None
    assert (media.kind, media.ref.partition(":")[0]) == (MediaKind.DOCUMENT, what)


def test_the_largest_photo_and_its_caption(sari: Person) -> None:
    number = sari.sends_photo(caption="nota hari ini")
    largest = sari.world.updates[number][1]["message"]["photo"][-1]["file_id"]
    found = heard(sari, number)
    assert found.words == "nota hari ini"
    assert found.media == Media(MediaKind.PHOTO, f"photo:{largest}", "telegram")


def test_a_reply_names_the_message(sari: Person) -> None:
    asked = sari.world.put(sari.chat, sari.world.bot(), text="Berapa?")
    found = heard(sari, sari.replies(asked.body["message_id"], "10rb"))
    assert found.reply_to == str(asked.body["message_id"])


def test_a_press(sari: Person) -> None:
    rows = [[{"text": "Sudah", "callback_data": "s1:0"}]]
    sari.world.put(sari.chat, sari.world.bot(), text="?", reply_markup={"inline_keyboard": rows})
    found = heard(sari, sari.presses("Sudah"))
    assert (found.pressed, found.words, found.at) == ("s1:0", "", NOW)


def test_what_is_quietly_left_alone(sari: Person) -> None:
    world = sari.world
    group = Group(world, "Melati")
    sari.writes("saldo")
    numbers = [
        sari.edits("saldo?"),
        group.hears(sari, "halo bot"),
        group.adds_bot(sari),
        sari.blocks(),
        sari.sends(message_auto_delete_timer_changed={"message_auto_delete_time": 86400}),
    ]
    assert [hear(update(world, number), NOW) for number in numbers] == [None] * len(numbers)
    assert hear(Update(1), NOW) is None


def test_a_press_without_payload_or_in_a_group_is_not_heard(sari: Person) -> None:
    rows = [[{"text": "Ya", "callback_data": "x"}]]
    sari.world.put(sari.chat, sari.world.bot(), text="?", reply_markup={"inline_keyboard": rows})
    press = sari.world.updates[sari.presses("Ya")][1]
    query = press["callback_query"]
    group = {"id": -5, "type": "group", "title": "Melati"}
    for spoiled in (
        {key: value for key, value in query.items() if key != "data"},
        query | {"message": query["message"] | {"chat": group}},
        {key: value for key, value in query.items() if key != "message"},
    ):
        assert hear(Update.de_json(press | {"callback_query": spoiled}, None), NOW) is None


def test_a_button_on_a_message_too_old_to_be_shown_is_heard(sari: Person) -> None:
    rows = [[{"text": "Ya", "callback_data": "x"}]]
    sari.world.put(sari.chat, sari.world.bot(), text="?", reply_markup={"inline_keyboard": rows})
    press = sari.world.updates[sari.presses("Ya")][1]
    old = {"chat": sari.chat.shown(), "message_id": 1, "date": 0}
    query = press["callback_query"] | {"message": old}
    found = hear(Update.de_json(press | {"callback_query": query}, None), NOW)
    assert found is not None
    assert found.pressed == "x"


def test_blocking_and_being_added_are_told_apart(sari: Person) -> None:
    world = sari.world
    group = Group(world, "Melati")
    blocked, back = update(world, sari.blocks()), update(world, sari.unblocks())
    added = update(world, group.adds_bot(sari))
    raised = update(world, group.makes_bot_administrator(sari))
    assert [left(one) for one in (blocked, back, added, raised)] == [True, False, False, False]
    assert [added_to(one) for one in (blocked, back, added, raised)] == [
        None,
        None,
        group.chat.id,
        None,
    ]
