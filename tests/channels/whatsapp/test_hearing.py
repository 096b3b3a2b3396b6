"""What is heard in a webhook's body: everything in it, and nothing twice or for somebody else."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as some

from bot.channels.whatsapp import WhatsAppChannel
from bot.channels.whatsapp.hearing import WINDOW, read
from bot.files import Media, MediaKind
from bot.ports import (
    Heard,
    Unavailable,
)
from bot.told import Moved, Report, Told
from tests.channels.conftest import Ear
from tests.channels.whatsapp.conftest import Notes
from tests.servers.cloud_api import NUMBER_ID, payload

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
AT = str(int(NOW.timestamp()) - 5)
CARD = {"profile": {"name": "Sari"}, "wa_id": "628120001"}


def change(**value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": "62811", "phone_number_id": NUMBER_ID}
    return {
        "field": "messages",
        "value": {"messaging_product": "whatsapp", "metadata": metadata, **value},
    }


def said(kind: str, inside: Any, number: str = "wamid.1", **more: Any) -> dict[str, Any]:
    return {"from": "628120001", "id": number, "timestamp": AT, "type": kind, kind: inside, **more}


def heard(*messages: Any, contacts: Any = (CARD,)) -> list[Any]:
    body = payload([change(contacts=list(contacts), messages=list(messages))])
    return read(body, NUMBER_ID, NOW)


def one(kind: str, inside: Any, **more: Any) -> Heard:
    (found,) = heard(said(kind, inside, **more))
    assert isinstance(found, Heard)
    return found


def test_words() -> None:
    found = one("text", {"body": "setor 10rb"}, context={"id": "wamid.OUT", "from": "62811"})
    at = NOW - timedelta(seconds=5)
    assert found == Heard(
        "whatsapp", "wamid.1", "628120001", at, "setor 10rb",
        reply_to="wamid.OUT", open_until=at + WINDOW,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("kind", "inside", "pressed"),
    [
        ("interactive", {"type": "button_reply", "button_reply": {"id": "s:q:ya"}}, "s:q:ya"),
        ("interactive", {"type": "list_reply", "list_reply": {"id": "=saldo"}}, "=saldo"),
        ("button", {"payload": "=lanjut", "text": "Lanjut"}, "=lanjut"),
    ],
)
def test_presses(kind: str, inside: Any, pressed: str) -> None:
    assert one(kind, inside).pressed == pressed


@pytest.mark.parametrize(
    ("kind", "inside", "media"),
    [
        ("image", {"id": "11", "caption": "x"}, Media(MediaKind.PHOTO, "image:11", "whatsapp")),
        ("audio", {"id": "12", "voice": True}, Media(MediaKind.VOICE, "audio:12", "whatsapp")),
        ("video", {"id": "13"}, Media(MediaKind.VIDEO, "video:13", "whatsapp")),
        ("document", {"id": "14"}, Media(MediaKind.DOCUMENT, "document:14", "whatsapp")),
        ("sticker", {"id": "15"}, Media(MediaKind.STICKER, "sticker:15", "whatsapp")),
        (
            "location",
            {"latitude": 3.6, "longitude": 98.5},
            Media(MediaKind.LOCATION, "location:3.60000,98.50000,", "whatsapp"),
        ),
        (
            "contacts",
            [{"name": {"formatted_name": "Tuti"}, "phones": [{"phone": "+62 8"}]}],
            Media(MediaKind.CONTACT, 'contacts:["Tuti", "+62 8"]', "whatsapp"),
        ),
        ("unsupported", None, Media(MediaKind.OTHER, "", "whatsapp")),
        ("order", {"catalog_id": "1"}, Media(MediaKind.OTHER, "", "whatsapp")),
        ("something_new", {"a": 1}, Media(MediaKind.OTHER, "", "whatsapp")),
    ],
)
def test_things(kind: str, inside: Any, media: Media) -> None:
    assert one(kind, inside).media == media


def test_a_sign_on_a_message_is_a_nod_and_opens_nothing() -> None:
    found = one("reaction", {"message_id": "wamid.OUT", "emoji": "👍"})
    assert (found.words, found.reply_to, found.nod) == ("👍", "wamid.OUT", True)
    assert found.open_until is None
    assert heard(said("reaction", {"message_id": "wamid.OUT"})) == []


def test_who_she_is() -> None:
    user = {"profile": {"name": "S"}, "user_id": "ID.1"}
    hidden = {"id": "wamid.1", "timestamp": AT, "type": "text", "text": {"body": "x"}}
    both = said("text", {"body": "x"}, from_user_id="ID.1")
    cards = [{"wa_id": "9", "profile": {}}, {**CARD, "user_id": "ID.2"}]
    for message, contacts, address, phone in (
        (both, [CARD], "ID.1", "628120001"),
        ({**hidden, "from_user_id": "ID.1"}, [user], "ID.1", ""),
        (hidden, [user], "ID.1", ""),
        (said("text", {"body": "x"}), cards, "ID.2", "628120001"),
        (said("text", {"body": "x"}), [], "628120001", ""),
    ):
        (found,) = heard(message, contacts=contacts)
        assert (found.address, found.phone) == (address, phone)


def test_every_entry_change_message_and_status() -> None:
    status = {"id": "wamid.OUT", "status": "read", "timestamp": AT, "recipient_id": "628"}
    failed = {
        **status,
        "status": "failed",
        "errors": [{"code": 131047, "title": "Re-engagement message"}],
        "pricing": {"billable": False, "category": "service"},
    }
    text = {"body": "x"}
    body = payload(
        [
            change(contacts=[CARD], messages=[said("text", text, str(n)) for n in range(3)]),
            change(statuses=[status, failed, {**status, "status": "warning"}]),
            change(contacts=[CARD], messages=[said("text", text, "last")]),
            {"field": "account_update", "value": {}},
        ]
    )
    found = read(body, NUMBER_ID, NOW)
    assert [each.id for each in found if isinstance(each, Heard)] == ["0", "1", "2", "last"]
    told = [each for each in found if isinstance(each, Told)]
    assert [each.what for each in told] == [Report.READ, Report.FAILED]
    assert (told[1].closed, told[1].billed, told[1].reason) == (
        True, False, "131047 Re-engagement message",
    )  # fmt: skip


def test_one_bad_message_does_not_take_the_others_with_it() -> None:
    bad = [
        {},
        {"id": "a"},
        said("text", None, "b"),
        said("text", {"body": "x"}, "c") | {"timestamp": "gestern"},
        said("location", {"latitude": "utara"}, "d"),
        {**said("interactive", {"type": "button_reply", "button_reply": {}}, "e")},
        said("text", {"body": "x"}, "f" * 300),
        7,
    ]
    good = said("text", {"body": "x"}, "good")
    assert [each.id for each in heard(*bad, good)] == ["good"]
    assert heard(good, *bad) == heard(good)


def test_another_number_and_groups_are_not_ours() -> None:
    other = change(contacts=[CARD], messages=[said("text", {"body": "x"})])
    other["value"]["metadata"]["phone_number_id"] = "1"
    assert read(payload([other]), NUMBER_ID, NOW) == []
    assert heard(said("text", {"body": "x"}, group_id="g")) == []


def test_a_changed_number() -> None:
    system = {"type": "user_changed_number", "wa_id": "62999", "body": "…"}
    assert heard(said("system", system), contacts=()) == [
        Moved("whatsapp", "wamid.1", "628120001", "62999")
    ]


def test_a_clock_ahead_of_ours_opens_no_longer_window() -> None:
    (found,) = heard(said("text", {"body": "x"}) | {"timestamp": "9999999999"})
    assert found.at == NOW


_JSON: Any = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(),
    lambda inner: some.lists(inner, max_size=3) | some.dictionaries(some.text(), inner, max_size=3),
    max_leaves=20,
)


@given(_JSON, _JSON)
def test_nothing_breaks_it(anything: Any, inside: Any) -> None:
    read(anything if isinstance(anything, dict) else {"entry": anything}, NUMBER_ID, NOW)
    for kind in ("text", "interactive", "image", "location", "contacts", "reaction", "button"):
        heard(said(kind, inside), {**said(kind, inside), "context": inside, "system": inside})
    read(payload([change(statuses=inside)]), NUMBER_ID, NOW)
    json.dumps(str(heard(said("text", {"body": "x"}), contacts=[inside])))


async def test_each_person_in_order_and_everybody_in_spite_of_one(ear: Ear) -> None:
    channel = WhatsAppChannel(NUMBER_ID, "t", clock=lambda: NOW)
    rina = {**CARD, "wa_id": "62812"}
    messages = [said("text", {"body": words}, words) for words in ("a", "b", "c")]
    hers = said("text", {"body": "rina"}, "r") | {"from": "62812"}
    status = {"id": "wamid.OUT", "status": "read", "timestamp": AT, "recipient_id": "628"}
    body = payload(
        [change(contacts=[CARD, rina], messages=[*messages, hers]), change(statuses=[status])]
    )
    notes = Notes()
    ear.away("b")
    with pytest.raises(Unavailable):
        await channel.take(body, ear, notes)
    assert sorted(ear.words) == ["a", "rina"]
    assert len(notes.told) == 1
    await channel.take(body, ear, notes)
    assert ear.words[2:] in (["a", "b", "c", "rina"], ["a", "rina", "b", "c"], ["rina", "a", "b", "c"], ["a", "b", "rina", "c"])  # fmt: skip
