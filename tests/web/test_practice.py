"""The practice room without a browser: what is heard, what is shown, and what is refused."""

from __future__ import annotations

import asyncio
import json
import re
import uuid
from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import pytest
from starlette.requests import Request
from starlette.responses import StreamingResponse

from bot.files import MediaKind
from bot.ports import (
    Bubble,
    Button,
    Letter,
    Refused,
    Unavailable,
)
from bot.practice import CHANNEL, LARGEST_PHOTO, MOST_PHONES, Photo, Seeded
from storage.store import SqlStore
from tests.photos.test_opening import photographed
from tests.web.standin import Client, Practice, now

PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 40


def fresh() -> str:
    return uuid.uuid4().hex


def run_of(client: Client) -> str:
    (run,) = re.findall(r'data-run="(\w+)"', client.get("/").text)
    return str(run)


def say(client: Client, name: str, words: str, **more: Any) -> Any:
    body = {"id": fresh(), "address": f"{run_of(client)}-{name}", "words": words} | more
    return client.post("/practice/say", json=body)


def lines(practice: Practice) -> list[Any]:
    room = practice.log.current()
    assert room
    return sorted(practice.log.after(room.run, 0, 1000), key=lambda line: line.id)


def test_words_go_to_the_runner_and_answers_to_the_phones(
    practice: Practice, client: Client
) -> None:
    assert say(client, "sari", "  setor 10rb ").status_code == 200
    (heard,) = practice.standin.heard
    assert (heard.channel, heard.words, heard.pressed) == (CHANNEL, "setor 10rb", "")
    assert heard.at.utcoffset() is not None
    shown = [(line.address.split("-")[1], line.from_her) for line in lines(practice)]
    assert shown == [("sari", True), ("sari", False), ("rina", False)]


def test_what_comes_twice_is_shown_once_and_keeps_its_id(
    practice: Practice, client: Client
) -> None:
    body = {"id": fresh(), "address": f"{run_of(client)}-sari", "words": "saldo"}
    for _ in range(2):
        assert client.post("/practice/say", json=body).status_code == 200
    assert [heard.id for heard in practice.standin.heard] == [body["id"]] * 2
    assert len(lines(practice)) == 2


def test_a_pressed_button_is_gone_and_its_choice_shown(practice: Practice, client: Client) -> None:
    say(client, "sari", "setor 10rb")
    question = lines(practice)[-1]
    body = {"id": fresh(), "address": question.address, "line": question.id, "pressed": "k1:ya"}
    assert client.post("/practice/press", json=body).status_code == 200
    assert practice.standin.heard[-1].pressed == "k1:ya"
    after = practice.log.line(question.id)
    assert after
    assert after.chosen == "Sudah"
    receipt = next(line for line in lines(practice) if "Catatan nomor" in line.text)
    assert receipt.address.endswith("-sari")


def test_a_menu_button_speaks_and_stays(practice: Practice, client: Client) -> None:
    say(client, "sari", "bantuan")
    menu = lines(practice)[-1]
    body = {"id": fresh(), "address": menu.address, "line": menu.id, "pressed": "=saldo"}
    assert client.post("/practice/press", json=body).status_code == 200
    assert practice.standin.heard[-1].pressed == "=saldo"
    spoken = next(line for line in lines(practice) if line.key == body["id"])
    assert (spoken.from_her, spoken.text) == (True, "Saldo")
    kept = practice.log.line(menu.id)
    assert kept
    assert not kept.chosen


def test_buttons_that_are_not_hers_are_not_pressed(practice: Practice, client: Client) -> None:
    say(client, "sari", "setor 10rb")
    question = lines(practice)[-1]
    right = {"id": fresh(), "address": question.address, "line": question.id, "pressed": "k1:ya"}
    for wrong in (
        {"address": question.address.replace("rina", "sari")},
        {"pressed": "k1:semua"},
        {"line": 99999},
        {"line": "1"},
        {"line": 2**70},
        {"id": "1"},
    ):
        assert client.post("/practice/press", json=right | wrong).status_code == 400
    assert len(practice.standin.heard) == 1


def test_an_answer_carries_the_id_of_what_it_answers(practice: Practice, client: Client) -> None:
    say(client, "dewi", "undang")
    invitation = lines(practice)[-1]
    say(client, "dewi", "terima kasih", reply_to=invitation.id)
    assert practice.standin.heard[-1].reply_to == str(invitation.id)
    assert say(client, "sari", "hai", reply_to=invitation.id).status_code == 400


def test_a_photo_is_kept_heard_and_shown(practice: Practice, client: Client) -> None:
    key, address = fresh(), f"{run_of(client)}-sari"
    where = f"/practice/photo?id={key}&address={address}"
    photo = photographed()
    for _ in range(2):
        answer = client.post(where, content=photo, headers={"Content-Type": "image/jpeg"})
        assert answer.status_code == 200
    media = practice.standin.heard[0].media
    assert media
    assert (media.kind, media.ref) == (MediaKind.PHOTO, key)
    shown = client.get(f"/practice/photo/{key}")
    assert shown.content == photo
    assert shown.headers["content-type"] == "image/jpeg"
    assert "sandbox" in shown.headers["content-security-policy"]
    passed_on = client.get(f"/practice/photo/{lines(practice)[-1].photo}")
    assert passed_on.status_code == 200
    assert b"HP Bu Sari" in photo, "with what it was taken"
    assert b"HP Bu Sari" not in passed_on.content, "the mentor sees it, and no more than is seen"


@pytest.mark.parametrize(
    ("mime", "ending", "shown"),
    [
        ("image/png", ".png", ""),
        ("application/pdf", ".pdf", 'attachment; filename="dokumen.pdf"'),
        ("text/html", ".html", 'attachment; filename="dokumen.html"'),
        ("image/svg+xml", ".svg", 'attachment; filename="dokumen.svg"'),
    ],
)
def test_only_pictures_are_shown_and_nothing_runs(
    practice: Practice, client: Client, mime: str, ending: str, shown: str
) -> None:
    run, key = run_of(client), fresh() + ending
    practice.log.keep_photo(run, key, Photo(mime, b"<script>alert(1)</script>"), now())
    headers = client.get(f"/practice/photo/{key}").headers
    assert headers.get("content-disposition", "") == shown
    assert headers["content-security-policy"] == "default-src 'none'; sandbox"
    assert headers["x-content-type-options"] == "nosniff"


def test_only_photos_of_a_fair_size(practice: Practice, client: Client) -> None:
    where = f"/practice/photo?id={fresh()}&address={run_of(client)}-sari"
    image = {"Content-Type": "image/png"}
    for content in (b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"", b"GIF89"):
        assert client.post(where, content=content, headers=image).status_code == 400
    assert client.post(where, content=PNG).status_code == 415
    large = PNG + b"\0" * LARGEST_PHOTO
    assert client.post(where, content=large, headers=image).status_code == 413
    assert not practice.standin.heard


def test_an_invitation_is_a_picture(practice: Practice, client: Client) -> None:
    say(client, "dewi", "undang")
    asked, invitation = lines(practice)
    picture = client.get(f"/practice/qr/{invitation.id}")
    assert picture.headers["content-type"].startswith("image/svg+xml")
    assert b"<path" in picture.content
    assert client.get(f"/practice/qr/{asked.id}").status_code == 404
    assert client.get("/practice/qr/9999").status_code == 404


def test_more_phones_until_the_table_is_full(client: Client) -> None:
    added = 0
    while client.post("/practice/phone", json={}).status_code == 200:
        added += 1
    assert added == MOST_PHONES - 3
    page = client.get("/").text
    assert f"Nomor baru {added}" in page
    assert "gabung MLT234" in page


def test_beginning_again_leaves_the_old_run_alone(practice: Practice, client: Client) -> None:
    old = run_of(client)
    say(client, "sari", "saldo")
    begun = client.post("/practice/again", json={"run": old}).json()["run"]
    assert begun != old
    assert run_of(client) == begun
    twice = client.post("/practice/again", json={"run": old}).json()["run"]
    assert twice == begun, "a second press begins nothing more"
    late = {"id": fresh(), "address": f"{old}-sari", "words": "saldo"}
    assert client.post("/practice/say", json=late).status_code == 409
    assert len(practice.log.after(old, 0, 10)) == 2


def test_other_sites_cannot_speak_here(practice: Practice, client: Client) -> None:
    body = json.dumps({"id": fresh(), "address": f"{run_of(client)}-sari", "words": "setor 1jt"})
    form = {"Content-Type": "text/plain"}
    assert client.post("/practice/say", content=body, headers=form).status_code == 415
    for nonsense in ("[1]", "{", '"x"', '{"id": 1}', ""):
        answer = client.post(
            "/practice/say", content=nonsense, headers={"Content-Type": "application/json"}
        )
        assert answer.status_code in {400, 409}
    assert not practice.standin.heard


def test_a_number_that_opens_her_life_is_heard_but_never_kept(
    practice: Practice, client: Client
) -> None:
    say(client, "sari", "NIK saya 1205 0101 0180 0001")
    assert "1205" in practice.standin.heard[0].words, "the runner warns her"
    assert "1205" not in lines(practice)[0].text


def test_what_was_played_is_swept_in_time(practice: Practice, client: Client) -> None:
    where = f"/practice/photo?id={fresh()}&address={run_of(client)}-sari"
    client.post(where, content=PNG, headers={"Content-Type": "image/png"})
    practice.store.sweep()
    assert len(lines(practice)) == 3
    later = SqlStore(practice.store.engine, lambda: now() + timedelta(days=31))
    later.sweep()
    assert not lines(practice)
    assert run_of(client), "the group is still there to be played"


def test_while_the_database_is_away_the_page_is_told_to_come_back(
    practice: Practice, client: Client
) -> None:
    run_of(client)
    practice.standin.trouble = Unavailable("away")
    answer = say(client, "sari", "saldo")
    assert answer.status_code == 503
    assert "aman" in answer.json()["error"]


async def test_a_letter_sent_twice_is_one_line(practice: Practice) -> None:
    practice.log.begin("abc", Seeded("Melati", "M", ()), "", now())
    letter = Letter(7, CHANNEL, "abc-sari", Bubble("Halo"), "answer", 1, now())
    first = await practice.channel.send(letter)
    assert await practice.channel.send(letter) == first
    stranger = Letter(8, CHANNEL, "xyz-sari", Bubble("Halo"), "answer", 1, now())
    with pytest.raises(Refused):
        await practice.channel.send(stranger)


class Watching:
    """A window: the events that reach it."""

    def __init__(self, practice: Practice, run: str, seen: str = "") -> None:
        self.practice, self.run, self.seen = practice, run, seen
        self.body: AsyncIterator[Any]

    async def open(self) -> None:
        routes = {route.path: route for route in self.practice.room.routes()}
        headers: Any = [(b"last-event-id", self.seen.encode())] if self.seen else []
        query = f"run={self.run}".encode()
        scope: Any = {"type": "http", "method": "GET", "headers": headers, "query_string": query}
        response = await routes["/practice/events"].endpoint(Request(scope))
        assert isinstance(response, StreamingResponse)
        self.body = aiter(response.body_iterator)

    async def next(self) -> tuple[str, Any, str]:
        while True:
            text = str(await asyncio.wait_for(anext(self.body), 5))
            fields = dict(line.split(": ", 1) for line in text.strip().splitlines())
            if "event" in fields:
                return fields["event"], json.loads(fields["data"]), fields.get("id", "")


async def begun(practice: Practice) -> str:
    seeded = Seeded("Melati", "MLT234", ())
    return (await asyncio.to_thread(practice.log.begin, "abc", seeded, "", now())).run


async def test_a_window_is_told_what_was_and_what_comes(practice: Practice) -> None:
    run = await begun(practice)
    await practice.standin.post(f"{run}-sari", Bubble("Halo", (Button("Ya", "k:ya"),)))
    window = Watching(practice, run)
    await window.open()
    assert (await window.next())[0] == "phones"
    name, (line,), first = await window.next()
    assert (name, line["text"], line["hers"]) == ("lines", "Halo", False)
    assert (await window.next())[0] == "ready"
    await practice.standin.post(f"{run}-rina", Bubble("Hai"))
    name, (line,), second = await window.next()
    assert line["text"] == "Hai"
    assert int(second) > int(first)
    await asyncio.to_thread(practice.log.choose, 1, "Ya")  # by another process: no bell
    name, (line,), _ = await window.next()
    assert (line["id"], line["chosen"]) == (1, "Ya")
    back = Watching(practice, run, seen=first)
    await back.open()
    assert (await back.next())[0] == "phones"
    _, missed, _ = await back.next()
    assert [line["text"] for line in missed] == ["Hai", "Halo"]


async def test_a_window_of_an_old_run_is_sent_to_the_new(practice: Practice) -> None:
    run = await begun(practice)
    window = Watching(practice, run)
    await window.open()
    await window.next()
    await window.next()
    seeded = Seeded("Melati", "MLT235", ())
    await asyncio.to_thread(practice.log.begin, "def", seeded, run, now())
    assert (await window.next())[0] == "again"
    with pytest.raises(StopAsyncIteration):
        await window.next()


async def test_closing_lets_every_window_go(practice: Practice) -> None:
    window = Watching(practice, await begun(practice))
    await window.open()
    await window.next()
    await window.next()
    practice.room.close()
    with pytest.raises(StopAsyncIteration):
        await window.next()
    assert practice.channel.bell.watchers == 0
