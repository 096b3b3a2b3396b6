"""One group on two platforms, over both test servers, with the real program: the whole save loop."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.app import LANGUAGE, TEMPLATES
from bot.channels.whatsapp.templates import load
from storage.store import connect
from storage.tables import contact
from tests.pictures import sent as picture_sent
from tests.servers import bot_api_people, cloud_api_people
from tests.servers.bot_api import BotApi
from tests.servers.cloud_api import CloudApi
from tests.servers.cloud_api_world import Template
from tests.servers.program import Program, running

#: Seconds anybody waits for anything.
PATIENCE = 30

Anyone = bot_api_people.Person | cloud_api_people.Person


@dataclass
class World:
    """Both platforms and the program between them."""

    telegram: BotApi
    meta: CloudApi
    program: Program

    def group(self, mentor: Anyone) -> str:
        """From the mentor's code to a group; its join code."""
        said = self.program.asked("mentor", "invite", "Dewi").stdout
        found = re.search(r"code: (\w+)", said)
        assert found
        assert "telegram: https://t.me/" in said
        assert f"whatsapp: https://wa.me/6281100001111?text=/start%20m_{found[1]}" in said.replace(
            "%2F", "/"
        )
        self.does(mentor, f"/start m_{found[1]}", "Dewi")
        self.does(mentor, "kelompok baru Melati", "berkumpul di mana")
        self.does(mentor, "Tanjung Jati", "ikut yang mana")
        self.presses(mentor, "WIB", "Sampai kapan")
        link = self.presses(mentor, "Lewati", "gabung").text
        code = re.search(r"gabung(?:%20| )(\w+)", link)
        assert code, link
        return code[1]

    def joins(self, her: Anyone, code: str) -> None:
        self.does(her, f"gabung {code}", "Dua pesan pendek")
        self.presses(her, "Lanjut", "Kesepakatan kelompok")
        self.presses(her, "Lanjut", "Data Ibu")
        self.presses(her, "Setuju", "Mau dipanggil siapa")
        self.does(her, f"bu {her.name.lower()}", "usahanya apa")
        self.presses(her, "Lewati", "berapa sekali setor")
        self.presses(her, "Lewati", "jam berapa")
        self.presses(her, "Lewati", "sudah menjadi anggota")

    def does(
        self, who: Anyone, words: str, then: str
    ) -> bot_api_people.Seen | cloud_api_people.Seen:
        who.writes(words)
        return who.waits_for(then, PATIENCE)

    def presses(
        self, who: Anyone, label: str, then: str
    ) -> bot_api_people.Seen | cloud_api_people.Seen:
        who.presses(label)
        return who.waits_for(then, PATIENCE)


def close_every_window(program: Program) -> None:
    """As if everybody had written last two days ago."""
    engine = connect(program.settings["DATABASE_URL"])
    with engine.begin() as db:
        db.execute(update(contact).values(open_until=datetime.now(UTC) - timedelta(days=1)))
    engine.dispose()


@pytest.fixture
def world(tmp_path: Path, new_sqlite: str) -> Iterator[World]:
    with BotApi() as telegram, CloudApi() as meta:
        with running(Program(tmp_path, new_sqlite, telegram, meta=meta)) as program:
            program.waits_until_ready(PATIENCE)
            meta.subscribe(f"{program.url}/whatsapp")
            yield World(telegram, meta, program)
        assert telegram.violations == []
        assert meta.violations == []
        assert meta.outside == [], "a free-form message left outside a window"


@pytest.mark.parametrize("mentor_on", ["telegram", "whatsapp"])
def test_a_mixed_group_saves(world: World, mentor_on: str) -> None:
    on = world.telegram if mentor_on == "telegram" else world.meta
    dewi, rina = on.person("Dewi"), world.telegram.person("Rina")
    sari = world.meta.person("Sari")
    code = world.group(dewi)
    world.joins(rina, code)
    dewi.waits_for("Bu Rina", PATIENCE)
    world.joins(sari, code)
    dewi.waits_for("Bu Sari", PATIENCE)
    world.does(dewi, "pemegang Rina", "Rina")
    rina.waits_for("Bersedia", PATIENCE)
    world.presses(rina, "Bersedia", "sekarang memegang")
    dewi.waits_for("sekarang memegang", PATIENCE)

    world.does(sari, "setor 10rb", "menunggu Bu Rina")
    asked = rina.waits_for("Sudah diterima?", PATIENCE)
    assert list(asked.buttons) == ["Sudah", "Belum", "Beda jumlah"]
    world.presses(rina, "Sudah", "sudah masuk catatan")
    sari.waits_for("Sudah diterima Bu Rina", PATIENCE)
    assert "Rp10.000" in world.does(sari, "saldo", "Celengan Ibu").text

    # The other way round: the WhatsApp member is asked about money put in on Telegram.
    world.does(rina, "setor 5rb", "menunggu Bu Sari")
    sari.waits_for("Ibu lihat sendiri?", PATIENCE)
    world.presses(sari, "Sudah", "sudah masuk catatan")
    rina.waits_for("Sudah diterima Bu Sari", PATIENCE)

    # A photo and a voice note reach the mentor, wherever she is, and her answer comes back.
    sari.sends_photo(content=picture_sent("bagus"))
    sari.waits_for("Mau saya apakan", PATIENCE)
    world.presses(sari, "Ke pendamping", "Sudah saya sampaikan")
    sent = dewi.waits_for("mengirim", PATIENCE)
    assert sent.media in ("photo", "image"), dewi.sees
    time.sleep(1)  # nobody answers within the tick in which we write down that it is sent
    dewi.replies(sent if mentor_on == "whatsapp" else sent.id, "Bagus notanya, Bu.")  # type: ignore[arg-type]
    sari.waits_for("Bagus notanya", PATIENCE)

    # And one is looked at by the worker, fetched from where she sent it.
    world.does(sari, "cek foto", "Kirim satu foto")
    sari.sends_photo(content=picture_sent("gelap"))
    looked = sari.waits_for("Agak gelap", PATIENCE)
    assert looked.media in ("photo", "image"), sari.sees


def test_a_receipt_waits_for_her_window(world: World) -> None:
    dewi, rina = world.telegram.person("Dewi"), world.telegram.person("Rina")
    sari = world.meta.person("Sari")
    code = world.group(dewi)
    world.joins(rina, code)
    world.joins(sari, code)
    world.does(dewi, "pemegang Rina", "Rina")
    rina.waits_for("Bersedia", PATIENCE)
    world.presses(rina, "Bersedia", "sekarang memegang")
    dewi.waits_for("sekarang memegang", PATIENCE)
    sari.waits_for("sekarang memegang", PATIENCE)  # the last that comes to her inside her window
    close_every_window(world.program)
    sari.phone.open_until = 0
    world.meta.approves(
        *(Template.submitted(one.submission(), "APPROVED") for one in load(TEMPLATES / LANGUAGE))
    )
    world.does(rina, "catat Sari 10rb", "Saya catat?")
    world.presses(rina, "Ya, catat", "Tercatat")
    sari.waits_for_template("pendamping_bukti_1", PATIENCE)
    sari.presses("0")
    sari.waits_for("Sudah diterima Bu Rina", PATIENCE)
