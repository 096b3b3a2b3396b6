"""What the practice room keeps, on both databases, with several hands writing at once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest
from sqlalchemy import Engine

from bot.ports import Button
from bot.practice import (
    MOST_LINES,
    MOST_PHONES,
    MOST_PHOTOS,
    Line,
    NoRoom,
    Phone,
    Photo,
    PracticeLog,
    Role,
    Seeded,
)
from storage.store import SqlStore
from storage.tables import practice_run

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
SARI = Phone("abc-sari", "Bu Sari", Role.MEMBER)
MELATI = Seeded("Melati", "MLT234", (SARI,))


@pytest.fixture
def log(engine: Engine) -> PracticeLog:
    return SqlStore(engine, lambda: NOW).practice


def line(key: str, **more: object) -> Line:
    return Line(address=SARI.address, key=key, from_her=False, at=NOW, **more)  # type: ignore[arg-type]


def test_a_line_comes_back_as_it_was(log: PracticeLog) -> None:
    log.begin("abc", MELATI, "", NOW)
    given = line("k", text="*Halo*\nBu", buttons=(Button("Sudah", "s:q:v"),), qr="x", photo="p")
    kept = log.add(given)
    assert log.line(kept.id) == kept
    assert (kept.text, kept.buttons, kept.qr, kept.at) == (given.text, given.buttons, "x", NOW)
    assert log.after("abc", 0, 10) == [kept]
    assert log.line(kept.id + 1) is None


def test_there_is_one_room_and_it_is_the_newest(log: PracticeLog) -> None:
    assert log.current() is None
    log.begin("abc", MELATI, "", NOW)
    room = log.begin("def", MELATI, "abc", NOW)
    assert (room.run, room.seeded) == ("def", MELATI)
    assert log.current() == room
    assert log.begin("ghi", MELATI, "abc", NOW).run == "def", "who comes second joins the first"


def test_two_who_begin_at_once_begin_the_same(log: PracticeLog) -> None:
    with ThreadPoolExecutor(6) as hands:
        rooms = hands.map(lambda n: log.begin(f"run{n}", MELATI, "", NOW), range(6))
        assert len({room.run for room in rooms}) == 1


def test_many_hands_lose_nothing_and_number_in_order(log: PracticeLog) -> None:
    log.begin("abc", MELATI, "", NOW)
    seen: list[int] = []
    with ThreadPoolExecutor(6) as hands:
        writing = [hands.submit(log.add, line(f"k{n % 40}")) for n in range(80)]
        while len(seen) < 40:
            seen += [one.rev for one in log.after("abc", seen[-1] if seen else 0, 7)]
        kept = {future.result().id for future in writing}
    assert len(kept) == 40, "once for each key"
    assert seen == sorted(set(seen)), "whoever watches misses none"


def test_a_choice_is_made_once_and_noticed(log: PracticeLog) -> None:
    log.begin("abc", MELATI, "", NOW)
    kept = log.add(line("k", buttons=(Button("Sudah", "a"), Button("Belum", "b"))))
    log.choose(kept.id, "Sudah")
    log.choose(kept.id, "Belum")
    log.choose(kept.id + 9, "Belum")
    (changed,) = log.after("abc", kept.rev, 10)
    assert (changed.id, changed.chosen) == (kept.id, "Sudah")


def test_a_photo_is_kept_once(log: PracticeLog) -> None:
    log.begin("abc", MELATI, "", NOW)
    log.keep_photo("abc", "p", Photo("image/png", b"first"), NOW)
    log.keep_photo("abc", "p", Photo("image/png", b"second"), NOW)
    assert log.photo("p") == Photo("image/png", b"first")
    assert log.photo("q") is None


def test_every_run_has_its_limits(log: PracticeLog, engine: Engine) -> None:
    log.begin("abc", MELATI, "", NOW)
    for number in range(MOST_PHOTOS):
        log.keep_photo("abc", f"p{number}", Photo("image/png", b"x"), NOW)
    with pytest.raises(NoRoom):
        log.keep_photo("abc", "more", Photo("image/png", b"x"), NOW)
    for number in range(1, MOST_PHONES):
        log.add_phone("abc", Phone(f"abc-{number}", "Nomor baru", Role.GUEST))
    with pytest.raises(NoRoom):
        log.add_phone("abc", SARI)
    with engine.begin() as connection:
        connection.execute(practice_run.update().values(rev=MOST_LINES))
    with pytest.raises(NoRoom):
        log.add(line("k"))


def test_a_run_nobody_began_keeps_nothing(log: PracticeLog) -> None:
    with pytest.raises(NoRoom):
        log.add(line("k"))
    with pytest.raises(NoRoom):
        log.keep_photo("abc", "p", Photo("image/png", b"x"), NOW)
    with pytest.raises(NoRoom):
        log.add_phone("abc", SARI)
