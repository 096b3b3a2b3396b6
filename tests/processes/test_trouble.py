"""The real program when the database is away or a setting is wrong: it waits, or says so in a sentence."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import Engine, create_engine, func, make_url, select, text

from bot.cli import main
from bot.config import Settings
from storage.ledger_tables import entry
from storage.store import connect
from tests.processes.talking import PATIENCE, begin
from tests.servers.bot_api import BotApi
from tests.servers.program import Program, free_port, running


@contextmanager
def away(database_url: str) -> Iterator[None]:
    """Nobody gets into the database: PostgreSQL throws everybody out, SQLite's file is held."""
    url = make_url(database_url)
    engine = connect(database_url)
    if url.get_backend_name() == "sqlite":
        with engine.connect() as holding:
            holding.execute(select(1))
            yield
            holding.rollback()
        engine.dispose()
        return
    engine.dispose()
    guard = create_engine(url.set(database="postgres"), isolation_level="AUTOCOMMIT")
    with guard.connect() as db:
        name = url.database
        db.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS false'))
        out = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = :name"
        db.execute(text(out), {"name": name})
        try:
            yield
        finally:
            db.execute(text(f'ALTER DATABASE "{name}" ALLOW_CONNECTIONS true'))
    guard.dispose()


def test_the_database_is_away_for_a_while(
    server: BotApi, database_url: str, engine: Engine, tmp_path: Path
) -> None:
    url = make_url(database_url)
    if url.get_backend_name() == "sqlite":  # which else waits ten seconds for whoever holds it
        url = url.set(query={"timeout": "1"})
    address = url.render_as_string(hide_password=False)
    with running(Program(tmp_path, address, server, webhook=True)) as program:
        people = begin(program, server, ("Sari",))
        sari, rina = people["Sari"], people["Rina"]
        with away(database_url):
            begun = len(server.brought)
            sari.writes("setor 10rb")
            server.wait(lambda: 503 in statuses(server, begun), PATIENCE)
            assert set(statuses(server, begun)) == {503}
            assert engine.dialect.name == "sqlite" or health(program) == 503
        sari.hears("Rp10.000 menunggu Bu Rina")
        rina.presses("Sudah", rina.hears("Bu Sari menyerahkan Rp10.000"), "sudah masuk catatan")
        sari.says("saldo", "Rp10.000")
        assert health(program) == 200
        with engine.connect() as db:
            assert db.execute(select(func.count()).select_from(entry)).scalar_one() == 1


def statuses(server: BotApi, begun: int) -> list[int]:
    return [status for _, status in server.brought[begun:]]


def health(program: Program) -> int:
    return httpx.get(f"{program.url}/health", timeout=10, trust_env=False).status_code


def refused(program: Program, *arguments: str) -> str:
    """What a command that cannot go on says: one sentence, no traceback, exit code 1."""
    done = program.asked(*arguments)
    assert done.returncode == 1
    assert not done.stdout
    assert "Traceback" not in done.stderr
    *_, last = done.stderr.strip().splitlines()
    return last


def test_an_unreachable_database_stops_it_with_a_sentence(tmp_path: Path) -> None:
    program = Program(tmp_path, f"postgresql+psycopg://me:geheim@127.0.0.1:{free_port()}/books")
    for command in (("run",), ("mentor", "invite", "Dewi")):
        said = refused(program, *command)
        assert said.startswith("DATABASE_URL: ")
        assert "cannot be reached" in said
        assert "geheim" not in said


def test_a_wrong_token_stops_it_with_a_sentence(server: BotApi, tmp_path: Path) -> None:
    program = Program(tmp_path, f"sqlite:///{tmp_path}/books.db", server)
    program.settings["TELEGRAM_BOT_TOKEN"] = "1:wrong"
    said = refused(program, "run")
    assert said.startswith("TELEGRAM_BOT_TOKEN: ")
    assert "1:wrong" not in said


def test_a_port_in_use_stops_it_with_a_sentence(tmp_path: Path) -> None:
    program = Program(tmp_path, f"sqlite:///{tmp_path}/books.db")
    with socket.create_server(("127.0.0.1", program.port)):
        assert refused(program, "run").startswith("PORT: ")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"DATABASE_URL": "mysql://me@host/db"}, "DATABASE_URL: an address like sqlite:///"),
        ({"DATABASE_URL": "books.db"}, "DATABASE_URL: an address like sqlite:///"),
        ({"PORT": "99999"}, "PORT: a number from 1 to 65535"),
        ({"PORT": "eight"}, "PORT: "),
        ({"LOG_LEVEL": "loud"}, "LOG_LEVEL: "),
        ({"PRACTICE": "maybe"}, "PRACTICE: "),
        ({"PUBLIC_URL": "http://example.org"}, "PUBLIC_URL: an https address"),
        ({"PUBLIC_URL": "example.org"}, "PUBLIC_URL: an address like https://"),
        ({"TELEGRAM_BOT_TOKEN": "1:a", "PUBLIC_URL": "https://e.org"}, "TELEGRAM_WEBHOOK_SECRET: "),
        (
            {
                "WHATSAPP_PHONE_NUMBER_ID": "1",
                "WHATSAPP_ACCESS_TOKEN": "geheim",
                "WHATSAPP_APP_SECRET": "geheim",
            },
            "WHATSAPP_VERIFY_TOKEN: set it too",
        ),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)
def test_a_wrong_setting_stops_it_with_its_name(
    wrong: dict[str, str],
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.argv", ["pendamping", "run"])
    with pytest.raises(SystemExit) as stopped:
        main()
    shown = str(stopped.value)  # which Python prints before it ends with 1
    assert shown.startswith(said)
    assert "\n" not in shown
    assert "geheim" not in shown
