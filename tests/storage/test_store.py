"""The promises of the store, the same on both databases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Engine, func, select, update
from sqlalchemy.exc import StatementError

from bot.app import assemble
from bot.cast import seed
from bot.conversing import OpenSession
from bot.delivery import deliver_now
from bot.domain.calendar import Zone
from bot.files import Media, MediaKind
from bot.ports import (
    Bubble,
    Button,
    Heard,
    Letter,
    Unavailable,
)
from bot.ticker import Ticker
from storage.ledger_tables import entry
from storage.outgoing import outbox
from storage.retention import REMEMBERED, REPEATED, STRANGER, TRACED
from storage.store import SqlStore, connect
from storage.tables import contact, inbox, member, person, session

NOW = datetime(2026, 11, 23, 2, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clocked:
    """A store whose clock we move."""

    def __init__(self, engine: Engine) -> None:
        self.now = NOW
        self.engine = engine
        self.store = SqlStore(engine, lambda: self.now)

    def posts(self, address: str, *texts: str) -> int:
        """Letters to somebody; her id."""
        with self.store.transaction() as books:
            her = books.meet("room", address)
            for text in texts:
                books.post(her, Bubble(text), "answer", None)
            return her.id

    def claims_all(self) -> list[Letter]:
        """Every letter that waits, as if each arrived at once."""
        return list(deliver_now(self.store.outbox, "room", self.now, lambda some: some))

    def count(self, table: object, *where: object) -> int:
        with self.engine.connect() as db:
            found = select(func.count()).select_from(table).where(*where)  # type: ignore[arg-type]
            return db.execute(found).scalar_one()


@pytest.fixture
def clocked(engine: Engine) -> Clocked:
    return Clocked(engine)


def together(count: int, doing: Callable[[int], object]) -> list[object]:
    """Do it in so many threads at the same moment; what each came to."""
    start = threading.Barrier(count)

    def one(number: int) -> object:
        start.wait(10)
        return doing(number)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


# One message, one person


def test_a_message_is_new_once_however_many_bring_it(clocked: Clocked) -> None:
    def bring(_number: int) -> bool:
        with clocked.store.transaction() as books:
            return books.first_time("room", "7")

    assert sorted(together(6, bring)) == [False] * 5 + [True]  # type: ignore[type-var]


def test_a_message_that_came_to_nothing_is_new_again(clocked: Clocked) -> None:
    class Broken(Exception):
        pass

    def fails() -> None:
        with clocked.store.transaction() as books:
            assert books.first_time("room", "7")
            raise Broken

    with pytest.raises(Broken):
        fails()
    with clocked.store.transaction() as books:
        assert books.first_time("room", "7")


def test_somebody_new_is_one_person_however_many_meet_her(clocked: Clocked) -> None:
    def meet(_number: int) -> int:
        with clocked.store.transaction() as books:
            return books.meet("room", "sari").id

    assert len(set(together(6, meet))) == 1
    assert clocked.count(contact) == 1


@contextmanager
def serving(clocked: Clocked, address: str) -> Iterator[None]:
    """Somebody being served in another thread until the block ends."""
    begun, over = threading.Event(), threading.Event()

    def serve() -> None:
        with clocked.store.transaction() as books:
            books.meet("room", address)
            begun.set()
            over.wait(10)

    thread = threading.Thread(target=serve)
    thread.start()
    assert begun.wait(10)
    yield
    over.set()
    thread.join()


def test_one_person_is_served_by_one_at_a_time(clocked: Clocked) -> None:
    clocked.posts("sari")
    done = threading.Event()

    def next_one() -> None:
        with clocked.store.transaction() as books:
            books.meet("room", "sari")
        done.set()

    waiting = threading.Thread(target=next_one)
    with serving(clocked, "sari"):
        waiting.start()
        assert not done.wait(0.3)
    waiting.join(10)
    assert done.is_set()


def test_others_are_served_meanwhile_on_postgresql(new_postgres: str) -> None:
    clocked = Clocked(connect(new_postgres))
    clocked.posts("sari")
    with serving(clocked, "sari"):
        her = clocked.posts("ani", "hai")
        with clocked.store.transaction() as books:
            books.post(books.person(her), Bubble("to Sari"), "answer", None)
    clocked.engine.dispose()


def test_two_who_write_to_each_other_at_once_do_not_wait_for_ever(clocked: Clocked) -> None:
    ids = [clocked.posts(name) for name in ("sari", "ani")]

    def write(number: int) -> None:
        for _ in range(5):
            with clocked.store.transaction() as books:
                books.meet("room", ("sari", "ani")[number])
                time.sleep(0.01)
                other = books.person(ids[1 - number])
                kept = OpenSession("", other.id, "confirm", {}, expires_at=NOW + MINUTE)
                books.keep_session(kept)
                books.post(other, Bubble("hai"), "answer", kept.id)

    together(2, write)
    assert clocked.count(outbox) == 10


def test_a_group_that_saves_at_once_loses_nothing(clocked: Clocked) -> None:
    """Everybody claims and the holder confirms, from as many threads as there are."""
    store = clocked.store
    made = seed(store, store.invite_mentor("Dewi"), "room", str)
    runner = assemble(store, lambda: NOW)

    def amount(number: int, turn: int) -> int:
        """Thousands; never twice the same of one member, who would be asked whether she means it."""
        return 10 + number // 2 * 5 + turn

    def claims(number: int) -> None:
        for turn in range(5):
            name = ("Sari", "Ani")[number % 2]
            runner.receive(
                Heard("room", f"{number}-{turn}", name, NOW, f"setor {amount(number, turn)}rb")
            )

    together(4, claims)
    asked = [one for one in clocked.claims_all() if one.address == "Rina"]
    yes = [one.bubble.buttons[0].payload for one in asked]
    assert len(yes) == 20

    def confirms(number: int) -> None:
        for place, payload in enumerate(yes):  # everybody presses everything
            runner.receive(Heard("room", f"y{number}-{place}", "Rina", NOW, pressed=payload))

    together(3, confirms)
    assert clocked.count(entry) == 20
    with store.transaction() as books:
        saved = [books.saved(one).rupiah for one in books.members(made.id)]
        assert sorted(saved) == [0, 145_000, 145_000]
        assert books.in_box(books.group(made.id)).rupiah == 290_000


def test_a_silence_is_heard_once_however_many_workers_look(clocked: Clocked) -> None:
    store = clocked.store
    seed(store, store.invite_mentor("Dewi"), "room", str)
    runner = assemble(store, lambda: clocked.now)
    runner.receive(Heard("room", "1", "Sari", NOW, "setor 10rb"))
    clocked.claims_all()
    clocked.now += timedelta(hours=7)
    together(4, lambda _: Ticker(runner, store, lambda: clocked.now, lambda: None).look())
    assert [one.address for one in clocked.claims_all()] == ["Rina"]


# Letters; how they are claimed and settled is in tests/delivery


def test_a_bubble_comes_out_as_it_went_in(clocked: Clocked) -> None:
    media = Media(MediaKind.PHOTO, "photo:a:b", "room")
    bubble = Bubble("*Rp1* 🌸", (Button("Sudah", "A:b:c"),), "gabung A", media)
    with clocked.store.transaction() as books:
        books.post(books.meet("room", "sari"), bubble, "receipt", None)
    (letter,) = clocked.claims_all()
    assert (letter.bubble, letter.kind, letter.since) == (bubble, "receipt", NOW)


# Sweeping


def test_only_what_is_old_enough_is_swept_away(clocked: Clocked) -> None:
    store = clocked.store
    seed(store, store.invite_mentor("Dewi"), "room", str)
    clocked.posts("stranger", "hai")
    with store.transaction() as books:
        books.first_time("room", "1")
        her = books.meet("room", "Sari")
        books.post(her, Bubble("hai"), "answer", None)
        books.keep_session(OpenSession("", her.id, "save", {}, expires_at=NOW + MINUTE))
    clocked.claims_all()
    people = clocked.count(person)

    clocked.now += min(REPEATED, REMEMBERED, TRACED, STRANGER) - MINUTE
    store.sweep()
    assert (clocked.count(inbox), clocked.count(session), clocked.count(outbox)) == (1, 1, 2)
    assert clocked.count(person) == people

    clocked.now = NOW + max(REPEATED, REMEMBERED, TRACED, STRANGER) + 2 * MINUTE
    store.sweep()
    store.sweep()
    assert (clocked.count(inbox), clocked.count(session), clocked.count(outbox)) == (0, 0, 0)
    assert clocked.count(person) == people - 1
    assert clocked.count(member) == 3


# Times, and the database being away


def test_an_instant_without_a_zone_is_refused(clocked: Clocked) -> None:
    naive = NOW.replace(tzinfo=None)
    with clocked.engine.connect() as db, pytest.raises(StatementError, match="without a zone"):
        db.execute(update(person).values(met_at=naive))


def test_an_instant_comes_back_in_utc(clocked: Clocked) -> None:
    jakarta = NOW.astimezone(Zone.WIB.tz)
    clocked.posts("sari")
    with clocked.engine.begin() as db:
        db.execute(update(person).values(met_at=jakarta))
        (kept,) = db.execute(select(person.c.met_at)).scalars()
    assert kept == NOW
    assert kept.tzinfo is UTC


def test_a_database_that_is_not_there_is_unavailable() -> None:
    store = SqlStore(connect("postgresql+psycopg://me@127.0.0.1:9/books"), lambda: NOW)
    with pytest.raises(Unavailable), store.transaction():
        pass
    with pytest.raises(Unavailable):
        store.ping()
    store.close()
