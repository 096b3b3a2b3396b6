"""The test server is as strict as the real one; otherwise the other tests would prove nothing."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from tests.servers.bot_api import TOKEN, BotApi
from tests.servers.bot_api_html import BadEntities, parse
from tests.servers.bot_api_people import Person
from tests.servers.bot_api_reference import Reference
from tests.servers.bot_api_world import Upload


def call(server: BotApi, method: str, token: str = TOKEN, **params: Any) -> dict[str, Any]:
    answer: dict[str, Any] = httpx.post(f"{server.url}/bot{token}/{method}", json=params).json()
    return answer


@pytest.fixture
def sari(server: BotApi) -> Person:
    sari = server.person("Sari")
    sari.opens()
    return sari


def test_html() -> None:
    assert parse("a <b>b &amp; <i>c</i></b> &lt;d&gt; 👍<b>e</b> ") == (
        "a b & c <d> 👍e",
        [
            {"type": "bold", "offset": 2, "length": 5},
            {"type": "italic", "offset": 6, "length": 1},
            {"type": "bold", "offset": 14, "length": 1},
        ],
    )
    for wrong in ("<b>a", "a</b>", "<b><i>a</b></i>", "<x>a</x>", "1 < 2"):
        with pytest.raises(BadEntities):
            parse(wrong)


@pytest.mark.parametrize(
    ("params", "complaint"),
    [
        ({"text": ""}, "message text is empty"),
        ({"text": "a" * 4097}, "message is too long"),
        ({"text": "<b>a", "parse_mode": "HTML"}, "can't parse entities"),
        ({"text": "a", "chat_id": 5}, "chat not found"),
        (
            {
                "text": "a",
                "reply_markup": {"inline_keyboard": [[{"text": "Ya", "callback_data": "x" * 65}]]},
            },
            "BUTTON_DATA_INVALID",
        ),
    ],
)
def test_limits(server: BotApi, sari: Person, params: dict[str, Any], complaint: str) -> None:
    answer = call(server, "sendMessage", **{"chat_id": sari.id, **params})
    assert (answer["ok"], answer["error_code"]) == (False, 400)
    assert complaint in answer["description"]
    assert sari.sees == []


def test_tokens_methods_and_files(server: BotApi, sari: Person) -> None:
    assert call(server, "getMe", token="1:x")["error_code"] == 401
    caption = call(server, "sendPhoto", chat_id=sari.id, photo="x", caption="a" * 1025)
    assert "caption is too long" in caption["description"]
    sticker = server.world.keep_file("sticker", b"")
    wrong = call(server, "sendPhoto", chat_id=sari.id, photo=sticker)
    assert "can't use file of type sticker" in wrong["description"]
    assert call(server, "leaveChat", chat_id=sari.id)["ok"]
    assert call(server, "sendMessage", chat_id=sari.id, text="a")["error_code"] == 403


def test_updates_come_until_they_are_confirmed(server: BotApi, sari: Person) -> None:
    first = sari.writes("satu")
    assert [one["update_id"] for one in call(server, "getUpdates")["result"]] == [first]
    assert [one["update_id"] for one in call(server, "getUpdates")["result"]] == [first]
    assert call(server, "getUpdates", offset=first + 1)["result"] == []
    call(server, "getUpdates", allowed_updates=["callback_query"])
    sari.writes("tidak diminta")
    assert call(server, "getUpdates")["result"] == []
    call(server, "setWebhook", url="http://127.0.0.1:9/")
    assert call(server, "getUpdates")["error_code"] == 409
    assert call(server, "getWebhookInfo")["result"]["url"] == "http://127.0.0.1:9/"
    call(server, "deleteWebhook")
    assert call(server, "getUpdates")["ok"]


MINIATURE: dict[str, Any] = {
    "methods": {
        "sendMessage": {
            "fields": [
                {"name": "chat_id", "types": ["Integer", "String"], "required": True},
                {"name": "photo", "types": ["InputFile", "String"], "required": False},
                {"name": "reply_markup", "types": ["Markup"], "required": False},
                {"name": "silent", "types": ["Boolean"], "required": False},
            ]
        }
    },
    "types": {
        "Markup": {"subtypes": ["Rows", "Gone"]},
        "Rows": {"fields": [{"name": "rows", "types": ["Array of Array of String"], "required": True}]},
        "Gone": {"fields": [{"name": "gone", "types": ["True"], "required": True}]},
    },
}  # fmt: skip


@pytest.mark.parametrize(
    ("method", "params", "wrong"),
    [
        ("sendMessage", {"chat_id": 5, "reply_markup": {"rows": [["a"]]}}, ""),
        ("sendMessage", {"chat_id": "@a", "photo": Upload("a", b"", "image/png")}, ""),
        ("sendMessage", {"chat_id": 5, "reply_markup": {"gone": True}}, ""),
        ("sendMesage", {}, "no such method"),
        ("sendMessage", {}, "'chat_id' is missing"),
        ("sendMessage", {"chat_id": 5, "txt": ""}, "no field 'txt'"),
        ("sendMessage", {"chat_id": True}, "True is no"),
        ("sendMessage", {"chat_id": 5, "silent": 1}, "1 is no Boolean"),
        ("sendMessage", {"chat_id": 5, "reply_markup": {"rows": [[1]]}}, "rows[0][0]"),
        ("sendMessage", {"chat_id": 5, "reply_markup": {"rows": "a"}}, "is no list"),
        ("sendMessage", {"chat_id": 5, "reply_markup": {}}, "is missing"),
    ],
)
def test_the_reference_finds_what_is_wrong(method: str, params: dict[str, Any], wrong: str) -> None:
    found = "; ".join(Reference(MINIATURE).call(method, params))
    assert wrong in found
    assert bool(found) == bool(wrong)


def test_violations_are_kept() -> None:
    with BotApi() as server:
        call(server, "sendMessage", txt="a")
        known = server._book is not None  # noqa: SLF001 - whether the reference is here
        assert bool(server.violations) == known
