"""Nothing free-form outside a window, nothing lost because of it, and every report taken in once."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, Engine, select, text, update

from bot.delivery import LEASE
from bot.domain.kinds import Kind
from bot.ports import Bubble, Letter
from bot.told import Report, Told
from storage.outgoing import outbox
from storage.tables import contact, opt_in
from tests.channels.whatsapp.conftest import Office, texts
from tests.servers.cloud_api import TOKEN, CloudApi
from tests.servers.cloud_api_people import Person


def _on(db: Connection) -> str:
    return " ON outbox" if db.dialect.name == "postgresql" else ""


async def test_inside_her_window_everything_goes(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.passes(hours=23.9)
    office.post(sari, "kabar", "tip")
    await office.settles()
    assert texts(sari)[-1] == "kabar"


@pytest.mark.parametrize(
    ("kind", "template"),
    [
        ("answer", "pendamping_kabar_1"),
        ("question", "pendamping_pertanyaan_1"),
        ("receipt", "pendamping_bukti_1"),
        ("reminder", "pendamping_pengingat_1"),
        ("summary", "pendamping_ringkasan_1"),
        ("tip", "pendamping_tip_1"),
        ("ending", "pendamping_penutupan_1"),
    ],
)
async def test_outside_it_the_fitting_template_goes_and_what_was_meant_follows(
    server: CloudApi, office: Office, sari: Person, kind: str, template: str
) -> None:
    server.passes(hours=24)
    office.post(sari, "isinya", kind)
    office.post(sari, "dan ini", "answer")
    await office.settles()
    before = len(sari.sees)
    assert "isinya" not in texts(sari)
    asked = sari.sees[-1]
    assert asked.template in (template, "pendamping_kabar_1")
    sari.presses("0")
    await office.settles()
    followed = texts(sari)[before:]
    assert sorted(followed) == ["dan ini", "isinya"]
    assert followed[0] == "isinya" or Kind(kind).rank, "in order, but what is urgent first"


async def test_any_words_of_hers_let_out_what_waited_before_they_are_answered(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.passes(hours=30)
    office.post(sari, "isinya", "receipt")
    await office.settles()
    sari.writes("saldo")
    await office.settles()
    assert texts(sari)[-2] == "isinya"
    assert "Celengan Ibu" in texts(sari)[-1]


async def test_she_is_asked_once_a_day_and_only_for_something_new(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.passes(hours=25)
    for words in ("satu", "dua"):
        office.post(sari, words, "receipt")
    for _ in range(3):
        server.passes(hours=25)
        await office.settles()
    assert texts(sari)[-1] == "pendamping_bukti_1"
    assert texts(sari).count("pendamping_bukti_1") == 1
    office.post(sari, "tiga", "question")
    server.passes(hours=25)
    await office.settles()
    assert texts(sari)[-2:] == ["pendamping_bukti_1", "pendamping_pertanyaan_1"]
    sari.presses("0")
    await office.settles()
    assert texts(sari)[-3:] == ["satu", "dua", "tiga"]


async def test_of_what_comes_every_day_only_the_newest_follows(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.passes(hours=25)
    for words in ("senin", "selasa", "rabu"):
        office.post(sari, words, "reminder")
    office.post(sari, "bukti", "receipt")
    await office.settles()
    sari.presses("0")
    await office.settles()
    assert set(texts(sari)[-2:]) == {"bukti", "rabu"}  # of two ranks, so in either order
    assert "senin" not in texts(sari)


async def test_no_reminder_takes_the_place_of_an_invitation(
    server: CloudApi, office: Office, group: list[Person]
) -> None:
    dewi, _, sari = group
    server.passes(hours=25)
    for words in ("kegiatan baru Foto produk", "Sabtu", "jam 10 pagi", "lewati", "undang"):
        dewi.writes(words)
        await office.settles()
    office.post(sari, "belum nabung", "reminder")
    await office.settles()
    assert "pendamping_pertanyaan_1" in texts(sari)
    sari.presses("0")
    await office.settles()
    invited, reminded = texts(sari)[-2:]
    assert "Foto produk" in invited
    assert reminded == "belum nabung"


async def test_pressing_it_again_with_nothing_waiting_shows_what_can_be_done(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.passes(hours=25)
    office.post(sari, "isinya", "receipt")
    await office.settles()
    sari.presses("0")
    await office.settles()
    assert texts(sari)[-1] == "isinya"
    sari.presses("0")
    await office.settles()
    assert "Setor" in sari.sees[-1].buttons


async def test_without_a_template_it_waits_and_her_mentor_hears_why_once(
    server: CloudApi, office: Office, sari: Person
) -> None:
    dewi = server.world.phones[0]
    for template in server.world.templates.values():
        template.status = "PAUSED" if "bukti" in template.name else template.status
    server.passes(hours=25)
    server.goes_wrong(132015)
    office.post(sari, "isinya", "receipt")
    await office.settles()
    server.world.violations.clear()
    asked: list[dict[str, Any]] = []
    async with asyncio.timeout(8):  # she is told beside everything else, after the letter settled
        while not asked:
            await office.settles()
            asked = [one for one in dewi.sees.values() if one["type"] == "template"]
    assert len(asked) == 1, "the mentor's own window is closed too"
    Person.presses(_as_person(server, "Dewi"), "0")
    await office.settles()
    said = [seen.text for seen in _as_person(server, "Dewi").sees]
    assert "Bu Sari" in said[-1]
    assert "template" in said[-1]
    office.post(sari, "lagi", "receipt")
    await office.settles()
    assert [seen.text for seen in _as_person(server, "Dewi").sees] == said
    sari.writes("saldo")
    await office.settles()
    assert texts(sari)[-3:-1] == ["isinya", "lagi"]


def _as_person(server: CloudApi, name: str) -> Person:
    made = object.__new__(Person)
    made.world, made.name = server.world, name
    made.phone = next(phone for phone in server.world.phones if phone.name == name)
    return made


async def test_who_did_not_agree_or_said_stop_is_not_written_to_first(
    server: CloudApi, office: Office, sari: Person, engine: Engine
) -> None:
    with engine.connect() as db:
        proofs = db.execute(select(opt_in)).all()
    assert {one.version for one in proofs} == {"latihan", "mentor"}
    sari.writes("berhenti")
    await office.settles()
    sari.presses("Ya, berhenti")
    await office.settles()
    server.passes(hours=25)
    office.post(sari, "isinya", "tip")
    await office.settles()
    assert "isinya" not in texts(sari)
    assert not any(seen.template for seen in sari.sees)
    assert office.stuck == ["not_welcome"]


async def test_a_window_closed_by_meta_at_once(
    server: CloudApi, office: Office, sari: Person
) -> None:
    sari.phone.open_until = 0
    office.post(sari, "isinya", "receipt")
    await office.settles()
    assert texts(sari)[-1] == "pendamping_bukti_1"
    assert len(server.outside) == 1, "Meta and we disagreed on the time"
    server.outside.clear()
    sari.presses("0")
    await office.settles()
    assert texts(sari)[-1] == "isinya"


async def test_a_window_reported_closed_afterwards_becomes_a_template_once(
    server: CloudApi, office: Office, sari: Person
) -> None:
    server.late = True
    sari.phone.open_until = 0
    office.post(sari, "isinya", "receipt")
    await office.settles()
    server.outside.clear()
    assert texts(sari)[-1] == "pendamping_bukti_1"
    assert [one.reason for one in office.letters("failed")] == ["131047 Re-engagement message"]
    sari.presses("0")
    await office.settles()
    assert texts(sari)[-1] == "isinya"
    # Once: should Meta say so again of the second one, it is given up.
    gone_out = office.letters("sent", "delivered")  # whichever the report of it came first
    (again,) = [one for one in gone_out if one.instead_of]
    bounced = Told("whatsapp", again.platform_id, Report.FAILED, server.clock(), "131047", True)  # noqa: FBT003
    with office.store.engine.begin() as db:
        db.execute(text("DROP TRIGGER outbox_goes_forward" + _on(db)))
        db.execute(update(outbox).where(outbox.c.id == again.id).values(state="sent"))
    office.store.outbox.told(bounced)
    await office.settles()
    assert [one.id for one in office.letters("failed")][-1] == again.id
    assert office.letters("waiting") == []


REPORTS = (Report.SENT, Report.DELIVERED, Report.READ)


@pytest.mark.parametrize("order", list(itertools.permutations(REPORTS)))
async def test_reports_in_any_order_and_twice(
    server: CloudApi, office: Office, sari: Person, order: tuple[Report, ...]
) -> None:
    office.post(sari, "isinya")
    await office.settles()
    (letter,) = office.letters("delivered")[-1:]
    with office.store.engine.begin() as db:
        db.execute(text("DROP TRIGGER outbox_goes_forward" + _on(db)))
        db.execute(update(outbox).where(outbox.c.id == letter.id).values(state="sent"))
    at = server.clock()
    for what in (*order, *order):
        number = f"{letter.platform_id}"
        office.store.outbox.told(Told("whatsapp", number, what, at))
    office.store.outbox.told(Told("whatsapp", str(letter.platform_id), Report.FAILED, at))
    assert office.letters("read")[-1].id == letter.id


async def test_a_report_that_comes_before_we_wrote_down_that_it_is_sent(
    server: CloudApi, office: Office, sari: Person
) -> None:
    office.post(sari, "isinya")
    await office.settles()
    letter = office.letters("delivered")[-1]
    early = f"wamid.early{letter.id}"
    office.store.outbox.told(Told("whatsapp", early, Report.READ, server.clock()))
    with office.store.engine.begin() as db:
        db.execute(text("DROP TRIGGER outbox_goes_forward" + _on(db)))
        sending = {"state": "sending", "due_at": server.clock() + LEASE, "platform_id": None}
        db.execute(update(outbox).where(outbox.c.id == letter.id).values(sending))
    at = server.clock()
    claimed = Letter(
        letter.id, "whatsapp", sari.address, Bubble("isinya"), "answer", 1, at, at + LEASE
    )
    office.store.outbox.sent([(claimed, early)], server.clock())
    assert office.letters("read")[-1].platform_id == early


async def test_undeliverable_stops_writing_until_she_writes_again(
    office: Office, sari: Person
) -> None:
    sari.blocks()
    office.post(sari, "isinya")
    await office.settles()
    assert [one.reason for one in office.letters("failed")] == ["131026 Message undeliverable"]
    with office.store.engine.connect() as db:
        gone = select(contact.c.gone).where(contact.c.address == sari.address)
        assert db.execute(gone).scalar_one()
    sari.writes("saldo")
    await office.settles()
    assert "Celengan Ibu" in texts(sari)[-1]


async def test_a_refused_token_keeps_everything_waiting(
    server: CloudApi, office: Office, sari: Person, capsys: pytest.CaptureFixture[str]
) -> None:
    server.token = "a new one"
    for words in ("satu", "dua"):
        office.post(sari, words, "receipt")
    for _ in range(30):
        server.passes(minutes=1)
        await office.settles()
    assert len(office.letters("waiting")) == 2
    assert office.letters("failed") == []
    assert "channel_stopped" in capsys.readouterr().out
    server.token = TOKEN
    server.passes(minutes=2)
    await office.settles()
    assert texts(sari)[-2:] == ["satu", "dua"]


async def test_a_sign_on_a_question_answers_it_and_on_anything_else_nothing(
    server: CloudApi, office: Office, sari: Person
) -> None:
    rina = _as_person(server, "Rina")
    sari.writes("setor 10rb")
    await office.settles()
    asked = rina.sees[-1]
    assert "Sudah diterima?" in asked.text
    before = len(rina.sees)
    rina.reacts(rina.sees[0], "👍")
    rina.reacts(asked, "❤️")
    await office.settles()
    assert len(rina.sees) == before
    rina.reacts(asked, "👍")
    await office.settles()
    assert "sudah masuk catatan" in texts(rina)[-1]
    assert "Sudah diterima Bu Rina" in texts(sari)[-1]


async def test_what_is_said_twice_is_heard_once(
    server: CloudApi, office: Office, sari: Person
) -> None:
    before = len(sari.sees)
    sari.writes("saldo")
    with server.world.changed:
        server.world.news.append(dict(server.world.news[-1]))
    await office.settles()
    assert len(sari.sees) == before + 1
    assert replace(sari.sees[-1], id="").text == sari.sees[-1].text
