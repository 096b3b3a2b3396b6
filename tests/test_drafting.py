"""A machine's drafts, by a real server on this machine: to the mentor, never to a member."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from aiohttp import web
from structlog.testing import capture_logs

from bot.app import assemble
from bot.cast import seed
from bot.delivery import deliver_now
from bot.drafting import LARGEST, LEASE, LONGEST_DRAFT, MOST_TRIES, Drafter, Server
from bot.ports import Heard, Letter
from handlers.shelf import best_articles
from storage.store import SqlStore, connect

MONDAY = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
SECRET = "sk-very-secret"
QUESTION = "bu ini sari, pembeli saya bon 50rb belum bayar, cara menagih gimana"

Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]


@asynccontextmanager
async def serving(answer: Answering) -> AsyncIterator[Server]:
    """A server on this machine that answers so."""
    app = web.Application()
    app.router.add_post("/v1/chat/completions", answer)
    runner = web.AppRunner(app, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    try:
        yield Server(f"http://127.0.0.1:{port}/v1/", "small", SECRET, patience=2)
    finally:
        await runner.cleanup()


def completion(words: Any) -> web.Response:
    return web.json_response({"choices": [{"message": {"content": words}}]})


class Desk:
    """A group in a database, in which Sari has asked and the machine drafts."""

    def __init__(self, url: str) -> None:
        self.now, self._numbers = MONDAY, iter(range(1000))
        self.store = SqlStore(connect(url), lambda: self.now)
        self.runner = assemble(self.store, lambda: self.now)
        seed(self.store, self.store.invite_mentor("Dewi"), "practice", str.lower)
        self.seen: list[Letter] = []

    def says(self, who: str, words: str = "", pressed: str = "") -> None:
        number = str(next(self._numbers))
        self.runner.receive(Heard("practice", number, who, self.now, words, pressed))

    def presses(self, who: str, label: str) -> None:
        shown = [
            one for one in self.heard(who) if label in [each.label for each in one.bubble.buttons]
        ]
        (payload,) = [each.payload for each in shown[-1].bubble.buttons if each.label == label]
        self.says(who, pressed=payload)

    def heard(self, who: str) -> list[Letter]:
        self.seen += deliver_now(self.store.outbox, "practice", self.now, list)
        return [one for one in self.seen if one.address == who]

    def asks(self) -> None:
        self.says("sari", "pendamping")
        self.says("sari", QUESTION)

    async def drafts(self, server: Server) -> bool:
        drafter = Drafter(
            server,
            self.store.drafts,
            self.store,
            best_articles,
            self.runner,
            lambda: self.now,
            lambda: None,
        )
        return await drafter.once()


@pytest.fixture
def desk(new_sqlite: str) -> Iterator[Desk]:
    made = Desk(new_sqlite)
    yield made
    made.store.close()


@pytest.fixture
def any_desk(database_url: str) -> Iterator[Desk]:
    made = Desk(database_url)
    yield made
    made.store.close()


async def test_a_draft_goes_to_the_mentor_who_sends_it(any_desk: Desk) -> None:
    desk = any_desk
    asked: list[tuple[Any, str]] = []

    async def answer(request: web.Request) -> web.Response:
        asked.append((await request.json(), request.headers["Authorization"]))
        return completion("Tagih dengan *sopan*, Bu.")

    async with serving(answer) as server:
        assert not await desk.drafts(server)  # nobody asked
        desk.asks()
        assert await desk.drafts(server)
        assert not await desk.drafts(server)  # once is enough
    ((request, key),) = asked
    assert (request["model"], key) == ("small", f"Bearer {SECRET}")
    system, user = (one["content"] for one in request["messages"])
    assert system.count("ARTIKEL: ") == len(best_articles(QUESTION, ())) == 3
    assert "sari" not in user.lower()
    assert "Tagih dengan sopan" in desk.heard("dewi")[-1].bubble.text
    assert "Menagih dengan sopan" in desk.heard("dewi")[-1].bubble.text  # its article by name
    assert all("Tagih dengan sopan" not in one.bubble.text for one in desk.heard("sari"))
    desk.presses("dewi", "Kirim")
    assert "Bu Dewi menjawab:\n\n“Tagih dengan sopan, Bu.”" in desk.heard("sari")[-1].bubble.text


async def test_the_mentor_changes_or_drops_it(desk: Desk) -> None:
    async def answer(_: web.Request) -> web.Response:
        return completion("Tagih besok.")

    async with serving(answer) as server:
        desk.asks()
        await desk.drafts(server)
    desk.presses("dewi", "Ubah")
    desk.says("dewi", "tagih lusa saja")
    assert "“tagih lusa saja”" in desk.heard("sari")[-1].bubble.text
    desk.presses("dewi", "Buang")  # too late, and harmless
    assert "“tagih lusa saja”" in desk.heard("sari")[-1].bubble.text


async def test_a_human_who_was_faster_sees_no_draft(desk: Desk) -> None:
    async def answer(_: web.Request) -> web.Response:
        desk.says("dewi", "jawab 1")
        desk.says("dewi", "tagih baik-baik")
        return completion("Tagih besok.")

    async with serving(answer) as server:
        desk.asks()
        await desk.drafts(server)
    assert all("Draf" not in one.bubble.text for one in desk.heard("dewi"))


async def slow(_: web.Request) -> web.Response:
    await asyncio.sleep(3)
    return completion("terlambat")


async def broken(_: web.Request) -> web.Response:
    return web.Response(status=500, text="rusak")


async def elsewhere(_: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "http://127.0.0.1:9/"})


async def no_json(_: web.Request) -> web.Response:
    return web.Response(text="<html>")


async def no_choice(_: web.Request) -> web.Response:
    return web.json_response({"choices": []})


async def no_words(_: web.Request) -> web.Response:
    return completion(None)


async def endless(request: web.Request) -> web.StreamResponse:
    response = web.StreamResponse()
    await response.prepare(request)
    for _ in range(2 * LARGEST // 1024):
        await response.write(b" " * 1024)
    return response


@pytest.mark.parametrize("answer", [slow, broken, elsewhere, no_json, no_choice, no_words, endless])
async def test_a_server_that_fails_is_tried_again_and_given_up(
    desk: Desk, answer: Answering
) -> None:
    desk.asks()
    before = len(desk.heard("dewi"))
    with capture_logs() as logs:
        async with serving(answer) as server:
            hurried = replace(server, patience=0.2)
            for _ in range(MOST_TRIES):
                assert await desk.drafts(hurried)
                assert not await desk.drafts(hurried)  # not before the lease is over
                desk.now += LEASE + timedelta(seconds=1)
            assert not await desk.drafts(hurried)
    assert len(desk.heard("dewi")) == before
    assert [one["event"] for one in logs].count("not_drafted") == MOST_TRIES
    told = json.dumps(logs, default=str)
    assert SECRET not in told
    assert "menagih" not in told


@pytest.mark.parametrize("words", ["TIDAK TAHU", "tidak tahu.", "  "])
async def test_a_machine_that_does_not_know_stays_silent(desk: Desk, words: str) -> None:
    async def answer(_: web.Request) -> web.Response:
        return completion(words)

    desk.asks()
    before = len(desk.heard("dewi"))
    async with serving(answer) as server:
        assert await desk.drafts(server)
        desk.now += LEASE * 2
        assert not await desk.drafts(server)
    assert len(desk.heard("dewi")) == before


async def test_without_an_article_nothing_is_asked(desk: Desk) -> None:
    async def answer(_: web.Request) -> web.Response:
        raise AssertionError("nothing should be asked")

    desk.says("sari", "pendamping")
    desk.says("sari", "siapa presiden kita")
    async with serving(answer) as server:
        assert await desk.drafts(server)
        assert not await desk.drafts(server)


async def test_a_long_draft_is_cut(desk: Desk) -> None:
    async def answer(_: web.Request) -> web.Response:
        return completion("panjang " * 1_000)

    desk.asks()
    async with serving(answer) as server:
        await desk.drafts(server)
    assert (
        desk.heard("dewi")[-1].bubble.text.count("panjang") <= LONGEST_DRAFT / len("panjang ") + 1
    )
