"""A voice note becomes words, which are said back before anything happens."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.app import utc_now
from bot.cast import seed
from storage.store import SqlStore, connect
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person
from tests.servers.program import Program


@pytest.fixture
def server() -> Iterator[BotApi]:
    with BotApi() as made:
        yield made
    assert not made.violations


def seeded(url: str, sari: Person, others: dict[str, Person]) -> None:
    """The group everybody practises in, with these people's chats."""
    store = SqlStore(connect(url), utc_now)
    numbers = {name: str(one.id) for name, one in {"Sari": sari, **others}.items()}
    seed(store, store.invite_mentor("Dewi"), "telegram", lambda name: numbers[name])
    store.close()


@pytest.mark.parametrize(
    ("prints", "then"),
    [
        ("setor sepuluh ribu", ("Betul", "menunggu Bu Rina")),
        ("setor sepuluh ribu", ("Bukan", "belum jelas")),
        ("", ("Sampaikan", "sampaikan ke Bu Dewi")),
    ],
)
def test_a_voice_note(
    prints: str, then: tuple[str, str], server: BotApi, new_sqlite: str, tmp_path: Path
) -> None:
    sari = server.person("Sari")
    seeded(new_sqlite, sari, {name: server.person(name) for name in ("Rina", "Ani", "Dewi")})
    listener = tmp_path / "listen.py"
    # It prints its words only when it was really given the sound.
    listener.write_text(
        f"import sys, pathlib\nif pathlib.Path(sys.argv[1]).stat().st_size: print({prints!r})\n"
    )
    program = Program(tmp_path, new_sqlite, server)
    program.settings["SPEECH_COMMAND"] = f"{sys.executable} {listener}"
    program.start()
    try:
        sari.sends_voice()
        sari.waits_for("dengarkan dulu")
        sari.waits_for("Yang saya dengar" if prints else "belum jelas")
        label, expected = then
        sari.presses(label)
        sari.waits_for(expected)
    finally:
        assert program.stop() == 0
    assert "Traceback" not in program.log
