"""Reminders by real processes: two workers remind once, and whatever their clocks say, once a day."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from datetime import time as clock
from pathlib import Path

import pytest
from sqlalchemy import Engine, select, update

from bot.cast import seed
from bot.domain.calendar import Zone, local
from storage.outgoing import outbox
from storage.store import SqlStore, connect
from storage.tables import group, member
from tests.servers.bot_api import BotApi
from tests.servers.bot_api_people import Person
from tests.servers.program import Program

#: Never quiet, so that the test runs at any hour.
_ALWAYS = {"quiet_from": clock(23, 59, 59), "quiet_until": clock(0)}

#: Less than the ticker lets pass between two looks: what is due is planned when a worker begins.
_PATIENCE = 15


@pytest.fixture
def engine(new_postgres: str) -> Iterator[Engine]:
    engine = connect(new_postgres)
    yield engine
    engine.dispose()


def _planned(engine: Engine) -> Counter[tuple[int, int, str]]:
    """How often each member's day of the month is in the outbox, by state."""
    with engine.connect() as db:
        rows = db.execute(select(outbox).where(outbox.c.kind == "reminder")).all()
    return Counter((row.member, row.day.day, row.state) for row in rows)


def test_two_workers_remind_once(new_postgres: str, engine: Engine, tmp_path: Path) -> None:
    now = datetime.now(UTC)
    hour = max(local(now, Zone.WIB) - timedelta(minutes=5), _midnight(now)).time()
    with BotApi() as server:
        phones: dict[str, Person] = {}
        store = SqlStore(engine, lambda: now)
        for name in ("dewi", "rina", "sari", "ani"):
            phones[name] = server.person(name.title())
            phones[name].opens()
        seed(
            store, store.invite_mentor("Dewi"), "telegram", lambda who: phones[who.lower()].address
        )
        with engine.begin() as db:
            db.execute(update(group).values(_ALWAYS))
            db.execute(update(member).values(remind_at=hour.replace(microsecond=0)))
        folders = [tmp_path / "one", tmp_path / "other"]
        workers = []
        for folder in folders:
            folder.mkdir()
            workers.append(Program(folder, new_postgres, server))
            workers[-1].start("worker")
        try:
            for name in ("rina", "sari", "ani"):
                phones[name].waits_for("celengan hari ini", _PATIENCE)
            time.sleep(1)  # what came twice would be here by now
        finally:
            codes = [one.stop() for one in workers]
        assert codes == [0, 0]
        for name in ("rina", "sari", "ani"):
            assert len([one for one in phones[name].sees if "celengan" in one.text]) == 1
    assert set(_planned(engine).values()) == {1}


def _midnight(now: datetime) -> datetime:
    return datetime.combine(local(now, Zone.WIB).date(), clock(0), Zone.WIB.tz)


def test_clocks_that_jump_and_hours_that_move(
    new_postgres: str, engine: Engine, tmp_path: Path
) -> None:
    began = datetime(2026, 11, 22, 2, tzinfo=UTC)
    store = SqlStore(engine, lambda: began)
    seed(store, store.invite_mentor("Dewi"), "telegram", str.lower)
    program = Program(tmp_path, new_postgres)

    def look(*hours: str) -> None:
        """So many processes look at once, each with its own clock of Monday in Langkat."""
        done = program.asked_at_once(
            *(("remind", "--at", f"2026-11-23T{at}+07:00") for at in hours)
        )
        assert [one.returncode for one in done] == [0] * len(hours), done[0].stderr

    look("20:00", "19:00")  # asleep until eight, and another whose clock is behind
    once = {(number, 23, "waiting"): 1 for number in (1, 2, 3)}
    assert {key: n for key, n in _planned(engine).items() if key[1] == 23} == once
    with engine.begin() as db:
        db.execute(update(group).values(zone="WIT"))
        db.execute(update(member).where(member.c.number == 2).values(remind_at=clock(20, 30)))
    look("18:31", "20:31")
    assert {key: n for key, n in _planned(engine).items() if key[1] == 23} == once
